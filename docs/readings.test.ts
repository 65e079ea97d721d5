import { describe, expect, test } from 'vitest';
import type { Decision, Stimulus } from '../model/alphabet.ts';
import type { Configuration } from '../model/configuration.ts';
import { Judge } from '../model/judge.ts';
import {
  antagonist,
  boot,
  call,
  cluster,
  crash,
  drain,
  enqueue,
  finish,
  HIGH,
  type Line,
  LOW,
  MID,
  pageIn,
  pageOut,
  polls,
  preempt,
  refuse,
  resize,
  restart,
  type Story,
  start,
  story,
  submit,
  throttle,
  turn,
  wake,
} from '../model/testing.ts';
import { findScheduler } from '../reference-impl/schedulers/registry.ts';
import { createXX } from '../reference-impl/xx/xx.ts';
import { anchorsOf } from './pages.ts';

/** The scenarios of docs/readings.md: that the reference, and with it the model, reads the paper as the page says. */

const MACHINE = { cores: 1, ram: 10, swap: 10 };
const one = cluster({ machines: [MACHINE] });
const two = cluster({ machines: [MACHINE, MACHINE], kMachines: 2 });
const wide = { cores: 1, ram: 100, swap: 0 };

/** Plays stimuli, a number being the time from then on, and has the judge accept all; the decisions of the last. */
function play(config: Configuration, ...stimuli: (Stimulus | number)[]): Decision[] {
  const xx = createXX();
  xx.reset(config);
  const judge = new Judge(config);
  let at = 0;
  let decisions: Decision[] = [];
  for (const stimulus of [boot, ...stimuli]) {
    if (typeof stimulus === 'number') {
      at = stimulus;
      continue;
    }
    decisions = xx.step(at, stimulus);
    expect(judge.step(at, stimulus, decisions)?.message).toBeUndefined();
  }
  return decisions;
}

/** What the last of these stimuli, all at 0 ms, leads to where a scheduler reads the paper in another way. */
function otherwise(scheduler: string, config: Configuration, stimuli: readonly Stimulus[]): Decision[] {
  const other = findScheduler(scheduler).create();
  other.reset(config);
  return [boot, ...stimuli].map((stimulus) => other.step(0, stimulus)).at(-1)!;
}

/** The same stimuli at 0 ms with what the reference decides, as a story to which a step can be added by hand. */
function storyOf(config: Configuration, stimuli: readonly Stimulus[]): Story {
  const xx = createXX();
  xx.reset(config);
  return story(config, ...[boot, ...stimuli].map((stimulus): Line => [0, stimulus, ...xx.step(0, stimulus)]));
}

/** One that is placed at once, and uses this much. */
const lives = (id: number, price: number, demand: number): Stimulus[] => [
  submit(id, price),
  turn(),
  ...(demand > 1 ? [resize(id, demand)] : []),
];

const killed = (decisions: readonly Decision[]): number[] =>
  decisions.flatMap((decision) => (decision.type === 'kill' ? [decision.id] : []));
const placed = (decisions: readonly Decision[]): { id: number; machine: number } | undefined =>
  decisions.find((decision) => decision.type === 'place');
const billed = (decisions: readonly Decision[]) =>
  decisions.flatMap((decision) => (decision.type === 'complete' ? [decision.bill] : []))[0];

/** The readings with a scenario below, by the heading of the page. */
const READINGS: Record<string, () => void> = {
  'which-shard-gets-a-function': () => {
    const config = cluster({ shards: 2 });
    expect(play(config, submit(1, LOW), submit(2, LOW))).toEqual([enqueue(2, LOW, 0)]);
    expect(play(config, submit(1, LOW), submit(2, LOW), 5, turn(1))).toEqual([]);
    const moved = refuse(story(config, [0, submit(1, LOW), enqueue(1, LOW)]), [
      0,
      submit(2, LOW),
      enqueue(2, LOW, 1),
    ]);
    expect(moved.rule).toBe('admit');
  },
  'the-ratio-of-price-to-time': () => {
    const old = play(one, submit(1, LOW), 9, submit(2, HIGH), 10, turn());
    expect(placed(old)?.id).toBe(1);
    expect(placed(play(one, submit(1, LOW), submit(2, HIGH), 5, turn()))?.id).toBe(2);
  },
  'why-anything-waits-at-a-shard': () => {
    const submissions = [submit(1, LOW), submit(2, LOW), submit(3, HIGH)];
    expect(placed(play(one, ...submissions, 1, turn()))?.id).toBe(3);
    expect(placed(play(one, ...submissions, 1, turn(), 2, turn()))?.id).toBe(1);
  },
  'whether-low-classes-starve': () => {
    const busy = [...lives(1, HIGH, 1), submit(2, LOW), 9, submit(3, HIGH), 10, turn()];
    expect(play(one, ...busy)).toEqual([polls(2, 0)]);
    expect(play(one, ...busy, turn(), 99, finish(1))).toContainEqual(start(3));
  },
  'the-choice-of-a-machine-does-not-look-at-classes': () => {
    // Placements alternate: one machine gets the high ones, the other the low ones.
    const nine = Array.from({ length: 9 }, (_, index) => [
      ...lives(2 * index, HIGH, 1),
      ...lives(2 * index + 1, LOW, 1),
    ]).flat();
    expect(placed(play(two, ...nine, finish(0), submit(90, HIGH), turn()))?.machine).toBe(0);
  },
  'what-is-counted-on-a-machine': () => {
    // One runs on either machine; beside it, one on machine 0 is swapped out.
    const swapped = [...lives(1, LOW, 1), ...lives(2, LOW, 1), ...lives(3, LOW, 1), antagonist(0, 9)];
    expect(play(two, ...swapped)).toEqual([pageOut(3, 1)]);
    expect(placed(play(two, ...swapped, submit(4, LOW), turn()))?.machine).toBe(1);
  },
  'idle-means-free-memory': () => {
    const config = cluster({
      machines: [
        { cores: 1, ram: 60, swap: 0 },
        { cores: 4, ram: 5, swap: 0 },
      ],
      idle: { enter: 20, leave: 0, memoryDrift: 100, functionsDrift: 100 },
      kMachines: 2,
    });
    const stimuli = [...lives(1, LOW, 10), submit(2, LOW), turn()];
    expect(placed(play(config, ...stimuli))?.machine).toBe(0);
    expect(placed(otherwise('xx-listed-with-a-core', config, stimuli))?.machine).toBe(1);
  },
  'which-idle-list-a-machine-joins': () => {
    const idle = { enter: 1, leave: 0, memoryDrift: 1, functionsDrift: 100 };
    const config = cluster({ machines: [MACHINE, MACHINE], shards: 2, kShards: 2, idle });
    const joined = play(config).filter((decision) => decision.type === 'list');
    expect(joined.map(({ machine, shard, polled }) => ({ machine, shard, polled }))).toEqual([
      { machine: 0, shard: 0, polled: [0, 1] },
      { machine: 1, shard: 1, polled: [0, 1] },
    ]);
    expect(play(config, drain(1))).toEqual([{ type: 'unlist', machine: 1, shard: 1 }]);
    const changed = play(config, drain(1), antagonist(0, 3));
    expect(changed).toEqual([{ type: 'relist', machine: 0, shard: 0, available: 7, functions: 0 }]);
  },
  'a-shard-counts-its-own-placements': () => {
    const idle = { enter: 1, leave: 0, memoryDrift: 1000, functionsDrift: 3 };
    const config = cluster({ machines: [wide, wide], idle });
    const submissions = [1, 2, 3, 4].map((id) => submit(id, LOW));
    const machines = [1, 2, 3, 4].map(
      (turns) =>
        placed(play(config, ...submissions, ...Array.from({ length: turns }, () => turn())))?.machine,
    );
    expect(machines).toEqual([0, 1, 0, 1]);
  },
  'when-an-entry-has-changed-significantly': () => {
    const idle = { enter: 1, leave: 0, memoryDrift: 1000, functionsDrift: 2 };
    const config = cluster({ machines: [wide], idle });
    const once = [submit(1, LOW), turn(), finish(1)];
    expect(play(config, ...once).map(({ type }) => type)).toEqual(['complete']);
    const twice = play(config, ...once, submit(2, LOW), turn(), finish(2));
    expect(twice.at(-1)).toMatchObject({ type: 'relist', functions: 0 });
  },
  'first-come-first-served': () => {
    const both = [...lives(1, LOW, 1), ...lives(2, LOW, 1)];
    expect(play(one, ...both, ...lives(3, HIGH, 1), finish(3))).toContainEqual(start(1));
    const calls = [...both, call(1, 9, LOW)];
    expect(play(one, ...calls)).toContainEqual(start(2));
    const woken = play(one, ...calls, turn(), finish(2), finish(9));
    expect(woken).toEqual([expect.objectContaining({ type: 'complete' }), wake(1), start(1)]);
  },
  'who-is-swapped-within-a-class': () => {
    const config = cluster({ machines: [MACHINE], initialMemory: 3 });
    const three = [1, 2, 3].flatMap((id) => [submit(id, LOW), turn()]);
    expect(play(config, ...three, resize(1, 6))).toEqual([pageOut(3, 2)]);
  },
  'how-much-of-a-function-is-swapped': () => {
    const comes = [...lives(1, LOW, 6), ...lives(2, HIGH, 6)];
    expect(play(one, ...comes)).toEqual([pageOut(1, 2)]);
    const told = storyOf(one, comes.slice(0, -1));
    expect(refuse(told, [0, comes.at(-1)!, pageOut(1, 6)]).rule).toBe('page-out-lowest');
  },
  'nothing-is-swapped-for-a-lower-class': () => {
    const blocks = [...lives(2, HIGH, 6), call(2, 9, HIGH)];
    expect(play(one, ...lives(1, LOW, 4), ...blocks)).toEqual([enqueue(9, HIGH), start(1)]);
    expect(play(one, ...lives(1, LOW, 6), ...lives(2, HIGH, 6))).toEqual([pageOut(1, 2)]);
    expect(play(one, ...lives(1, LOW, 6), ...blocks)).toEqual([enqueue(9, HIGH)]);
  },
  'when-memory-comes-back': () => {
    const pressed = [...lives(1, LOW, 5), ...lives(2, MID, 6), ...lives(3, HIGH, 9)];
    expect(play(one, ...pressed, finish(3)).slice(1)).toEqual([pageIn(2, 5), start(2)]);
    const squeezed = [...lives(1, LOW, 4), ...lives(2, HIGH, 6), antagonist(0, 3)];
    expect(play(one, ...squeezed)).toEqual([pageOut(1, 3)]);
    expect(play(one, ...squeezed, antagonist(0, 0))).toEqual([]);
  },
  'the-one-that-grows-may-be-the-lowest': () => {
    const config = cluster({ machines: [{ ...MACHINE, cores: 2 }] });
    const grows = [...lives(1, LOW, 4), ...lives(2, HIGH, 6), resize(1, 5)];
    expect(play(config, ...grows)).toEqual([preempt(1), pageOut(1, 1)]);
    expect(otherwise('xx-growth-succeeds', config, grows)).toEqual([preempt(2), pageOut(2, 1)]);
  },
  'who-is-killed': () => {
    const config = cluster({ machines: [MACHINE], initialMemory: 5 });
    const pressed = [...lives(1, LOW, 6), submit(2, LOW), turn(), ...lives(3, HIGH, 9)];
    expect(killed(play(config, ...pressed))).toEqual([]);
    const grows = play(config, ...pressed, resize(3, 10));
    expect(killed(grows)).toEqual([2]);
    expect(grows[0]).toMatchObject({ type: 'kill', reason: 'memory' });
  },
  'one-that-can-never-fit': () => {
    const grows = play(one, ...lives(1, LOW, 2), ...lives(2, HIGH, 21));
    expect(killed(grows)).toEqual([2]);
    expect(grows[0]).toMatchObject({ type: 'kill', reason: 'exceeds-machine' });
    expect(grows).toContainEqual(start(1));
  },
  'after-a-kill': () => {
    const calls = [...lives(1, LOW, 1), call(1, 9, LOW), turn()];
    const ends = play(one, ...calls, resize(9, 21));
    expect(killed(ends)).toEqual([9]);
    expect(ends.slice(1)).toEqual([wake(1, 'failed'), start(1)]);
  },
  failures: () => {
    const lost = [submit(1, LOW), 10, turn(), 20, submit(2, LOW), 50, crash(0)];
    expect(play(two, ...lost)).toEqual([enqueue(1, LOW)]);
    expect(placed(play(two, ...lost, 60, turn()))?.id).toBe(2);
    expect(placed(play(two, ...lost, restart(0), 60, turn()))?.id).toBe(2);
  },
  'a-low-function-calls-a-high-one': () => {
    expect(play(one, ...lives(1, LOW, 1), call(1, 9, HIGH))).toEqual([enqueue(9, HIGH)]);
  },
  'firing-without-waiting': () => {
    expect(play(one, ...lives(1, HIGH, 1), submit(9, LOW))).toEqual([enqueue(9, LOW)]);
  },
  'who-pays-for-an-inherited-class': () => {
    const calls = [...lives(1, HIGH, 1), call(1, 9, LOW), turn(), 10, finish(9)];
    expect(billed(play(one, ...calls))).toEqual({ cpuMs: 10, mbMs: 10, cost: 40 });
  },
  'throttled-or-degraded': () => {
    const spending = (price: number): Configuration =>
      cluster({
        classes: [
          { name: 'low', price },
          { name: 'high', price: 20 },
        ],
        tenants: [{ budget: 1000, period: 1000, burstPercent: 10 }],
      });
    const afterAWhile = (ranMs: number, price: number) =>
      play(spending(price), 100 - ranMs, ...lives(1, LOW, 1), 100, submit(2, MID));
    expect(afterAWhile(15, 10)).toEqual([enqueue(2, MID)]);
    expect(afterAWhile(25, 10)).toEqual([enqueue(2, LOW, 0, true)]);
    expect(afterAWhile(100, 10)).toEqual([throttle(2)]);
  },
  'memory-actually-used': () => {
    const config = cluster({ machines: [MACHINE], memoryPrice: 1 });
    const preempted = [...lives(1, LOW, 8), ...lives(2, HIGH, 10), 1000, finish(2), finish(1)];
    expect(billed(play(config, ...preempted))).toEqual({ cpuMs: 0, mbMs: 0, cost: 0 });
  },
};

describe('the reference reads the paper as the page says', () => {
  const scenarios = Object.entries(READINGS).map(
    ([anchor, run]) => [anchor.replaceAll('-', ' '), run] as const,
  );
  test.each(scenarios)('in the scenario of "%s"', (_name, run) => run());

  test('in every reading that the page has', () => {
    const groups = ['readings', 'shards', 'choosing-a-machine', 'idle-lists', 'machines'];
    const anchors = [...anchorsOf('docs/readings.md')].filter((anchor) => !groups.includes(anchor));
    expect(Object.keys(READINGS)).toEqual(anchors.filter((anchor) => anchor !== 'classes-budgets-bills'));
  });
});
