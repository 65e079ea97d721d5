import { existsSync } from 'node:fs';
import { Marked, type Token, type Tokens } from 'marked';
import { anchorOf } from '../../model/render/markdown.ts';
import { escaped, wordsOfHtml } from './html.ts';
import { addressOfPage, hrefBetween, targetOf } from './places.ts';
import { classOfColumn, sizeOfPicture } from './sizes.ts';

/** A page of the project as it is read. */
export interface Source {
  /** By its path from the root. */
  readonly path: string;
  readonly text: string;
}

/** What a page becomes. */
export interface Rendered {
  readonly title: string;
  /** Without the heading that is the title. */
  readonly html: string;
  readonly sections: readonly Section[];
  /** Pictures that it shows, by their paths from the root. */
  readonly pictures: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly anchor: string;
  /** Its first words. */
  readonly text: string;
}

/** What is put into a page beside its text. */
export interface Additions {
  /** All pages of the project, which links may lead to. */
  readonly pages: ReadonlySet<string>;
  /** Where the page stands; by its path, when absent. */
  readonly address?: string;
  /** A statechart in place of its diagram, by the heading that it stands below. */
  chart?(heading: string): string;
  /** What follows a part of the text that names these files. */
  after?(files: readonly string[]): string;
  /** What ends the section of a heading. */
  atEnd?(anchor: string): string;
}

/** Renders Markdown as the pages of the project have it. */
export function rendered({ path, text }: Source, additions: Additions): Rendered {
  const { pages, address = addressOfPage(path), chart, after, atEnd } = additions;
  const pictures: string[] = [];
  const sections: { title: string; anchor: string; html: string }[] = [];
  let heading = '';
  const hrefOf = (href: string): string | null => {
    const target = targetOf(href, path, pages);
    if (target.type === 'page') return hrefBetween(address, target.address);
    if (target.type === 'outside') return target.href;
    if (target.type === 'picture') {
      pictures.push(target.file);
      return hrefBetween(address, target.file.replace(/^docs\//, ''));
    }
    return null;
  };
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text: raw }: Tokens.Heading) {
        const anchor = anchorOf(raw);
        const words = this.parser.parseInline(tokens);
        return `<h${depth} id="${escaped(anchor)}">${words}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        const to = hrefOf(href);
        if (to === null)
          return `<span class="file" title="A file of the project: ${escaped(href)}">${words}</span>`;
        return `<a href="${escaped(to)}">${words}</a>`;
      },
      image({ href, text: alt }: Tokens.Image) {
        const to = hrefOf(href);
        if (to === null) throw new Error(`${path} shows ${href}, which is no picture of docs/figures`);
        const target = targetOf(href, path, pages);
        const size = target.type === 'picture' ? sizeOfPicture(target.file) : '';
        return `<img src="${escaped(to)}" alt="${escaped(alt)}"${size} loading="lazy">`;
      },
      code({ text: code, lang }: Tokens.Code) {
        if (lang === 'mermaid' && chart !== undefined) return chart(heading);
        return `<pre tabindex="0"><code>${escaped(code)}</code></pre>\n`;
      },
      table(token: Tokens.Table) {
        const classes = token.header.map((head, column) =>
          classOfColumn([head, ...token.rows.map((cells) => cells[column]!)].map((cell) => cell.text)),
        );
        const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td'): string =>
          `<tr>${cells
            .map(({ tokens, text: words }, column) => {
              // A column without a name has no heading.
              const cell = words === '' ? 'td' : tag;
              return `<${cell}${classes[column]}>${this.parser.parseInline(tokens)}</${cell}>`;
            })
            .join('')}</tr>`;
        const rows = token.rows.map((cells) => row(cells, 'td')).join('\n');
        return `<div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead>${row(token.header, 'th')}</thead>\n<tbody>${rows}</tbody></table></div>\n`;
      },
      html({ text: raw }: Tokens.HTML | Tokens.Tag) {
        return raw.replaceAll(/<!--[\s\S]*?-->/g, '');
      },
    },
  });
  const tokens = marked.lexer(text);
  let title = '';
  let lead = '';
  const seen = new Set<string>();
  let html = '';
  const endSection = (): void => {
    const last = sections.at(-1);
    if (last !== undefined && atEnd !== undefined) html += atEnd(last.anchor);
  };
  for (const token of tokens) {
    if (token.type === 'heading' && token.depth === 1 && title === '') {
      title = wordsOfHtml(marked.parseInline(token.text) as string);
      continue;
    }
    if (token.type === 'heading') {
      endSection();
      heading = token.text;
      const words = wordsOfHtml(marked.parseInline(token.text) as string);
      sections.push({ title: words, anchor: anchorOf(token.text), html: '' });
    }
    let part = marked.parser([token]);
    const files = filesNamedIn(token).filter((file) => !seen.has(file));
    if (after !== undefined && files.length > 0 && token.type !== 'table') {
      for (const file of files) seen.add(file);
      part += after(files);
    }
    html += part;
    const last = sections.at(-1);
    if (token.type === 'heading') continue;
    if (last === undefined) lead += part;
    else last.html += part;
  }
  endSection();
  return {
    title,
    html,
    pictures,
    sections: [
      { title, anchor: '', text: firstWords(lead) },
      ...sections.map((section) => ({
        title: section.title,
        anchor: section.anchor,
        text: firstWords(section.html),
      })),
    ],
  };
}

/** Files of `counterexamples/` that a part of a page names. */
function filesNamedIn({ raw }: Token): string[] {
  const named = raw.match(/counterexamples\/[\w./-]+\.jsonl?/g) ?? [];
  return [...new Set(named)].filter((file) => existsSync(file));
}

const MOST_WORDS = 40;

function firstWords(html: string): string {
  return wordsOfHtml(
    html.replaceAll(/<div class="replay"[\s\S]*?<div class="replay-stage"><\/div>\n<\/div>/g, ''),
  )
    .split(' ')
    .slice(0, MOST_WORDS)
    .join(' ');
}

/** A sentence of the project, which may have code in it. */
export function inline(text: string): string {
  return new Marked().parseInline(text) as string;
}
