import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import Tinypool from 'tinypool';
import type { Step } from '../../model/alphabet.ts';
import { type Coverage, coverageOf } from '../../model/coverage.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { configurationOf } from '../../model/explore/instance.ts';
import { judgeLiveness, type Liveness } from '../../model/explore/liveness.ts';
import {
  type Exploration,
  type SearchOptions,
  type SearchProgress,
  search,
  stepsTo,
} from '../../model/explore/search.ts';
import { scenarioText, traceText } from '../../model/format/write.ts';
import { writeWhole } from '../../reference-impl/process/files.ts';
import { createExpander, type Subject } from './expanders.ts';
import type { BatchTask } from './worker.ts';

/** What `xx check` was asked for. */
export interface CheckOptions extends Subject {
  readonly workers: number;
  /** Where counterexamples are written. */
  readonly out: string;
}

export interface CheckWorld {
  readonly nowMs: () => number;
  readonly interrupted: () => boolean;
  readonly onProgress: (progress: SearchProgress & { elapsedMs: number }) => void;
}

/** What an exploration reports, as JSON has it. */
export interface CheckSummary {
  /** A scheduler, or `model`. */
  subject: string;
  instance: Subject['instance'];
  states: number;
  steps: number;
  depth: number;
  complete: boolean;
  seconds: number;
  statesPerSecond: number;
  violations: { rule: string; length: number; message: string; file: string }[];
  /** Judged when the exploration is complete. */
  liveness: Omit<Liveness, 'witness'> | null;
  coverage: Coverage;
}

/**
 * Explores a bounded instance to its end, and writes the shortest counterexample if there is one.
 *
 * @throws InputError when the instance is none, or a file cannot be written.
 */
export async function check(options: CheckOptions, world: CheckWorld): Promise<CheckSummary> {
  const { instance, scheduler } = options;
  const expander = createExpander({ instance, scheduler });
  const startedAt = world.nowMs();
  const elapsedMs = (): number => world.nowMs() - startedAt;
  const pool = options.workers > 1 ? createPool(options) : null;
  try {
    const exploration = await search(expander, {
      goOn: async (progress) => {
        await breathe();
        world.onProgress({ ...progress, elapsedMs: elapsedMs() });
        return !world.interrupted();
      },
      ...(pool === null ? {} : { elsewhere: pool.elsewhere }),
    });
    const seconds = elapsedMs() / 1000;
    return summarize(options, exploration, expander, seconds);
  } finally {
    await pool?.destroy();
  }
}

/** As many workers as there are cores, when nobody says how many. */
export function availableWorkers(): number {
  return cpus().length;
}

function createPool({ instance, scheduler, workers }: CheckOptions): {
  elsewhere: NonNullable<SearchOptions['elsewhere']>;
  destroy: () => Promise<void>;
} {
  // A worker thread runs what was built, also when this module runs from its source in a test.
  const worker = import.meta.url.endsWith('.ts')
    ? '../../dist/properties/exploration/worker.js'
    : './worker.js';
  const pool = new Tinypool({
    filename: new URL(worker, import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    runtime: 'worker_threads',
  });
  const subject: Subject = { instance, scheduler };
  return {
    elsewhere: {
      parallel: workers * 2,
      expand: (states) =>
        pool.run({ subject, states } satisfies BatchTask, { transferList: [states.buffer] }),
    },
    destroy: () => pool.destroy(),
  };
}

function summarize(
  options: CheckOptions,
  exploration: Exploration,
  expander: Expander,
  seconds: number,
): CheckSummary {
  const { states, steps, depth, complete, tally } = exploration;
  const { witness, ...liveness } = complete
    ? judgeLiveness(expander, exploration)
    : { witness: null, deadEnds: 0, cycles: 0, fairCycles: 0 };
  const violations = exploration.counterexample === null ? [] : [exploration.counterexample];
  if (witness !== null) {
    violations.push({
      wrong: {
        rule: 'everything-drains',
        message: 'in this state, or in the cycle that it is part of, somebody lives for ever',
      },
      steps: stepsTo(expander, exploration.visited, witness),
    });
  }
  return {
    subject: options.scheduler ?? 'model',
    instance: options.instance,
    states,
    steps,
    depth,
    complete,
    seconds,
    statesPerSecond: seconds > 0 ? Math.round(states / seconds) : 0,
    violations: violations.map(({ wrong, steps: trace }) => ({
      rule: wrong.rule,
      length: trace.length,
      message: wrong.message,
      file: keep(options, wrong.rule, trace),
    })),
    liveness: complete ? liveness : null,
    coverage: coverageOf(tally),
  };
}

/** Writes a counterexample as a scenario, and as the trace in which it failed; says where the scenario is. */
function keep({ instance, out }: CheckOptions, rule: string, steps: readonly Step[]): string {
  const config = configurationOf(instance);
  const trace = traceText({ config, steps: [...steps] });
  const fingerprint = createHash('sha256').update(trace).digest('hex').slice(0, 8);
  const name = `${out}/${rule}-${fingerprint}`;
  writeWhole(`${name}.trace.jsonl`, trace);
  const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
  writeWhole(`${name}.scenario.jsonl`, scenarioText({ config, stimuli }));
  return `${name}.scenario.jsonl`;
}

/** Lets signals and timers have their turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
