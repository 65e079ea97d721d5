import { code, link, markdownTable } from '../../model/render/markdown.ts';
import { percent } from '../../reference-impl/simulation/text.ts';
import {
  type ComparisonRecord,
  commandOf,
  EXPERIMENTS,
  type Experiment,
  pictureOfExperiment,
  type RunDigest,
} from '../comparison/evidence.ts';
import { hermodBesideOpenWhisk } from '../comparison/published.ts';
import { times, weakSides } from '../comparison/weak-sides.ts';
import { GENERATED } from './links.ts';

const INTRODUCTION = `# Who crowds whom: all schedulers on one workload

The paper says that schedulers without priorities let low classes crowd out high ones. Here every scheduler of this
project plays the same functions on the same cluster, in virtual time: XX, its ablations, and its [peers](peers.md). Who
crowds *in principle*, and the smallest scenario that shows it, is on [a page of its own](crowding.md).

*Slowdown* is latency over run time: 1× for a function that had a core from start to end. Quantiles are over all that
were submitted: whoever was killed, throttled or had not ended counts as never completed. The scheduler that serves the
highest class best comes first. \`edf\` and \`srpt\` are oracles, which know run times in advance; no real system has what
they know. Peers ignore memory: a machine takes whatever comes, and pays nothing for it, while XX swaps.

CPU and RAM are means over the whole time until the last function ended or everything stopped, in which fewer and fewer
are left after the last arrival. Evictions count as preemptions. Every figure is from one seed: a factor below two
between schedulers may be chance, above all in classes with few functions, for which one that has not ended is *never* at p99.

Everything here is made by \`npm run comparison\`, which plays the commands below, and \`npm run docs\`. Play them with
another \`--seed\`, \`--load\` or cluster, and with \`--csv\`, \`--svg\` or \`--html\`.`;

const TRACES =
  ' The files are not part of this project: they are in the repository that is named above, under other names.';

/** The page that compares all schedulers. */
export function comparisonPage(records: readonly ComparisonRecord[]): string {
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    '## In short',
    '',
    ...weakSides(records).map((sentence) => `- ${sentence}`),
    '',
    '## Beside what is published',
    '',
    hermodBesideOpenWhisk(records.find(({ id }) => id === 'load')!),
    '',
    'Closed forms of queueing theory that peers meet are on [a page of their own](theory.md).',
    '',
    ...EXPERIMENTS.flatMap((experiment) => sectionOf(experiment, records)),
  ].join('\n');
}

function sectionOf(experiment: Experiment, records: readonly ComparisonRecord[]): string[] {
  const { rows } = records.find(({ id }) => id === experiment.id)!;
  const picture = pictureOfExperiment(experiment).replace('docs/', '');
  return [
    `## ${experiment.title}`,
    '',
    experiment.about,
    '',
    `!${link(experiment.title, picture)}`,
    '',
    `Made by ${code(commandOf(experiment))}.${experiment.trace === undefined ? '' : TRACES}`,
    '',
    ...(rows.length === 1 ? tablesOf(rows[0]!.runs) : [...sweepTable(rows, -1), ...sweepTable(rows, 0)]),
  ];
}

function tablesOf(runs: readonly RunDigest[]): string[] {
  const names = runs[0]!.classes.map(({ name }) => name).toReversed();
  const counts = runs[0]!.classes.map(({ count }) => count).toReversed();
  return [
    'Slowdown, p50 and p99, by class, and how many functions there are of it:',
    '',
    markdownTable(
      ['scheduler', ...names.map((name, index) => `${name} (${counts[index]!.toLocaleString('en')})`)],
      runs.map(({ scheduler, classes }) => [
        code(scheduler),
        ...classes
          .toReversed()
          .map(({ slowdownP50, slowdownP99 }) => `${times(slowdownP50)}, ${times(slowdownP99)}`),
      ]),
    ),
    '',
    'All classes together:',
    '',
    markdownTable(
      ['scheduler', 'unfinished', 'killed', 'throttled', 'CPU', 'RAM', 'preemptions', 'swapped out, GB'],
      runs.map((run) => [
        code(run.scheduler),
        sumOf(run, 'unfinished'),
        run.memory === 'unbounded' ? '–' : sumOf(run, 'killed'),
        sumOf(run, 'throttled'),
        percent(run.cpuUtilization),
        percent(run.memoryUtilization),
        run.preemptions.toLocaleString('en'),
        run.memory === 'unbounded' ? '–' : (run.swappedMb / 1000).toFixed(1),
      ]),
    ),
    '',
  ];
}

function sumOf({ classes }: RunDigest, key: 'unfinished' | 'killed' | 'throttled'): string {
  return classes.reduce((sum, ofClass) => sum + ofClass[key], 0).toLocaleString('en');
}

function sweepTable(rows: ComparisonRecord['rows'], ofClass: -1 | 0): string[] {
  const names = rows[0]!.runs.map(({ scheduler }) => scheduler);
  return [
    `p99 of the slowdown of the ${ofClass === 0 ? 'lowest' : 'highest'} class, by load:`,
    '',
    markdownTable(
      ['scheduler', ...rows.map(({ load }) => String(load))],
      names.map((name) => [
        code(name),
        ...rows.map(({ runs }) =>
          times(runs.find(({ scheduler }) => scheduler === name)!.classes.at(ofClass)!.slowdownP99),
        ),
      ]),
    ),
    '',
  ];
}
