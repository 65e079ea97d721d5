import { anchorOf, code, link, markdownTable } from '../../model/render/markdown.ts';
import { TEXT_FINDINGS } from '../findings/catalogue/index.ts';
import { scenarioFile } from '../findings/files.ts';
import type { TextFinding } from '../findings/finding.ts';
import { type Price, WORKLOADS } from '../findings/price.ts';
import type { FindingRecord, FindingsRecord } from '../findings/record.ts';
import { replayed } from '../findings/told.ts';
import { fileLink, GENERATED, ruleLinks } from './links.ts';

/** The page of what follows from the text of the paper: each finding with its smallest scenario, its reason and its repair. */
export function findingsPage(record: FindingsRecord): string {
  return [
    GENERATED,
    '',
    introduction(record),
    '',
    summary(record),
    '',
    ...TEXT_FINDINGS.flatMap((finding, index) => section(finding, index, record)),
    pricesSection(record),
  ].join('\n');
}

function introduction({ findings }: FindingsRecord): string {
  const { found, repaired } = findings[0]!;
  return `# Findings on the text

The paper states aims and describes how XX reaches them. Below is where the two part: where a literal reading of a sentence
breaks an aim, and where XX, as [read here](readings.md), does so itself. None of it is a bug of the reference, which
does what its rules say; what happens is what the text, carried out, leads to.

Each finding has a predicate that says in words what it sees in a run, and a scenario in which it sees it. That was found by
playing random scenarios in a small cluster and shrunk as counterexamples are, as long as the scheduler that shows the finding still
shows it and the repair does not. A **repair** is a variant of XX with a policy or two replaced, or a wrong scheduler of
[the teeth](teeth.md): what one rule calls wrong may be what another aim needs. \`xx fuzz\`, \`xx check\`, \`xx run\`,
\`xx replay\` and \`xx simulate\` take each by its name with \`--scheduler\`.

What a repair restores was looked for in ${repaired!.runs.toLocaleString('en')} random runs of the same small cluster; of the scheduler that shows the
finding ${found.runs} were enough. What it costs is measured [on one workload](#what-repairs-cost). [Who crowds whom](crowding.md) looks at
the crowding problem alone, of every scheduler, and [what more does](anomalies.md) at cores, RAM, machines and background
work that are added. \`npm run findings\` does all of it
again, and \`npm run findings -- --find\` finds and shrinks the scenarios anew.`;
}

function summary({ findings }: FindingsRecord): string {
  return markdownTable(
    ['', 'finding', 'shown by', 'steps', 'seen in', 'repair', 'seen there in'],
    TEXT_FINDINGS.map((finding, index) => {
      const { steps, found, repaired } = recordOf(finding, findings);
      const { title, scheduler, repair } = finding;
      return [
        `${index + 1}`,
        link(title, `#${anchorOf(headingOf(finding, index))}`),
        code(scheduler),
        `${steps}`,
        `${found.seen} of ${found.runs}`,
        repair === null ? 'none by policies' : code(repair.scheduler),
        repaired === null ? '–' : `${repaired.seen} of ${repaired.runs.toLocaleString('en')}`,
      ];
    }),
  );
}

function headingOf({ title }: TextFinding, index: number): string {
  return `${index + 1}. ${title}`;
}

function recordOf({ id }: TextFinding, findings: readonly FindingRecord[]): FindingRecord {
  const record = findings.find((one) => one.id === id);
  if (record === undefined) throw new Error(`docs/findings.json knows no ${id}: npm run findings`);
  return record;
}

function section(finding: TextFinding, index: number, record: FindingsRecord): string[] {
  const { id, says, section: number, paragraph, reading, scheduler, why } = finding;
  const measured = recordOf(finding, record.findings);
  const { step, words } = measured.sighting;
  const file = scenarioFile(id);
  const where = reading === null ? '' : ` ([the reading](readings.md#${reading}))`;
  return [
    `## ${headingOf(finding, index)}`,
    '',
    `**The paper** (§${number}, ${paragraph})${where}. ${says}`,
    '',
    `**What happens** in ${fileLink(file)}, ${measured.steps} steps, played by ${code(scheduler)}: after step ${step}, ${withoutEnd(words)}.`,
    '',
    '```text',
    ...replayed(finding, step),
    '```',
    '',
    `All of it: ${code(`npx xx replay ${file}${scheduler === 'xx' ? '' : ` --scheduler ${scheduler}`}`)}`,
    '',
    `**Why.** ${why}`,
    '',
    ...repairOf(finding, measured, record),
    '',
  ];
}

function repairOf(
  finding: TextFinding,
  { found, repaired }: FindingRecord,
  record: FindingsRecord,
): string[] {
  const { repair, restored, workload, scheduler } = finding;
  const rate = `${code(scheduler)} shows the opposite in ${found.seen} of ${found.runs} random runs, first in run ${found.first}`;
  if (repair === null || repaired === null) {
    return [`**Repair.** None by replacing policies. What would have to hold: ${restored} ${rate}.`];
  }
  const prices = record.prices.find((one) => one.workload === workload)?.prices ?? [];
  const names = [...new Set(['xx', scheduler, repair.scheduler])];
  return [
    `**Repair**: ${code(repair.scheduler)}. ${repair.words}`,
    '',
    `**Restored**: ${restored} ${rate}; ${code(repair.scheduler)} in ${repaired.seen} of ${repaired.runs.toLocaleString('en')}.`,
    '',
    ...departuresText(repair.scheduler, record),
    ...(workload === null
      ? []
      : priceOf(
          workload,
          prices.filter((price) => names.includes(price.scheduler)),
        )),
  ];
}

function priceOf(workload: string, prices: readonly Price[]): string[] {
  return [`**Price**, on the workload ${code(workload)}:`, '', priceTable(prices)];
}

/** Nothing of XX itself. */
function departuresText(scheduler: string, { departures }: FindingsRecord): string[] {
  const departure = departures.find((one) => one.scheduler === scheduler);
  if (departure === undefined) return [];
  const { from, judged, runs, states } = departure;
  const given = from.length === 0 ? 'none of the rules of XX' : ruleLinks(from);
  return [
    `**Given up**: ${given}. The other ${judged - from.length} of the rules and properties of XX that are judged step by step held in ${runs} generated runs each${states === null ? '' : `, and in all ${states.toLocaleString('en')} states of ${link('the quoted instance', 'exploration.md')}`}.`,
    '',
  ];
}

function priceTable(prices: readonly Price[]): string {
  return markdownTable(
    [
      'scheduler',
      'highest class: p50 ms',
      'p99',
      'lowest class: p50 ms',
      'p99',
      'killed',
      'throttled',
      'swapped out, MB',
    ],
    prices.map(({ scheduler, highest, lowest, killed, throttled, swappedMb }) => [
      code(scheduler),
      ...[highest.p50, highest.p99, lowest.p50, lowest.p99, killed, throttled, swappedMb].map((figure) =>
        figure.toLocaleString('en'),
      ),
    ]),
  );
}

function pricesSection({ prices }: FindingsRecord): string {
  return [
    '## What repairs cost',
    '',
    'Latencies are those of functions that completed, in ms from submission to completion. One run each, of the same workload:',
    'differences of a few percent are noise. A literal reading can be faster here than XX: what it breaks is an aim, which',
    'percentiles of one load need not show.',
    '',
    ...prices.flatMap(({ workload, prices: rows }) => [
      `### ${workload}`,
      '',
      `${WORKLOADS[workload].words}.`,
      '',
      priceTable(rows),
      '',
    ]),
  ].join('\n');
}

function withoutEnd(words: string): string {
  return words.replace(/,$/, '');
}
