import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { CATALOGUE } from '../catalogue.ts';
import { caseFile, READING_CASES } from './cases.ts';
import { chartPicture, type Layout } from './chart-picture.ts';
import { GROUPS } from './contents.ts';
import { type Embed, embedHtml, embedOfFile } from './embeds.ts';
import type { SitePage } from './layout.ts';
import { EXAMPLE, explorePage, playgroundPage } from './live-pages.ts';
import { type Rendered, rendered } from './markdown.ts';
import { addressOfPage, addressOfRule, upFrom } from './places.ts';
import { type Evidence, rulePage } from './rule-page.ts';

/** A heading, or a page as a whole, with its first words, as the search from disk has it. */
export interface Indexed {
  readonly title: string;
  readonly page: string;
  readonly text: string;
  readonly address: string;
}

/** Everything that the site has beside its scripts. */
export interface Site {
  /** In the order in which they are read. */
  readonly pages: readonly SitePage[];
  /** By their paths from the root. */
  readonly pictures: readonly string[];
  readonly list: readonly Indexed[];
}

/** Pages whose scenarios are played where they are named. */
const PLAYED: ReadonlySet<string> = new Set(
  ['findings', 'museum', 'crowding', 'anomalies', 'campaigns'].map((name) => `docs/${name}.md`),
);

/** The first page begins with this one. */
const FIRST: Embed = {
  file: EXAMPLE,
  scheduler: 'xx',
  beside: null,
  words: 'Play it',
  step: 6,
  properties: null,
  begins: true,
};

export function allPages(given: Omit<Evidence, 'pages'>): Site {
  const sources = pagesOfTheProject();
  const evidence: Evidence = { ...given, pages: new Set(sources) };
  const made = new Map<string, { page: SitePage; rendered: Rendered }>();
  for (const path of sources) made.set(path, markdownPage(path, evidence));
  const rules = CATALOGUE.map((property) => rulePage(property, evidence));
  const live = new Map([playgroundPage(), explorePage()].map((page) => [page.address, page]));
  const ordered = inOrder(sources).flatMap((path) => [
    live.get(path) ?? made.get(path)!.page,
    ...(path === 'docs/rules.md' ? rules : []),
  ]);
  return {
    pages: ordered,
    pictures: [...new Set([...made.values()].flatMap((one) => one.rendered.pictures))],
    list: [
      ...CATALOGUE.map(({ id, sentence }) => ({
        title: id,
        page: 'Rules and properties',
        text: sentence,
        address: addressOfRule(id),
      })),
      ...[...made.values()].flatMap(({ page, rendered: { sections } }) =>
        sections.map(({ title, anchor, text }) => ({
          title,
          page: page.title,
          text,
          address: anchor === '' ? page.address : `${page.address}#${anchor}`,
        })),
      ),
    ],
  };
}

/** All pages of the project, by their paths. */
function pagesOfTheProject(): string[] {
  const below = (folder: string): string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`);
  const own = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'counterexamples/README.md'];
  return [
    ...own.filter((path) => existsSync(path)),
    ...['docs', 'docs/charts', 'docs/decisions'].flatMap(below),
  ];
}

/** As the menu has them, each with those that stand below it. */
function inOrder(sources: readonly string[]): string[] {
  const listed = GROUPS.flatMap(({ entries }) => entries.map(({ page }) => page));
  const ordered = listed.flatMap((page) => {
    if (!page.endsWith('/README.md') || page === 'docs/README.md') return [page];
    const folder = page.slice(0, -'README.md'.length);
    const inside = sources.filter(
      (path) => path.startsWith(folder) && path !== page && !listed.includes(path),
    );
    return [page, ...inside];
  });
  const missing = sources.filter((path) => !ordered.includes(path));
  if (missing.length > 0)
    throw new Error(`properties/site/contents.ts has no place for ${missing.join(', ')}`);
  return ordered;
}

function markdownPage(path: string, evidence: Evidence): { page: SitePage; rendered: Rendered } {
  const address = addressOfPage(path);
  const up = upFrom(address);
  const text = textOf(path);
  const one = rendered(
    { path, text },
    {
      pages: evidence.pages,
      ...(path.startsWith('docs/charts/')
        ? { chart: (heading: string) => chartOf(path, heading, evidence.layouts) }
        : {}),
      ...(PLAYED.has(path) ? { after: (files: readonly string[]) => embedsOf(files, up) } : {}),
      ...(path === 'docs/readings.md' ? { atEnd: (anchor: string) => readingEmbed(anchor, up) } : {}),
      ...(path === 'docs/README.md'
        ? { atEnd: (anchor: string) => (anchor === 'one-example' ? embedHtml(FIRST, up) : '') }
        : {}),
    },
  );
  const hasReplays = one.html.includes('class="replay"');
  return {
    rendered: one,
    page: {
      address,
      page: path,
      title: path === 'docs/README.md' ? 'The specification of XX' : one.title,
      html: path in DOORS ? withDoors(one.html, DOORS[path]!) : one.html,
      scripts: hasReplays ? ['replays.js'] : [],
    },
  };
}

/** What can be done at once, below the first words of a page: what a link says, and where it leads. */
const DOORS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'docs/README.md': [
    ['Play with it', 'playground.html'],
    ['See a rule broken', 'rules/no-priority-inversion.html'],
    ['Walk through all states', 'explore.html'],
    ['Read the paper in two ways', 'readings.html'],
  ],
  'docs/exploration.md': [['Explore a cluster in this tab, and walk through its states', 'explore.html']],
  'docs/teeth.md': [['Play with a wrong scheduler', 'playground.html#scheduler=never-preempts']],
};

function withDoors(html: string, doors: readonly (readonly [string, string])[]): string {
  const links = doors.map(([words, to]) => `<a class="button" href="${to}">${words}</a>`);
  return html.replace('</p>\n', `</p>\n<p class="doors">${links.join(' ')}</p>\n`);
}

/** Each rule and property has a page of its own: of that of all of them the table is shown. */
function textOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  if (path !== 'docs/rules.md') return text;
  const end = text.indexOf('\n## Rules\n');
  if (end < 0) throw new Error('docs/rules.md has no heading "Rules" any more');
  return text.slice(0, end);
}

function chartOf(path: string, heading: string, layouts: ReadonlyMap<string, Layout>): string {
  const chart = path.slice('docs/charts/'.length, -'.md'.length);
  const region = /^The region (.+)$/.exec(heading)?.[1];
  const name = region === undefined ? chart : `${chart}.${region}`;
  const layout = layouts.get(name) ?? layouts.get(chart);
  if (layout === undefined) throw new Error(`${path}: there is no chart ${name}`);
  return chartPicture(layout, `The chart ${name}; its transitions are in the table below.`);
}

function embedsOf(files: readonly string[], up: string): string {
  return files
    .map(embedOfFile)
    .filter((embed) => embed !== null)
    .map((embed) => embedHtml(embed, up))
    .join('');
}

function readingEmbed(anchor: string, up: string): string {
  const known = READING_CASES.find(({ id }) => id === anchor);
  if (known === undefined) return '';
  const embed = embedOfFile(caseFile('readings', anchor))!;
  return embedHtml(
    {
      ...embed,
      words: `Play both readings: ${known.scheduler} beside xx, which reads it as chosen here`,
    },
    up,
  );
}
