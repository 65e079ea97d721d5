import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Indexed, ranked, speaksOf, standing, unmarked } from '../../docs/site/pages/ranking.ts';
import { wantedOf } from '../../docs/site/playground/run/wanted.ts';
import { RULES } from '../../model/rules/index.ts';
import { TABLES, TRANSITIONS } from '../../model/table.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { CATALOGUE, type Property } from '../catalogue.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { MUTANTS } from '../mutants/index.ts';
import { readSources } from '../pages/sources.ts';
import { replay } from '../replay/play.ts';
import { READING_CASES, readCase, ruleCases } from './cases.ts';
import { chartLayouts, chartPicture } from './chart-picture.ts';
import { readingsOf, sourceOfRule, statementsOf } from './facing.ts';
import { embeddedJson, escaped, wordsOfHtml } from './html.ts';
import { framed } from './layout.ts';
import { rendered } from './markdown.ts';
import { allPages, type Site } from './pages.ts';
import { hrefBetween, targetOf, upFrom } from './places.ts';

const sources = readSources();
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const teeth = json('docs/teeth.json');
const layouts = await chartLayouts();

/** Whether a scheduler can break it. */
function isPlayed({ ofTheModel }: Property): boolean {
  return !ofTheModel;
}

describe('links between pages', () => {
  const PAGES = new Set(['README.md', 'docs/README.md', 'docs/rules.md', 'docs/charts/README.md']);

  // biome-ignore format: a table, a row a line
  const rows: [string, string, unknown][] = [
    ['rules.md#kill-iff', 'docs/README.md', { type: 'page', address: 'rules/kill-iff.html' }],
    ['../rules.md#judged-on-request', 'docs/charts/README.md', { type: 'page', address: 'rules.html' }],
    ['#guards', 'docs/charts/README.md', { type: 'page', address: 'charts/index.html#guards' }],
    ['charts', 'docs/README.md', { type: 'page', address: 'charts/index.html' }],
    ['../README.md', 'docs/README.md', { type: 'page', address: 'package.html' }],
    ['figures/cluster.svg', 'docs/README.md', { type: 'picture', file: 'docs/figures/cluster.svg' }],
    ['../model/judge.ts', 'docs/README.md', { type: 'file', file: 'model/judge.ts' }],
    ['../properties/mutants/running/never-preempts.ts', 'docs/teeth.md', { type: 'page', address: 'playground.html#scheduler=never-preempts' }],
    ['https://example.org/a.md', 'docs/README.md', { type: 'outside', href: 'https://example.org/a.md' }],
  ];
  test.each(rows)('%s in %s leads where it should', (href, source, target) => {
    expect(targetOf(href, source, PAGES)).toEqual(target);
  });

  test('are relative, and lead there from any page', () => {
    const part = fc.stringMatching(/^[a-z]{1,4}$/);
    const address = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}.html`);
    fc.assert(
      fc.property(address, address, (from, to) => {
        const at = (path: string) => new URL(path, 'http://host/deep/site/');
        expect(new URL(hrefBetween(from, to), at(from)).href).toBe(at(to).href);
        expect(new URL(`${upFrom(from)}index.html`, at(from)).href).toBe(at('index.html').href);
      }),
    );
  });
});

describe('Markdown', () => {
  const page = (text: string) => rendered({ path: 'docs/x.md', text }, { pages: new Set(['docs/x.md']) });

  test('becomes a page with a title, and a list of its headings with their first words', () => {
    const { title, sections, html } = page('# A `title`\n\nFirst.\n\n## One & two\n\nMore *words*.\n');
    expect(title).toBe('A title');
    expect(sections).toEqual([
      { title: 'A title', anchor: '', text: 'First.' },
      { title: 'One & two', anchor: 'one--two', text: 'More words.' },
    ]);
    expect(html).not.toContain('<h1');
    expect(html).toContain('<h2 id="one--two">One &amp; two</h2>');
  });

  test('takes no code for markup, leads to no file that is not in the site, and loses comments', () => {
    const { html } = page(
      '# T\n\n<!-- generated -->\n\n```ts\nif (a < b) "c";\n```\n\n[judge](../model/judge.ts)\n',
    );
    expect(html).toContain('if (a &lt; b) &quot;c&quot;;');
    expect(html).not.toMatch(/generated|href/);
  });

  test('has room for prose in tables, and little for figures; and the size of each drawing', () => {
    const { html } = rendered(
      {
        path: 'docs/x.md',
        text: '# T\n\n| n | what | says |\n| --- | --- | --- |\n| 1 | [a longer name](x.md) | It goes on for longer than anybody calls a figure. |\n\n![a](figures/cluster.svg)\n',
      },
      { pages: new Set(['docs/x.md']) },
    );
    expect([...html.matchAll(/<t[hd]\b([^>]*)>/g)].map(([, attributes]) => attributes)).toEqual([
      ' class="short"',
      '',
      ' class="long"',
      ' class="short"',
      '',
      ' class="long"',
    ]);
    expect(html).toContain('width="440" height="640"');
  });

  test('refuses a picture that the site would not have', () => {
    expect(() => page('# T\n\n![a picture](elsewhere.png)\n')).toThrow(
      'docs/x.md shows elsewhere.png, which is no picture of docs/figures',
    );
  });

  test('can be taken apart again: text that was escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escaped(text)).not.toMatch(/[<>"]/);
        expect(wordsOfHtml(`<p>${escaped(text)}</p>`)).toBe(text.replaceAll(/\s+/g, ' ').trim());
        expect(embeddedJson(text)).not.toContain('<');
        expect(JSON.parse(embeddedJson(text))).toBe(text);
      }),
    );
  });
});

describe('what stands beside a rule', () => {
  test('is a statement of the paper, for every rule', () => {
    expect(RULES.filter(({ id }) => statementsOf(id).length === 0)).toEqual([]);
    expect(statementsOf('inherit')[0]).toMatchObject({ paragraph: 'Inheritance' });
  });

  test('is a statement only where the map names that very rule', () => {
    const map = [
      '## Section 3.1: the interface',
      '### Budgets',
      '| It says *one* | [`admit`](rules.md#admit) | – |',
      '| It admits another | [`admit-more`](rules.md#admit-more) | – |',
    ].join('\n');
    expect(statementsOf('admit', map)).toEqual([
      { section: 'Section 3.1: the interface', paragraph: 'Budgets', says: 'It says *one*' },
    ]);
  });

  test('is each reading that names it', () => {
    expect(readingsOf('place-greatest').map(({ anchor }) => anchor)).toContain('the-ratio-of-price-to-time');
    expect(readingsOf('no-such-rule')).toEqual([]);
  });

  test('is the code of the judge, for each rule that one object declares', () => {
    for (const { id } of RULES) {
      const declared = sources
        .filter(({ path }) => path.startsWith('model/rules/') && !path.endsWith('.test.ts'))
        .map(({ text }) => sourceOfRule(id, text))
        .filter((text) => text !== null);
      expect(declared, id).toHaveLength(1);
      expect(declared[0]).toMatch(new RegExp(`^export const [^}]*\\n  id: '${id}',\\n`));
      expect(declared[0]!.endsWith('\n};')).toBe(true);
    }
    expect(sourceOfRule('no-such-rule', 'export const a = {\n};')).toBe(null);
  });
});

describe('the charts as pictures', () => {
  test('have every state, and every event that is no wrong turn', () => {
    for (const table of TABLES) {
      const picture = chartPicture(layouts.get(table.name)!, 'all');
      const drawn = new Set(
        [...picture.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text]) => text!.split(' ')[0]),
      );
      const own = TRANSITIONS.filter((one) => one.table === table.name && !one.wrong && one.words === null);
      const missing = own
        .flatMap(({ source, target, event }) => [source, target, event])
        .filter((word) => !drawn.has(word));
      expect({ table: table.name, missing }).toEqual({ table: table.name, missing: [] });
    }
  });

  test('have no label below a head of its own arrow, as large as a head is where it is lit', () => {
    const HEAD = 9;
    for (const { table, arrows } of layouts.values()) {
      for (const { from, to, lines, points, label } of arrows) {
        const [x, y] = points.at(-1)!;
        const apart =
          x + HEAD / 2 <= label.x ||
          x - HEAD / 2 >= label.x + label.width ||
          y + HEAD / 2 <= label.y ||
          y - HEAD / 2 >= label.y + lines.length * 14;
        expect(apart, `${table.name}: ${from} to ${to}`).toBe(true);
      }
    }
  });

  test('light what they are told to, and what it joins', () => {
    const picture = chartPicture(
      layouts.get('invocation')!,
      'lit',
      ({ guard }) => guard === 'place-greatest',
    );
    expect(picture.match(/class="edge lit"/g)).toHaveLength(1);
    const states = [...picture.matchAll(/class="state lit[^"]*">.*?>([a-z]+)<\/text>/g)].map(
      ([, state]) => state,
    );
    expect(states.sort()).toEqual(['queued', 'ready']);
    expect(chartPicture(layouts.get('invocation')!, 'none')).not.toMatch(/(?:edge|state|event) lit/);
  });
});

describe('what is played', () => {
  const cases = [
    ...ruleCases(teeth).map((one) => ({ kind: 'rules' as const, ...one })),
    ...READING_CASES.map((one) => ({ kind: 'readings' as const, ...one })),
  ];

  test('there is a counterexample for every property that a scheduler can break', () => {
    const breakable = CATALOGUE.filter((property) => isPlayed(property)).map(({ id }) => id);
    expect(new Set(ruleCases(teeth).map(({ id }) => id))).toEqual(new Set(breakable));
  });

  test.each(cases)(
    '$kind: $id is kept of $scheduler (otherwise: npm run site:cases)',
    ({ kind, id, scheduler, property }) => {
      expect(readCase(kind, id)).toMatchObject({ scheduler, property });
    },
  );

  test('there is a case for every reading of the page', () => {
    const rows = readFileSync('docs/readings.md', 'utf8').matchAll(/^\| [\d.]+ \| \[[^\]]+\]\(#([\w-]+)\)/gm);
    expect(READING_CASES.map(({ id }) => id)).toEqual([...rows].map(([, anchor]) => anchor));
  });

  test('two readings differ where they are played: one is refused, and XX is not', () => {
    const anchors = readFileSync('docs/readings.md', 'utf8');
    for (const { id, scheduler } of READING_CASES) {
      const record = readCase('readings', id);
      const playable = { file: id, scenario: record.scenario, record };
      const other = contestantOf({ scheduler });
      expect(replay(playable, other).finding, id).not.toBe(null);
      other.close();
      expect(replay(playable, { scheduler: createXX() }).finding, id).toBe(null);
      expect(anchors).toContain(`](#${id})`);
    }
  });
});

describe('what pagefind has found', () => {
  test('counts where every word stands in the text, begun or with another ending', () => {
    expect(speaksOf('XX preempts the lowest', 'preempting lowest')).toBe(true);
    expect(speaksOf('a priority inversion', 'inver')).toBe(true);
    expect(speaksOf('xx keeps the machine list', 'xyzzyq')).toBe(false);
    expect(speaksOf('a priority inversion', 'inversion swap')).toBe(false);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), fc.nat(), (all, which) => {
        const word = all[which % all.length]!;
        expect(speaksOf(all.join(' '), word)).toBe(true);
        expect(speaksOf(all.join(' '), `${word} 0`)).toBe(false);
      }),
    );
  });

  test('is shown without the marks of code', () => {
    expect(unmarked('step 5: `kill 1` is refused')).toBe('step 5: kill 1 is refused');
  });

  test('is shown with titles first and records of decisions last', () => {
    const pages = [
      ['How swap was chosen', '/decisions/0007-swap.html'],
      ['Changes', '/changelog.html'],
      ['Campaigns', '/campaigns.html'],
      ['swap-in-bounds', '/rules/swap-in-bounds.html'],
      ['Types of decisions', '/decision-types.html'],
    ] as const;
    const sorted = pages.toSorted(([a, b], [c, d]) => standing(c, d, 'swap') - standing(a, b, 'swap'));
    expect(sorted.map(([title]) => title)).toEqual([
      'swap-in-bounds',
      'Campaigns',
      'Types of decisions',
      'How swap was chosen',
      'Changes',
    ]);
  });
});

describe('all pages', () => {
  const site: Site = allPages({
    ...{ sources, teeth, layouts },
    explorations: json('docs/exploration.json'),
    tried: json('docs/tried.json'),
  });

  test('have a page for each rule and property, with its sentence, its premise and how often it was tried', () => {
    const tried = json('docs/tried.json').rows;
    for (const property of CATALOGUE) {
      const { id, sentence, premise } = property;
      const { html } = site.pages.find(({ address }) => address === `rules/${id}.html`)!;
      const words = wordsOfHtml(html);
      expect(words).toContain(sentence.replaceAll('`', ''));
      expect(words).toContain(`Put to the test when ${premise}`);
      const row = tried.find((one: { id: string }) => one.id === id);
      if (row !== undefined) expect(words).toContain(`${row.met.toLocaleString('en')} times in`);
      expect(html.includes('data-begins')).toBe(isPlayed(property));
      if (isPlayed(property)) expect(html).toContain(`"told":{"property":"${id}"`);
    }
  });

  test('lead from each rule to the playground, which is to break that rule and no other', () => {
    const addressesIn = (html: string): URLSearchParams[] =>
      [...html.matchAll(/href="\.\.\/playground\.html#?([^"]*)"/g)].map(
        ([, fragment]) => new URLSearchParams(fragment!.replaceAll('&amp;', '&')),
      );
    for (const { id } of CATALOGUE.filter((property) => isPlayed(property))) {
      const { html } = site.pages.find(({ address }) => address === `rules/${id}.html`)!;
      const wanted = addressesIn(html).map((fields) => wantedOf(`#${fields}`));
      expect(
        wanted.flatMap(({ problems }) => problems),
        id,
      ).toEqual([]);
      const yourself = wanted.filter(({ scheduler }) => scheduler === null);
      expect(
        yourself.map(({ goal }) => goal),
        id,
      ).toEqual([id]);
      // Whoever breaks another rule by profession would not be let play here.
      for (const { scheduler, goal } of wanted.filter((one) => one.scheduler !== null)) {
        const breaks = MUTANTS.some(({ name, rule }) => name === scheduler && rule === id);
        expect(goal, `${id}: ${scheduler}`).toBe(breaks ? id : null);
      }
    }
  });

  test('begin at most one replay by themselves', () => {
    for (const { address, html } of site.pages) {
      expect((html.match(/data-begins/g) ?? []).length, address).toBeLessThanOrEqual(1);
    }
  });

  test('are marked in the menu, and lead to those before and after', () => {
    const [first, second, third] = site.pages;
    const html = framed(second!, first!, third!);
    expect(html).toContain(`<a href="${second!.address}" aria-current="page">`);
    expect(html).toContain(`rel="prev" href="${first!.address}"`);
    expect(html).toContain(`rel="next" href="${third!.address}"`);
  });

  test('can be searched: each rule is first where its name is asked for, and found by any word of its sentence', () => {
    const list: readonly Indexed[] = site.list;
    for (const { id, sentence } of CATALOGUE) {
      const words = sentence.match(/[\p{L}\p{N}]{4,}/gu)!;
      for (const word of [id, words[0]!, words.at(-1)!]) {
        expect(
          ranked(list, word).map(({ title }) => title),
          word,
        ).toContain(id);
      }
      expect(ranked(list, id)[0]!.title).toContain(id);
    }
    expect(ranked(list, 'zzyzzx')).toEqual([]);
    expect(ranked(list, '  ')).toEqual([]);
  });
});
