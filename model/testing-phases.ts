import type { Decision } from './alphabet.ts';
import type { Configuration } from './configuration.ts';
import { emptyTally } from './coverage.ts';
import { Judge } from './judge.ts';
import { type RuleId, ruleSetOf } from './rules/rule-set.ts';
import {
  boot,
  call,
  cluster,
  complete,
  crash,
  drain,
  enqueue,
  finish,
  HIGH,
  kill,
  type Line,
  LOW,
  list,
  MID,
  pageOut,
  polls,
  type Story,
  start,
  story,
  submit,
  turn,
} from './testing.ts';

/** A story that has somebody in every phase, and judges of some rules: for tests of what is possible. */

/** Judges a story by these rules alone; it must be accepted to its end. */
export function acceptBy(rules: readonly RuleId[], told: Story, ...more: readonly Line[]): Judge {
  const judge = new Judge(told.config, emptyTally(), ruleSetOf(rules));
  for (const [at, stimulus, ...decisions] of [...told.lines, ...more]) {
    const violation = judge.step(at, stimulus, decisions);
    if (violation !== null) throw new Error(`expected to be accepted: ${violation.message}`);
  }
  return judge;
}

const SIZE = { cores: 1, ram: 100, swap: 50 };

/** Who is in which phase in {@link everyPhase}. 12 has ended, and 99 never was. */
export const WHO = {
  admission: 4,
  inheritance: 6,
  queued: 3,
  ready: 2,
  running: 1,
  finishing: 7,
  blocked: 5,
  waking: 8,
  lost: 10,
} as const;

const placed = (id: number, machine: number, ...more: readonly Decision[]): Line[] => [
  [0, submit(id, MID), enqueue(id, MID)],
  [0, turn(), polls(id, machine), ...more],
];

/**
 * One in each phase that anybody can be left in, on a cluster of which machine 0 is up and on the list of shard 0,
 * machine 1 is down, machine 2 is draining, and machine 3 is up and on no list. Everybody has 3 MB; of those of 2 one is
 * in swap. No rule is asked.
 */
export function everyPhase(changes: Partial<Configuration> = {}): Story {
  return story(
    cluster({ machines: [SIZE, SIZE, SIZE, SIZE], shards: 2, initialMemory: 3, ...changes }),
    [0, boot, list(0, 0, 100, 0)],
    ...placed(1, 0, start(1)),
    ...placed(2, 0, pageOut(2, 1)),
    ...placed(5, 0, start(5)),
    [0, call(5, 6, HIGH)],
    ...placed(7, 0, start(7)),
    [0, finish(7)],
    ...placed(8, 0, start(8)),
    [0, call(8, 9, LOW), enqueue(9, MID)],
    [0, turn(), polls(9, 0), kill(9, 'memory')],
    ...placed(10, 1),
    [0, crash(1)],
    ...placed(11, 2),
    [0, drain(2)],
    ...placed(12, 0, start(12)),
    [0, finish(12), complete(12)],
    [0, submit(3, LOW, 1), enqueue(3, LOW, 1)],
    [0, submit(4, LOW)],
  );
}
