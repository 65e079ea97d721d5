import type { Step } from '../../model/alphabet.ts';
import { type Coverage, coverageOf } from '../../model/coverage.ts';
import type { BatchResult } from '../../model/explore/batch.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { configurationOf } from '../../model/explore/instance.ts';
import { judgeLiveness, type Liveness } from '../../model/explore/liveness.ts';
import { countOvertaking, type Overtaking } from '../../model/explore/overtaking.ts';
import { type Exploration, type SearchProgress, search, stepsTo } from '../../model/explore/search.ts';
import { Judge } from '../../model/judge.ts';
import { refuseUnwritable } from '../../reference-impl/process/files.ts';
import { startWorkers } from '../workers.ts';
import { createExpander, type Subject } from './expanders.ts';
import { type Kept, keep } from './keep.ts';
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

/** Something wrong, at the end of a shortest path, and where it is kept. */
export interface ExplorationViolation extends Kept {
  rule: string;
  length: number;
  message: string;
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
  violations: ExplorationViolation[];
  /** Judged when the exploration is complete. */
  liveness: Omit<Liveness, 'witness'> | null;
  /** How often those that wait are overtaken: counted when the exploration is complete. */
  overtaking: Omit<Overtaking, 'witness'> | null;
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
  refuseUnwritable(options.out);
  const startedAt = world.nowMs();
  const elapsedMs = (): number => world.nowMs() - startedAt;
  const workers =
    options.workers > 1 ? startWorkers<BatchTask, BatchResult>('exploration/worker', options.workers) : null;
  try {
    const exploration = await search(expander, {
      goOn: async (progress) => {
        await breathe();
        world.onProgress({ ...progress, elapsedMs: elapsedMs() });
        return !world.interrupted();
      },
      ...(workers === null
        ? {}
        : {
            elsewhere: {
              parallel: workers.parallel,
              expand: (states) => workers.run({ subject: { instance, scheduler }, states }, [states.buffer]),
            },
          }),
    });
    const seconds = elapsedMs() / 1000;
    return summarize(options, exploration, expander, seconds);
  } finally {
    await workers?.destroy();
  }
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
  const { witness: overtakenIn, ...overtaking } = complete
    ? countOvertaking(expander, exploration, options.instance.prices)
    : { witness: null };
  if (overtakenIn !== null) {
    violations.push({
      wrong: {
        rule: 'bounded-low-class-starvation',
        message: 'from this state a turn places one that arrived too late to overtake another that waits',
      },
      steps: stepsTo(expander, exploration.visited, overtakenIn),
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
      message: verdictOf(options, trace) ?? wrong.message,
      ...keep(options, wrong.rule, trace),
    })),
    liveness: complete ? liveness : null,
    overtaking: 'most' in overtaking ? overtaking : null,
    coverage: coverageOf(tally),
  };
}

/** What a judge says of a trace: one that explores has counted other steps than those of this trace. */
function verdictOf({ instance }: CheckOptions, steps: readonly Step[]): string | null {
  const judge = new Judge(configurationOf(instance));
  for (const { at, stimulus, decisions } of steps) {
    const violation = judge.step(at, stimulus, decisions);
    if (violation !== null) return violation.message;
  }
  return null;
}

/** Lets signals and timers have their turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
