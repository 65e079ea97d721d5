import type { CrowdingReport } from '../../reference-impl/simulation/crowding/report.ts';
import { rounded } from '../evaluation/rounded.ts';

/** What is played for the page of the comparison: each by the options of `xx simulate crowding`. */
export interface Experiment {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly options: readonly string[];
  /** Names of the files of a real trace, where it needs one. */
  readonly trace?: readonly string[];
}

const FREYR = ['invocation', 'duration', 'memory'].map((what) => `azure2019_freyr10_${what}.csv`);
const SMALL = ['--machines', '2', '--cores', '4'];

export const EXPERIMENTS: readonly Experiment[] = [
  {
    id: 'burst',
    title: "The paper's burst",
    about:
      "The load of the paper's figure 3, with memory ample: 0.7, then 1.2 for a quarter of the time, and 0.7 again.",
    options: [],
  },
  {
    id: 'memory',
    title: 'Under memory pressure',
    about:
      "The memory of the paper's figure 4: at load 0.9 functions grow to 5 GB on average, and a machine of 8 cores has 32 GB. A scheduler with no idea of memory takes more than there is.",
    options: [
      ...['--load', '0.9', '--ram', '32000', '--swap', '500000'],
      ...['--growth-steps', '8', '--memory', '100-10000'],
    ],
  },
  {
    id: 'load',
    title: 'By load',
    about: 'Memory is ample, and the load does not change while functions arrive.',
    options: ['--sweep', 'load=0.5,0.8,1,1.2,2,3,4'],
  },
  {
    id: 'turns',
    title: 'Where turns take time',
    about:
      'At load 3 a shard takes 100 ms to place a function, so that functions wait at shards and not on machines alone: only here what a shard does, and aging, can make a difference. Late binders need no turn, and are not charged for one.',
    options: ['--load', '3', '--turn', '100'],
  },
  {
    id: 'azure-2019',
    title: 'A real trace: Azure Functions 2019',
    about:
      'Ten functions of an hour (Shahrad et al., ATC 2020; the selection of IntelliSys-Lab/Freyr-WWW22). What http triggers is of the highest class, all else of the lowest. Run times differ by four orders of magnitude.',
    options: ['--load', '0.9', ...SMALL],
    trace: FREYR,
  },
  {
    id: 'azure-2021',
    title: 'A real trace: Azure Functions 2021',
    about:
      'Single invocations (Zhang et al., SOSP 2021; the selection of vhive-serverless/invitro). The trace has no classes: each function draws one.',
    options: ['--load', '0.9', ...SMALL],
    trace: ['azure2021_invitro_200.csv'],
  },
];

/** A command that plays an experiment. */
export function commandOf({ options, trace }: Experiment): string {
  return ['xx simulate crowding', ...options, ...(trace === undefined ? [] : ['--trace', ...trace])].join(
    ' ',
  );
}

/** What is kept of one class: quantiles over all that were submitted, `null` for never. */
export interface ClassDigest {
  readonly name: string;
  readonly count: number;
  /** Of those that completed. */
  readonly slowdownMean: number | null;
  readonly slowdownP50: number | null;
  readonly slowdownP99: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly unfinished: number;
  readonly killed: number;
  readonly throttled: number;
}

export interface RunDigest {
  readonly scheduler: string;
  readonly memory: 'bounded' | 'unbounded';
  readonly classes: readonly ClassDigest[];
  readonly cpuUtilization: number;
  readonly memoryUtilization: number;
  readonly preemptions: number;
  readonly swappedMb: number;
}

/** What is kept of an experiment, in docs/comparison.json. */
export interface ComparisonRecord {
  readonly id: string;
  readonly command: string;
  readonly rows: readonly { readonly load: number | null; readonly runs: readonly RunDigest[] }[];
}

export function recordOf(experiment: Experiment, { rows }: CrowdingReport): ComparisonRecord {
  return rounded({
    id: experiment.id,
    command: commandOf(experiment),
    rows: rows.map(({ load, runs }) => ({
      load,
      runs: runs.map(
        ({ scheduler, memory, classes, cpuUtilization, memoryUtilization, preemptions, swapMb }) => ({
          ...{ scheduler, memory, cpuUtilization, memoryUtilization, preemptions },
          swappedMb: swapMb.total,
          // A trace may have nobody of a class.
          classes: classes
            .filter(({ count }) => count > 0)
            .map(
              ({ name, count, slowdown, slowdownOfAll, latencyOfAllMs, unfinished, killed, throttled }) => ({
                ...{ name, count, unfinished, killed, throttled },
                slowdownMean: slowdown.mean,
                slowdownP50: slowdownOfAll.p50,
                slowdownP99: slowdownOfAll.p99,
                latencyP50Ms: latencyOfAllMs.p50,
                latencyP99Ms: latencyOfAllMs.p99,
              }),
            ),
        }),
      ),
    })),
  });
}

/** The picture of an experiment, from the root of the project. */
export function pictureOfExperiment({ id }: Experiment): string {
  return `docs/figures/crowding-${id}.svg`;
}
