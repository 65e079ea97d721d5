import type { Configuration, Scenario } from '../../model/configuration.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { clusterOf, HIGH, item, LOW } from './cases.ts';
import { completedAt, type Schedule, scheduleOf } from './schedules.ts';

/** What a scheduler is given. */
export interface Given {
  readonly configuration: Configuration;
  readonly workload: readonly WorkloadItem[];
  /** How long a turn of a shard takes; 0 unless given. */
  readonly turnMs?: number;
}

/** Two plays of which the second should be no worse for the highest class, and under XX is. */
export interface Anomaly {
  /** Kebab-case, and the name of its files. */
  readonly name: string;
  /** What one would expect. */
  readonly expected: string;
  /** What happens instead, and why. */
  readonly why: string;
  readonly before: Given;
  readonly after: Given;
}

/** A function of the highest class, and when it completed in either play, in ms; null: it was killed. */
export interface Fate {
  readonly label: string;
  readonly before: number | null;
  readonly after: number | null;
}

const FIRST_COME = [item('a', 0, 2), item('b', 0, 1), item('c', 0, 1), item('d', 0, 1)];
const ONE_AND_ONE = [item('a', 0, 2), item('b', 1, 1)];
const ONE = [item('a', 2, 1)];
const TIED = [item('a', 1, 1), item('b', 1, 1)];

/** The smallest that searches have found, of each kind. */
export const ANOMALIES: readonly Anomaly[] = [
  {
    name: 'more-ram-kills',
    expected: 'With more RAM nobody of the highest class is killed who was not with less.',
    why: 'With less RAM the two take turns, since they do not fit beside each other, and the one that waits has not grown yet. With more both run, grow together, and exceed RAM plus swap.',
    ...more(
      [item('a', 0, 2, { mb: 4 }), item('b', 0, 2, { mb: 4 })],
      { cores: 2, ram: 4, swap: 2 },
      { ram: 5 },
    ),
  },
  {
    name: 'more-swap-kills',
    expected: 'With more swap nobody of the highest class is killed who was not with less.',
    why: 'With less swap the second is killed as it grows, and there is room for the third. With more it lives on in swap, and the third, who comes last and so ranks lowest, is killed.',
    ...more(
      [item('a', 0, 2, { mb: 2 }), item('b', 0, 1, { mb: 4 }), item('c', 1, 1)],
      { cores: 2, ram: 4, swap: 1 },
      { swap: 2 },
    ),
  },
  {
    name: 'more-ram-delays',
    expected: 'With more RAM nobody of the highest class completes later.',
    why: 'With less RAM the second does not fit beside the first once they have grown, and the third, which is small, runs in the room that is left. With more the second stays, and the third waits for a core.',
    ...more(
      [item('a', 0, 2, { mb: 2 }), item('b', 0, 2, { mb: 3 }), item('c', 0, 1)],
      { cores: 2, ram: 4 },
      { ram: 5 },
    ),
  },
  {
    name: 'more-cores-delay-where-ram-is-scarce',
    expected: 'With more cores nobody of the highest class completes later, however little RAM there is.',
    why: 'With a third core the long one starts sooner, and so it grows sooner: just when the newcomer needs the RAM, which is then preempted until the long one has ended.',
    ...more(
      [item('a', 0, 1), item('b', 0, 1), item('c', 0, 4, { mb: 2 }), item('d', 1, 1, { mb: 4 })],
      { cores: 2, ram: 5 },
      { cores: 3 },
    ),
  },
  {
    name: 'more-cores-delay-callers',
    expected: 'With more cores nobody of the highest class completes later, even if functions call others.',
    why: 'Whoever wakes goes to the end of the order on its machine. With a second core one wakes sooner, and stands before another that it would have stood behind.',
    ...more(
      [
        item('a', 0, 1, { calls: { afterMs: 0, runMs: 4 } }),
        item('b', 2, 1, { calls: { afterMs: 0, runMs: 1 } }),
        item('c', 2, 1, { calls: { afterMs: 0, runMs: 2 } }),
      ],
      {},
      { cores: 2 },
    ),
  },
  {
    name: 'more-cores-on-each-machine-delay',
    expected: 'With more cores on each of two machines nobody of the highest class completes later.',
    why: 'With a second core the low ones on their machine run at once and grow sooner. Where two machines have as many functions, the one with more RAM left is chosen; now it is no longer theirs, and the last of the highest class goes where two of its class run already.',
    ...more(
      [
        item('a', 0, 3, { class: LOW }),
        item('b', 0, 3, { mb: 2 }),
        item('c', 1, 2, { class: LOW, mb: 2 }),
        item('d', 2, 1),
        item('e', 2, 1),
      ],
      { machines: 2 },
      { cores: 2 },
    ),
  },
  {
    name: 'a-third-machine-delays',
    expected: 'With a third machine nobody of the highest class completes later.',
    why: 'A machine is chosen by how many functions it has and not by how long they run. With a third machine the last one ends up behind the long one; with two, behind a short one.',
    ...more(FIRST_COME, { machines: 2 }, { machines: 3 }),
  },
  {
    name: 'a-third-machine-delays-all-together',
    expected: 'With a third machine the latencies of the highest class, taken together, are no larger.',
    why: 'The same, where one who is delayed loses more than the others gain.',
    ...more(
      [item('a', 0, 6, { mb: 2 }), item('b', 2, 4, { mb: 2 }), item('c', 5, 3), item('d', 5, 1)],
      { machines: 2 },
      { machines: 3 },
    ),
  },
  {
    name: 'a-second-machine-delays-callers',
    expected:
      'With a second machine nobody of the highest class completes later, even if functions call others.',
    why: 'A caller that waits still counts as a function of its machine. So what it has called is placed on the other machine, behind somebody who runs there, while the core of the caller has nobody.',
    ...more(
      [
        item('a', 0, 2, { mb: 2, calls: { afterMs: 2, runMs: 1 } }),
        item('b', 1, 2, { calls: { afterMs: 0, runMs: 1 } }),
      ],
      {},
      { machines: 2 },
    ),
  },
  {
    name: 'low-work-delays-across-machines',
    expected:
      'Work of a lower class that is added to a cluster leaves every time of the highest class as it was.',
    why: 'A machine is chosen by how many functions it has, whatever their class. One that runs only the low one counts as much as one that runs the high one, so the next high one goes behind the latter.',
    ...added(ONE_AND_ONE, [item('l', 0, 2, { class: LOW })], clusterOf({ machines: 2 })),
  },
  {
    name: 'low-work-delays-at-a-shard',
    expected:
      'Work of a lower class that is added leaves every time of the highest class as it was, on one machine.',
    why: 'A turn takes 1 ms here. The low ones have waited while the high one has not, so they get turns first: this is the aging that keeps low classes from starving at the shard.',
    ...added(ONE, [item('l', 1, 1, { class: LOW }), item('m', 1, 1, { class: LOW })], clusterOf({}), 1),
  },
  {
    name: 'low-work-reorders-shards',
    expected:
      'Work of a lower class that is added leaves every time of the highest class as it was, with two shards.',
    why: 'Functions go to the shards in turn. With one more before them, two that arrive in the same ms change shards, and the shard that takes the first turn places the other one first.',
    ...added(TIED, [item('l', 1, 1, { class: LOW })], clusterOf({ shards: 2 }), 0, 'first'),
  },
];

/** The same workload on a cluster and on one that has more of something. */
function more(
  workload: readonly WorkloadItem[],
  less: Parameters<typeof clusterOf>[0],
  and: Parameters<typeof clusterOf>[0],
): Pick<Anomaly, 'before' | 'after'> {
  return {
    before: { configuration: clusterOf(less), workload },
    after: { configuration: clusterOf({ ...less, ...and }), workload },
  };
}

/** A workload, and one with more work; of what arrives in the same ms the added is first or last. */
function added(
  workload: readonly WorkloadItem[],
  lower: readonly WorkloadItem[],
  configuration: Configuration,
  turnMs = 0,
  place: 'first' | 'last' = 'last',
): Pick<Anomaly, 'before' | 'after'> {
  const together = place === 'first' ? [...lower, ...workload] : [...workload, ...lower];
  return {
    before: { configuration, workload, turnMs },
    after: { configuration, workload: together, turnMs },
  };
}

/** Plays both under XX. */
export function playBoth({ before, after }: Anomaly): { before: Schedule; after: Schedule } {
  return { before: scheduleOfGiven(before), after: scheduleOfGiven(after) };
}

function scheduleOfGiven({ configuration, workload, turnMs }: Given): Schedule {
  return scheduleOf(createXX(), configuration, workload, turnMs);
}

/** What becomes of those of the highest class that are in both plays, in the order of their arrival. */
export function fatesOf(anomaly: Anomaly): Fate[] {
  const { before, after } = playBoth(anomaly);
  return anomaly.before.workload
    .filter((one) => one.class === HIGH)
    .map((one) => ({
      label: one.function,
      before: completedAt(before, one.function) ?? null,
      after: completedAt(after, one.function) ?? null,
    }));
}

/** Whether one of the highest class is worse off: it completes later, or no more. */
export function isWorse({ before, after }: Fate): boolean {
  return before !== null && (after === null || after > before);
}

/** What the scheduler was told in either play, as scenarios that can be played again. */
export function scenariosOf(anomaly: Anomaly): { before: Scenario; after: Scenario } {
  const { before, after } = playBoth(anomaly);
  return {
    before: { config: anomaly.before.configuration, stimuli: [...before.stimuli] },
    after: { config: anomaly.after.configuration, stimuli: [...after.stimuli] },
  };
}
