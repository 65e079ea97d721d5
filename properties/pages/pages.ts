import { scxml } from '../../model/render/scxml.ts';
import { CHART_VIEWS } from '../../model/render/views.ts';
import type { ComparisonRecord } from '../comparison/evidence.ts';
import type { CrowdingRow } from '../crowding/evidence.ts';
import type { DiscoveryRecord } from '../discovery/record.ts';
import type { ExperimentRecord } from '../evaluation/evidence.ts';
import type { FindingsRecord } from '../findings/record.ts';
import type { LogsRecord } from '../logs/record.ts';
import type { Collection } from '../museum/collection.ts';
import type { MutationRecord } from '../mutation/survivors.ts';
import type { ExampleRecord } from '../proofs/record.ts';
import type { ScaleRecord } from '../scale/record.ts';
import type { SharingRecord } from '../sharing/record.ts';
import type { TeethRecord } from '../teeth/record.ts';
import type { TheoryReport } from '../theory/experiments.ts';
import { chartPage, chartsIndex } from './chart-pages.ts';
import { clusterPicture } from './cluster-picture.ts';
import { comparisonPage } from './comparison-page.ts';
import { crowdingPage } from './crowding-page.ts';
import { deadEndSection } from './dead-end.ts';
import { decisionsPage } from './decisions-page.ts';
import { discoveryPage } from './discovery-page.ts';
import { evaluationPage } from './evaluation-page.ts';
import { explorationTable } from './exploration-table.ts';
import type { ExplorationRecord } from './explorations.ts';
import { findingsPage } from './findings-page.ts';
import { IMPLEMENT_PAGE, type ImplementMaterial, implementPage } from './implement-page.ts';
import { goTypes, pythonTypes } from './line-types.ts';
import { logsTables } from './logs-tables.ts';
import { museumPage } from './museum-page.ts';
import { mutationPage } from './mutation-page.ts';
import { partsPage } from './parts-page.ts';
import { proofsPage } from './proofs-page.ts';
import { relationsPages } from './relations-page.ts';
import { rulesPage } from './rules-page.ts';
import { scalePage } from './scale-page.ts';
import { sharingTable } from './sharing-table.ts';
import type { Source } from './sources.ts';
import { teethPage } from './teeth-page.ts';
import { theoryPage } from './theory-page.ts';

/** The page that is written by hand but for one table. */
export const EXPLORATION_PAGE = 'docs/exploration.md';

/** Written by hand but for its tables, too. */
export const LOGS_PAGE = 'docs/logs.md';

/** The page whose table of what sharing brings is generated, and the rest written by hand. */
export const FARM_PAGE = 'docs/farm.md';

/** What the pages are made from beside the model. */
export interface Material {
  readonly sources: readonly Source[];
  readonly explorations: readonly ExplorationRecord[];
  /** The text of {@link EXPLORATION_PAGE} as it is. */
  readonly explorationPage: string;
  /** What `npm run teeth`, `npm run mutation`, `npm run theory` and `npm run evaluation` have kept. */
  readonly teeth: TeethRecord;
  readonly museum: Collection;
  readonly mutation: MutationRecord;
  readonly theory: TheoryReport;
  readonly evaluation: readonly ExperimentRecord[];
  /** What `npm run comparison` has kept. */
  readonly comparison: readonly ComparisonRecord[];
  /** What `npm run crowding` has found; the scenarios themselves lie where it says. */
  readonly crowding: readonly CrowdingRow[];
  /** What `npm run findings` has kept. */
  readonly findings: FindingsRecord;
  /** What `npm run discovery` has measured. */
  readonly discovery: DiscoveryRecord;
  /** What `npm run scale` has measured. */
  readonly scale: ScaleRecord;
  readonly implement: ImplementMaterial;
  /** What `npm run prove -- --examples` has found of weakened rules. */
  readonly examples: readonly ExampleRecord[];
  /** What `npm run logs` has measured, and the text of {@link LOGS_PAGE} as it is. */
  readonly logs: LogsRecord;
  readonly logsPage: string;
  /** What `npm run sharing` has measured, and the text of {@link FARM_PAGE} as it is. */
  readonly sharing: SharingRecord;
  readonly farmPage: string;
}

/** All that is generated: the text of each file by its path from the root of the project. */
export function generatedPages(material: Material): Map<string, string> {
  const { sources, explorations, explorationPage, teeth, museum, mutation, theory } = material;
  const { evaluation, comparison, crowding, findings, implement } = material;
  const pages = new Map<string, string>();
  pages.set('docs/figures/cluster.svg', clusterPicture());
  pages.set('docs/charts/README.md', chartsIndex());
  for (const view of CHART_VIEWS) {
    pages.set(`docs/charts/${view.name}.md`, chartPage(view));
    pages.set(`docs/charts/${view.name}.scxml`, scxml(view));
  }
  pages.set('docs/decision-types.md', decisionsPage());
  pages.set('docs/examples/python/xx_types.py', pythonTypes());
  pages.set('docs/examples/go/types.go', goTypes());
  pages.set('docs/parts.md', partsPage());
  pages.set('docs/rules.md', rulesPage(sources, explorations));
  pages.set(
    EXPLORATION_PAGE,
    withTable(EXPLORATION_PAGE, explorationPage, `${explorationTable(explorations)}\n\n${deadEndSection()}`),
  );
  pages.set(LOGS_PAGE, withTable(LOGS_PAGE, material.logsPage, logsTables(material.logs)));
  pages.set(FARM_PAGE, withTable(FARM_PAGE, material.farmPage, sharingTable(material.sharing)));
  pages.set('docs/proofs.md', proofsPage(material.examples));
  pages.set('docs/teeth.md', teethPage(teeth, sources));
  pages.set('docs/museum.md', museumPage(museum, sources));
  pages.set('docs/mutation.md', mutationPage(mutation, sources));
  pages.set('docs/theory.md', theoryPage(theory));
  pages.set('docs/discovery.md', discoveryPage(material.discovery));
  pages.set('docs/scale.md', scalePage(material.scale));
  pages.set('docs/evaluation.md', evaluationPage(evaluation));
  pages.set('docs/comparison.md', comparisonPage(comparison));
  pages.set('docs/crowding.md', crowdingPage(crowding));
  for (const [path, text] of relationsPages()) pages.set(path, text);
  pages.set('docs/findings.md', findingsPage(findings));
  pages.set(IMPLEMENT_PAGE, implementPage(implement));
  return pages;
}

const BEGIN = '<!-- What follows, up to the next such line, is generated by `npm run docs`. -->';
const END = '<!-- End of the generated part. -->';

/** A page with the generated part between the two marks replaced. */
function withTable(path: string, page: string, table: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${path} has lost the marks around its table`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}
