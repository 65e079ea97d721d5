/** What the site has, in the order in which it is read: the menu, and which page comes next. */
export interface Entry {
  readonly title: string;
  /** The page of the project that it is made of; or the address of one that is made here. */
  readonly page: string;
}

export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const DECISIONS = 'docs/decisions';

// biome-ignore format: a table, a row a line
const MENU: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ['XX', [
    ['The specification', 'docs/README.md'],
    ['The package', 'README.md'],
    ['Playground', 'playground.html'],
    ['Walk through all states', 'explore.html'],
  ]],
  ['What it says', [
    ['The paper, by paragraph', 'docs/paper-map.md'],
    ['Readings', 'docs/readings.md'],
    ['The charts', 'docs/charts/README.md'],
    ['Rules and properties', 'docs/rules.md'],
    ['What is decided', 'docs/decision-types.md'],
    ['Exploration', 'docs/exploration.md'],
    ['Proofs', 'docs/proofs.md'],
  ]],
  ['Would a fault be noticed?', [
    ['Teeth', 'docs/teeth.md'],
    ['Mutated builds', 'docs/mutation.md'],
    ['What a campaign may have missed', 'docs/discovery.md'],
    ['A museum of real bugs', 'docs/museum.md'],
    ['Counterexamples', 'counterexamples/README.md'],
  ]],
  ['Is the paper right?', [
    ['Findings on the text', 'docs/findings.md'],
    ['The evaluation', 'docs/evaluation.md'],
    ['The simulator and theory', 'docs/theory.md'],
    ['Who crowds whom', 'docs/crowding.md'],
    ['All schedulers', 'docs/comparison.md'],
    ['What more does', 'docs/anomalies.md'],
  ]],
  ['Reference', [
    ['Glossary', 'docs/glossary.md'],
    ['Scenarios and traces', 'docs/format.md'],
    ['Paging that takes time', 'docs/paging.md'],
    ['Logs that are not whole', 'docs/logs.md'],
    ['A log that grows', 'docs/live.md'],
    ['Real traces', 'docs/real-traces.md'],
    ['Campaigns in CI', 'docs/campaigns.md'],
    ['Campaigns on many machines', 'docs/farm.md'],
    ['A farm of 1,000 cores', 'docs/scale.md'],
    ['A scheduler of your own', 'docs/implement.md'],
    ['Parts of XX', 'docs/parts.md'],
    ['In another language', 'docs/protocol.md'],
    ['In your own tests', 'docs/your-tests.md'],
    ['Peers', 'docs/peers.md'],
  ]],
  ['The project', [
    ['Architecture', 'docs/architecture.md'],
    ['Decisions', `${DECISIONS}/README.md`],
    ['Performance', 'docs/performance.md'],
    ['Contributing', 'CONTRIBUTING.md'],
    ['Changelog', 'CHANGELOG.md'],
  ]],
];

export const GROUPS: readonly Group[] = MENU.map(([title, entries]) => ({
  title,
  entries: entries.map(([name, page]) => ({ title: name, page })),
}));

/** The entry of the menu that a page stands below, when it has none of its own. */
export function entryAbove(page: string): string {
  if (page.startsWith('rules/')) return 'docs/rules.md';
  if (page.startsWith('docs/charts/')) return 'docs/charts/README.md';
  if (page.startsWith(`${DECISIONS}/`)) return `${DECISIONS}/README.md`;
  return page;
}
