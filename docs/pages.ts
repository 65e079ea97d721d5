import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchorOf } from '../model/render/markdown.ts';

/** The pages as the tests read them. */

/** Every page that people read: at the root, below docs/, and beside the counterexamples. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'counterexamples/README.md',
  ...markdownBelow('docs'),
];

export function textOf(path: string): string {
  return readFileSync(path, 'utf8');
}

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return markdownBelow(path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .sort();
}

export interface Link {
  /** The file that it leads to, from the root of the project. */
  readonly file: string;
  /** The heading in that file, as an anchor; empty for none. */
  readonly anchor: string;
}

/** The links of a page into the project itself. */
export function linksOf(page: string): Link[] {
  const targets = [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path, anchor] = target.split('#');
      return { file: path === '' ? page : normalize(join(dirname(page), path!)), anchor: anchor ?? '' };
    });
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf(page: string): Set<string> {
  const headings = withoutCode(textOf(page)).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading]) => anchorOf(heading!)));
}

/** A page without its blocks of code, in which nothing is a link or a heading. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** What stands in backticks in the text of a page. */
export function codeWords(page: string): string[] {
  return [...withoutCode(textOf(page)).matchAll(/`([^`\n]+)`/g)].map(([, word]) => word!);
}
