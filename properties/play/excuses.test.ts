import { describe, expect, test } from 'vitest';
import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import {
  antagonist,
  boot,
  call,
  cluster,
  crash,
  drain,
  finish,
  HIGH,
  join,
  LOW,
  resize,
  restart,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { playScenario } from './run.ts';
import { emptyCampaignTally } from './tally.ts';

/** The reference, save that it refuses this one stimulus, whatever it is. */
function refusing(refused: Stimulus | undefined): Scheduler {
  const xx = createXX();
  return {
    name: 'refusing',
    reset: (config) => xx.reset(config),
    step(at, stimulus) {
      if (stimulus === refused) throw new ImpossibleStimulus('it does not feel like it');
      return xx.step(at, stimulus);
    },
  };
}

/** What a campaign says of one that refuses the last step of a scenario: a finding, or that it may. */
function verdictOn(config: Configuration, ...stimuli: readonly (readonly [at: number, Stimulus])[]) {
  const timed = [[0, boot] as const, ...stimuli].map(([at, stimulus]): TimedStimulus => ({ at, stimulus }));
  const scheduler = refusing(timed.at(-1)?.stimulus);
  const { finding } = playScenario({ config, stimuli: timed }, { scheduler }, emptyCampaignTally());
  return finding === null ? 'may refuse' : finding.property;
}

const DEAR = 2 ** 52;

/** Whoever runs for 2 ms at the lowest class owes more than can be said. */
const dear = cluster({
  classes: [
    { name: 'low', price: DEAR },
    { name: 'mid', price: DEAR + 1 },
    { name: 'high', price: DEAR + 2 },
  ],
});

/** Invocation 1 runs from 0 on and holds 6 of 10 MB of RAM; there are 5 MB of swap. */
const runs = [
  [0, submit(1, LOW)],
  [0, turn()],
  [0, resize(1, 6)],
] as const;

/** Then 2, of a higher class, takes its core and as much RAM, and 1 is swapped out: 12 MB are asked for, of 15. */
const outranked = [...runs, [2, submit(2, HIGH)], [2, turn()], [2, resize(2, 6)]] as const;

describe('a bill that leaves the safe integers', () => {
  test('excuses the refusal of the finish that it is for', () => {
    expect(verdictOn(dear, ...runs, [2, finish(1)])).toBe('may refuse');
  });

  test('excuses no refusal of a finish while it can still be said', () => {
    expect(verdictOn(dear, ...runs, [1, finish(1)])).toBe('refuses-alike');
  });

  test('excuses no refusal of a finish that is for somebody else', () => {
    expect(verdictOn(dear, ...outranked, [2, finish(2)])).toBe('refuses-alike');
  });

  test.each([
    ['a tick', tick],
    ['a submit', submit(3, LOW)],
    ['a call', call(1, 3, LOW)],
    ['a turn that finds nothing', turn()],
    ['a crash, which bills nobody', crash(0)],
    ['a drain', drain(0)],
    ['a restart', restart(0)],
    ['a join', join(1, 1, 10, 5)],
    ['a resize that kills nobody', resize(1, 10)],
    ['an antagonist that kills nobody', antagonist(0, 9)],
  ])('excuses no refusal of %s', (_what, stimulus) => {
    expect(verdictOn(dear, ...runs, [2, stimulus])).toBe('refuses-alike');
  });

  test('excuses the refusal of a resize that kills its owner', () => {
    expect(verdictOn(dear, ...runs, [2, resize(1, 11)])).toBe('may refuse');
    expect(verdictOn(dear, ...outranked, [2, resize(2, 10)])).toBe('may refuse');
  });

  test('excuses no refusal of a resize that kills somebody else', () => {
    expect(verdictOn(dear, ...outranked, [2, resize(2, 11)])).toBe('refuses-alike');
  });

  test('excuses the refusal of an antagonist that kills its owner', () => {
    expect(verdictOn(dear, ...runs, [2, antagonist(0, 10)])).toBe('may refuse');
  });

  test('excuses the refusal of a turn that kills its owner by what it places', () => {
    const large = { ...dear, initialMemory: 6 };
    const waits = [...runs, [0, resize(1, 10)], [2, submit(2, HIGH)]] as const;
    expect(verdictOn(large, ...waits, [2, turn()])).toBe('may refuse');
  });

  test('excuses no refusal of a turn that kills only what it places', () => {
    const large = { ...dear, initialMemory: 6 };
    const waits = [...runs, [0, resize(1, 10)], [2, submit(2, LOW)]] as const;
    expect(verdictOn(large, ...waits, [2, turn()])).toBe('refuses-alike');
  });

  test('counts whoever wakes when another is killed as no longer blocked, and the last to come', () => {
    // 4 came first and has hardly run; 1 owes too much. Both wait for a callee: 4 at another shard, 1 for 2.
    const two = { ...dear, shards: 2, machines: [{ cores: 1, ram: 20, swap: 5 }] };
    const blocked = (callee: number) =>
      [
        [0, submit(4, LOW)],
        [0, turn()],
        [0, resize(4, 6)],
        [0, call(4, 5, LOW, 1)],
        [0, submit(1, LOW)],
        [0, turn()],
        [0, resize(1, 6)],
        [2, call(1, 2, LOW)],
        [2, turn()],
        [2, resize(2, callee)],
      ] as const;
    // 2 fits into the 7 MB that are left, and 1 is the lowest; then 2 does not, and when 1 has heard of it 4 is.
    expect(verdictOn(two, ...blocked(7), [2, antagonist(0, 18)])).toBe('may refuse');
    expect(verdictOn(two, ...blocked(8), [2, antagonist(0, 18)])).toBe('refuses-alike');
  });
});

const LAST = Number.MAX_SAFE_INTEGER;

/** Two machines with nearly all RAM that can be said, and never as much available as an idle list asks for. */
const brim = cluster({
  machines: [
    { cores: 1, ram: LAST - 1, swap: 0 },
    { cores: 1, ram: LAST - 1, swap: 0 },
  ],
  initialMemory: 2,
  kMachines: 2,
  idle: { enter: LAST, leave: LAST, memoryDrift: 1, functionsDrift: 1 },
});

describe('a demand that leaves the safe integers', () => {
  const full = [
    [0, submit(1, LOW)],
    [0, turn()],
    [0, resize(1, LAST - 1)],
    [0, submit(2, LOW)],
  ] as const;

  test('excuses the refusal of a turn that may place there', () => {
    const one = { ...brim, machines: brim.machines.slice(0, 1) };
    expect(verdictOn(one, ...full, [0, turn()])).toBe('may refuse');
  });

  test('excuses no refusal of a turn that must place elsewhere', () => {
    expect(verdictOn(brim, ...full, [0, turn()])).toBe('refuses-alike');
  });

  test('excuses no refusal of a turn that finds a better entry on the idle list', () => {
    const listed = { ...brim, idle: { enter: 1, leave: 0, memoryDrift: LAST, functionsDrift: 1 } };
    expect(verdictOn(listed, ...full, [0, turn()])).toBe('refuses-alike');
  });

  test('excuses the refusal of a turn whose poll may have met nobody else', () => {
    expect(verdictOn({ ...brim, kMachines: 1 }, ...full, [0, turn()])).toBe('may refuse');
  });

  test('excuses no refusal of a turn with room for one more', () => {
    const one = { ...brim, machines: brim.machines.slice(0, 1) };
    const almost = [
      [0, submit(1, LOW)],
      [0, turn()],
      [0, resize(1, LAST - 2)],
      [0, submit(2, LOW)],
    ] as const;
    expect(verdictOn(one, ...almost, [0, turn()])).toBe('refuses-alike');
  });

  test('excuses no refusal of anything that places nobody', () => {
    const one = { ...brim, machines: brim.machines.slice(0, 1) };
    for (const stimulus of [tick, submit(3, LOW), restart(0), drain(0), finish(1)]) {
      expect(verdictOn(one, ...full, [0, stimulus])).toBe('refuses-alike');
    }
  });
});

describe('spending that leaves the safe integers', () => {
  const tenant = { budget: 100, period: 1000, burstPercent: 0 };

  test('excuses the refusal of whatever comes then', () => {
    expect(verdictOn({ ...dear, tenants: [tenant] }, ...runs, [2, tick])).toBe('may refuse');
  });

  test('excuses nothing before it does, nor where there is no budget', () => {
    expect(verdictOn({ ...dear, tenants: [tenant] }, ...runs, [1, tick])).toBe('refuses-alike');
    expect(verdictOn(dear, ...runs, [2, tick])).toBe('refuses-alike');
  });
});
