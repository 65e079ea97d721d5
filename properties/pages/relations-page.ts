import { scenarioText } from '../../model/format/write.ts';
import { code, link, markdownTable } from '../../model/render/markdown.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';
import {
  ANOMALIES,
  type Anomaly,
  type Fate,
  fatesOf,
  type Given,
  scenariosOf,
} from '../relations/anomalies.ts';
import { CLAIMS } from '../relations/claims.ts';
import { GENERATED } from './links.ts';

const FOLDER = 'counterexamples/anomalies';

const INTRODUCTION = `# What more does

Two plays of related workloads under XX, in virtual time, where paging takes none and billing does not matter. Some things
hold whatever the workload; others one would expect, and they do not hold. Those are
[scheduling anomalies](https://doi.org/10.1137/0117039): every step of them is what the rules demand, so they are consequences
of the design and no faults of the reference.

## What holds

[Tests](../properties/relations) draw hundreds of workloads for each of these, and see wrong schedulers fail.`;

const ON_ANOMALIES = `## What does not hold

Each is the smallest workload that a search has found: without any one of its functions nobody is worse off. A function
that grows does so when it has run for half of its time. The scenarios can be replayed, such as with
\`npx xx replay ${FOLDER}/${ANOMALIES[0]!.name}-after.jsonl\`.`;

/** The page of what holds between related plays and what does not, and the scenarios of the latter, by their paths. */
export function relationsPages(): Map<string, string> {
  const pages = new Map<string, string>();
  const sections = ANOMALIES.flatMap((anomaly) => {
    for (const [when, scenario] of Object.entries(scenariosOf(anomaly)))
      pages.set(fileOf(anomaly, when), scenarioText(scenario));
    return section(anomaly);
  });
  const claims = Object.values(CLAIMS).map((sentence) => `- ${sentence}`);
  const text = [GENERATED, '', INTRODUCTION, '', ...claims, '', ON_ANOMALIES, '', ...sections].join('\n');
  pages.set('docs/anomalies.md', text);
  return pages;
}

function fileOf({ name }: Anomaly, when: string): string {
  return `${FOLDER}/${name}-${when}.jsonl`;
}

function section(anomaly: Anomaly): string[] {
  const { name, expected, why, before, after } = anomaly;
  const fates = new Map(fatesOf(anomaly).map((fate) => [fate.label, fate]));
  return [
    `### ${name}`,
    '',
    `One would expect: ${expected}`,
    '',
    `- before: ${wordsOfGiven(before)} (${link('scenario', `../${fileOf(anomaly, 'before')}`)})`,
    `- after: ${wordsOfGiven(after)} (${link('scenario', `../${fileOf(anomaly, 'after')}`)})`,
    '',
    markdownTable(
      ['function', 'class', 'arrives at', 'runs for', 'grows to', 'calls', 'before', 'after'],
      after.workload.map((one) => rowOf(one, anomaly, fates.get(one.function))),
    ),
    '',
    why,
    '',
  ];
}

function wordsOfGiven({ configuration, workload, turnMs = 0 }: Given): string {
  const { machines, shards } = configuration;
  const { cores, ram, swap } = machines[0]!;
  const turns = turnMs === 0 ? '' : `, whose turns take ${turnMs} ms`;
  return `functions ${workload.map((one) => code(one.function)).join(', ')}; machines: ${machines.length}, cores ${cores}, RAM ${ram} MB, swap ${swap} MB each; shards: ${shards}${turns}`;
}

function rowOf(one: WorkloadItem, { before, after }: Anomaly, fate: Fate | undefined): string[] {
  const [call] = one.calls ?? [];
  return [
    code(one.function),
    after.configuration.classes[one.class]!.name,
    `${one.arriveMs} ms`,
    `${one.runMs} ms`,
    `${one.finalMemoryMb} MB`,
    call === undefined ? '–' : `after ${call.afterMs} ms one that runs for ${call.item.runMs} ms`,
    before.workload.includes(one) ? endText(fate?.before) : 'not there',
    endText(fate?.after),
  ];
}

/** Of the highest class alone; when the others end does not matter. */
function endText(end: number | null | undefined): string {
  if (end === undefined) return '';
  return end === null ? 'killed' : `ends at ${end} ms`;
}
