import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { play } from '../../reference-impl/simulation/clock.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';

/** What became of one function over time. */
export interface Moment {
  readonly at: number;
  readonly what: 'start' | 'preempt' | 'complete' | 'kill';
}

/** What became of every function, by its label, and what the scheduler was told. */
export interface Schedule {
  readonly moments: ReadonlyMap<string, readonly Moment[]>;
  readonly stimuli: readonly TimedStimulus[];
}

/**
 * Plays a workload in virtual time. Each function in it, called ones too, has a label of its own.
 *
 * @param turnMs how long a turn of a shard takes.
 */
export function scheduleOf(
  scheduler: Scheduler,
  configuration: Configuration,
  workload: readonly WorkloadItem[],
  turnMs = 0,
): Schedule {
  const labels = new Map<number, string>();
  const moments = new Map<string, Moment[]>();
  const stimuli: TimedStimulus[] = [];
  play({
    scheduler,
    configuration,
    turnMs,
    workload: workload.toSorted((a, b) => a.arriveMs - b.arriveMs),
    observer({ at, stimulus, decisions }) {
      stimuli.push({ at, stimulus });
      if (stimulus.type === 'submit' || stimulus.type === 'call') {
        labels.set(stimulus.id, stimulus.function);
        moments.set(stimulus.function, []);
      }
      for (const decision of decisions) {
        if (isMoment(decision)) moments.get(labels.get(decision.id)!)?.push({ at, what: decision.type });
      }
    },
  });
  return { moments, stimuli };
}

function isMoment(decision: Decision): decision is Decision & { type: Moment['what'] } {
  return ['start', 'preempt', 'complete', 'kill'].includes(decision.type);
}

/** When a function completed, in ms; undefined for one that did not. */
export function completedAt({ moments }: Schedule, label: string): number | undefined {
  return moments.get(label)?.find(({ what }) => what === 'complete')?.at;
}
