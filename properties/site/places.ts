import { existsSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { CATALOGUE } from '../catalogue.ts';
import { MUTANTS } from '../mutants/index.ts';

/** Where the pages of the project stand in the site. All links are relative, so that it works from disk and below any path. */

/** A page of the project, as Markdown, by its path from the root; and its page in the site, by its path from the first. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'README.md': 'package.html',
  'CONTRIBUTING.md': 'contributing.html',
  'CHANGELOG.md': 'changelog.html',
  'counterexamples/README.md': 'counterexamples.html',
};

/** The page in the site of a page of the project. */
export function addressOfPage(source: string): string {
  const elsewhere = ELSEWHERE[source];
  if (elsewhere !== undefined) return elsewhere;
  return source
    .replace(/^docs\//, '')
    .replace(/README\.md$/, 'index.md')
    .replace(/\.md$/, '.html');
}

/** The page of a rule or a property. */
export function addressOfRule(id: string): string {
  return `rules/${id}.html`;
}

/** From one page of the site to another. */
export function hrefBetween(from: string, to: string): string {
  const [path, anchor] = to.split('#');
  const way = relative(dirname(from), path!) || path!;
  return `${way}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** From a page to the folder of the first page: empty, or `../` as often as it takes. */
export function upFrom(address: string): string {
  return '../'.repeat(address.split('/').length - 1);
}

/** Where a wrong scheduler can be played with. @param goal what is to be broken, if it breaks that. */
export function addressOfMutant(name: string, goal: string | null = null): string {
  const breaks = MUTANTS.some((mutant) => mutant.name === name && mutant.rule === goal);
  // The playground lets only a breaker of the goal play towards it.
  return `playground.html#${breaks ? `break=${goal}&` : ''}scheduler=${name}`;
}

/** Where somebody is to break a rule or a property, by hand where that is possible. */
export function addressOfChallenge(id: string): string {
  return `playground.html#break=${id}`;
}

const NAMES: ReadonlySet<string> = new Set(MUTANTS.map(({ name }) => name));
const IDS: ReadonlySet<string> = new Set(CATALOGUE.map(({ id }) => id));

/** What a link in a page of the project leads to: a place in the site, an address elsewhere, or a file that is not in the site. */
export type Target =
  | { readonly type: 'page'; readonly address: string }
  | { readonly type: 'picture'; readonly file: string }
  | { readonly type: 'outside'; readonly href: string }
  | { readonly type: 'file'; readonly file: string };

/** Reads a link. @param source the page that it stands in. @param pages all pages of the project. */
export function targetOf(href: string, source: string, pages: ReadonlySet<string>): Target {
  if (/^[a-z]+:/.test(href)) return { type: 'outside', href };
  const [path, anchor] = href.split('#');
  const file = path === '' ? source : normalize(join(dirname(source), path!)).replace(/\/$/, '');
  const page = pages.has(file) ? file : `${file}/README.md`;
  if (pages.has(page)) return { type: 'page', address: placeIn(page, anchor) };
  if (/^docs\/figures\/.*\.(?:svg|png)$/.test(file) && existsSync(file)) return { type: 'picture', file };
  const [, mutant] = /^properties\/mutants\/.*\/([\w-]+)\.ts$/.exec(file) ?? [];
  if (mutant !== undefined && NAMES.has(mutant)) return { type: 'page', address: addressOfMutant(mutant) };
  return { type: 'file', file };
}

function placeIn(page: string, anchor: string | undefined): string {
  if (anchor === undefined) return addressOfPage(page);
  // Of the page of all rules the table is left, since each of them has a page of its own.
  if (page === 'docs/rules.md') return IDS.has(anchor) ? addressOfRule(anchor) : addressOfPage(page);
  return `${addressOfPage(page)}#${anchor}`;
}
