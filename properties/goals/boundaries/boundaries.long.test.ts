import { describe, expect, test } from 'vitest';
import type { Stimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { RULES } from '../../../model/rules/index.ts';
import {
  antagonist,
  boot,
  call,
  cluster,
  crash,
  finish,
  HIGH,
  LOW,
  MID,
  resize,
  submit,
  tick,
  turn,
} from '../../../model/testing.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { runCampaign } from '../../campaign/campaign.ts';
import { EVERYTHING } from '../../play/asked.ts';
import { Referee } from '../../play/referee.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import { BOUNDARIES, type BoundaryId, CROSSINGS } from './table.ts';

type Timed = readonly [at: number, stimulus: Stimulus];

/** The sides of one boundary that the last of some steps of the reference comes to. */
function sidesOf(boundary: BoundaryId, config: Configuration, ...steps: readonly Timed[]): string[] {
  const tally = emptyCampaignTally();
  const referee = new Referee(config, createXX(), tally, EVERYTHING);
  for (const [at, stimulus] of [[0, boot] as const, ...steps]) {
    tally.boundaries.fill(0);
    try {
      const finding = referee.play(at, stimulus);
      if (finding !== null) throw new Error(finding.message);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
    }
  }
  return CROSSINGS.filter(
    ({ name, counter }) => name.startsWith(`${boundary}: `) && tally.boundaries[counter]! > 0,
  ).map(({ name }) => name.slice(boundary.length + 2));
}

/** What becomes of a boundary as one figure grows by one: nothing, all three sides in turn, nothing. */
function swept(
  boundary: BoundaryId,
  config: Configuration,
  from: number,
  steps: (figure: number) => Timed[],
) {
  return [0, 1, 2, 3, 4].map((more) => sidesOf(boundary, config, ...steps(from + more)).join());
}

const ALL_SIDES = ['', 'one less', 'equal', 'one more', ''];

/** Invocation 1 of the lowest class runs on machine 0, which has 10 MB of RAM and 5 of swap. */
const runs: readonly Timed[] = [
  [0, submit(1, LOW)],
  [0, turn()],
];

const tenant = (budget: number, period: number, burstPercent: number) =>
  cluster({ tenants: [{ budget, period, burstPercent }] });

describe('the boundaries of budgets', () => {
  test('tell what was spent from the budget by the pico-cent', () => {
    const sides = swept('spent-against-budget', tenant(20, 100, 100), 18, (at) => [
      ...runs,
      [at, submit(2, LOW)],
    ]);
    expect(sides).toEqual(ALL_SIDES);
  });

  test('tell what was spent from the pace by less than a pico-cent', () => {
    expect(sidesOf('spent-against-pace', tenant(30, 30, 0), ...runs, [10, submit(2, LOW)])).toEqual([
      'equal',
    ]);
    expect(sidesOf('spent-against-pace', tenant(31, 30, 0), ...runs, [10, submit(2, LOW)])).toEqual([
      'one less',
    ]);
    expect(sidesOf('spent-against-pace', tenant(29, 30, 0), ...runs, [10, submit(2, LOW)])).toEqual([
      'one more',
    ]);
    expect(sidesOf('spent-against-pace', tenant(90, 30, 0), ...runs, [10, submit(2, LOW)])).toEqual([]);
  });

  test('know a pace of two fractions that are a whole number together', () => {
    // 10·7/20 + 10·25/100 = 3.5 + 2.5 pico-cents.
    const submits = (at: number): Timed[] => [
      [at - 6, submit(1, LOW)],
      [at - 6, turn()],
      [at, submit(2, LOW)],
    ];
    const boundary = 'spent-against-fractional-pace';
    expect(sidesOf(boundary, tenant(10, 20, 25), ...submits(7))).toEqual(['equal']);
    // 10·8/20 + 10·20/100 = 4 + 2.
    expect(sidesOf(boundary, tenant(10, 20, 20), ...submits(8))).toEqual([]);
    expect(sidesOf('spent-against-pace', tenant(10, 20, 20), ...submits(8))).toEqual(['equal']);
  });

  test('know a pace beyond the safe integers', () => {
    const price = 2 ** 40;
    const dear = (budget: number) =>
      cluster({ classes: [{ name: 'dear', price }], tenants: [{ budget, period: 20, burstPercent: 25 }] });
    const steps: Timed[] = [
      [1, submit(1, 0)],
      [1, turn()],
      [7, submit(2, 0)],
    ];
    expect(sidesOf('spent-against-vast-pace', dear(10 * price), ...steps)).toEqual(['equal']);
    expect(sidesOf('spent-against-vast-pace', dear(10 * price + 1), ...steps)).toEqual(['one less']);
    expect(sidesOf('spent-against-vast-pace', dear(10 * price - 1), ...steps)).toEqual(['one more']);
    expect(sidesOf('spent-against-vast-pace', tenant(10, 20, 25), ...runs, [7, submit(2, LOW)])).toEqual([]);
  });

  test('know where a period ends', () => {
    const sides = swept('time-against-period', tenant(20, 10, 0), 18, (at) => [[at, submit(1, LOW)]]);
    expect(sides).toEqual(ALL_SIDES);
  });
});

describe('the boundaries of calls and crashes', () => {
  test('tell the class that is asked for from that of the caller', () => {
    const config = cluster({
      classes: [1, 2, 3, 4, 5].map((price) => ({ name: `c${price}`, price })),
    });
    const sides = swept('asked-against-inherited-class', config, 0, (asked) => [
      [0, submit(1, 2)],
      [0, turn()],
      [0, call(1, 2, asked)],
    ]);
    expect(sides).toEqual(ALL_SIDES);
  });

  test('tell attempts from the most that there may be', () => {
    const crashing = (maxAttempts: number, boundary: BoundaryId) =>
      sidesOf(boundary, cluster({ maxAttempts }), ...runs, [0, crash(0)]);
    expect([1, 2, 3].map((most) => crashing(most, 'attempts-against-most').join())).toEqual([
      'equal',
      'one less',
      '',
    ]);
    expect(crashing(1, 'attempts-against-many')).toEqual([]);
  });
});

describe('the boundaries of placement', () => {
  test('tell two heads by the ms at which the dearer has caught up', () => {
    // Price 1 since 0, and price 2 since 5: at 10 both are 10.
    const sides = swept('heads-against-each-other', cluster(), 8, (at) => [
      [0, submit(1, LOW)],
      [5, submit(2, MID)],
      [at, turn()],
    ]);
    expect(sides).toEqual(ALL_SIDES);
  });

  test('tell two heads of which the products are beyond the safe integers', () => {
    const price = 2 ** 52;
    const config = cluster({
      classes: [
        { name: 'low', price },
        { name: 'high', price: price + 1 },
      ],
    });
    const waiting = (at: number): Timed[] => [
      [0, submit(1, 0)],
      [1, submit(2, 1)],
      [at, turn()],
    ];
    const boundary = 'heads-against-each-other-beyond-safe-integers';
    expect(sidesOf(boundary, config, ...waiting(price + 1))).toEqual(['equal']);
    expect(sidesOf(boundary, config, ...waiting(price))).toEqual(['one less']);
    expect(sidesOf(boundary, config, ...waiting(price + 2))).toEqual(['one more']);
    expect(sidesOf(boundary, cluster(), [0, submit(1, LOW)], [5, submit(2, MID)], [10, turn()])).toEqual([]);
  });

  const two = [
    { cores: 1, ram: 10, swap: 5 },
    { cores: 1, ram: 10, swap: 5 },
  ];
  const idle = { enter: 1, leave: 0, memoryDrift: 100, functionsDrift: 100 };
  const places = (count: number): Timed[] =>
    Array.from({ length: count }, (_, id): Timed[] => [
      [0, submit(id, LOW)],
      [0, turn()],
    ]).flat();

  test('tell the best entry of a list from the next', () => {
    const config = cluster({ machines: two, idle });
    const sides = [1, 2].map((count) => sidesOf('best-entry-against-next', config, ...places(count)).join());
    expect(sides).toEqual(['equal', 'one more']);
    expect(sidesOf('best-entry-against-next', cluster({ idle }), ...places(1))).toEqual([]);
  });

  test('tell the best machine of a poll from the next, and those that are up from those to poll', () => {
    const config = cluster({ machines: two, kMachines: 2 });
    const sides = [1, 2].map((count) => sidesOf('best-polled-against-next', config, ...places(count)).join());
    expect(sides).toEqual(['equal', 'one more']);
    const polls = [1, 2, 3, 4].map((kMachines) =>
      sidesOf('up-against-polled', { ...config, kMachines }, ...places(1)).join(),
    );
    expect(polls).toEqual(['one more', 'equal', 'one less', '']);
  });

  test('tell a demand from the greatest safe integer, and count the refusal of one more', () => {
    const last = Number.MAX_SAFE_INTEGER;
    const config = cluster({ machines: [{ cores: 2, ram: last, swap: 0 }] });
    const grows = (demand: number): Timed[] => [...places(2), [0, resize(0, demand)]];
    const sides = [last - 3, last - 2, last - 1, last].map((demand) =>
      sidesOf('demand-against-safe-integers', config, ...grows(demand)).join(),
    );
    expect(sides).toEqual(['', 'one less', 'equal', 'one more']);
    const full: Timed[] = [...places(1), [0, resize(0, last)], [0, submit(1, LOW)], [0, turn()]];
    expect(sidesOf('demand-against-safe-integers', config, ...full)).toEqual(['one more']);
  });
});

describe('the boundaries of a machine', () => {
  const grows = (demand: number): Timed[] => [...runs, [0, resize(1, demand)]];

  test('tell demands from RAM, and from RAM and swap', () => {
    const roomy = cluster({ machines: [{ cores: 2, ram: 10, swap: 5 }] });
    const beside: readonly Timed[] = [...runs, [0, submit(2, LOW)], [0, turn()], [0, resize(2, 4)]];
    const sides = swept('demand-against-ram', roomy, 4, (demand) => [...beside, [0, resize(1, demand)]]);
    expect(sides).toEqual(ALL_SIDES);
    const limit = [9, 10, 11].map((demand) =>
      sidesOf(
        'demand-against-ram-and-swap',
        roomy,
        ...beside,
        [0, resize(2, 5)],
        [0, resize(1, demand)],
      ).join(),
    );
    expect(limit).toEqual(['one less', 'equal', 'one more']);
    expect(sidesOf('demand-against-ram-and-swap', roomy, ...beside, [0, resize(1, 2)])).toEqual([]);
  });

  test('tell one demand from the most that a machine takes of one', () => {
    expect(swept('one-against-most', cluster(), 8, grows)).toEqual(ALL_SIDES);
    const taken = [9, 10, 11, 12].map((memory) =>
      sidesOf('one-against-most', cluster(), ...grows(5), [0, antagonist(0, memory)]).join(),
    );
    expect(taken).toEqual(['one less', 'equal', 'equal', 'equal']);
  });

  test('tell those who can run from the cores', () => {
    const cores = [1, 2, 3, 4].map((count) =>
      sidesOf(
        'runnable-against-cores',
        cluster({ machines: [{ cores: count, ram: 10, swap: 5 }] }),
        ...runs,
        [0, submit(2, LOW)],
        [0, turn()],
      ).join(),
    );
    expect(cores).toEqual(['one more', 'equal', 'one less', '']);
  });

  test('tell the class of who waits from that of who runs', () => {
    const waits = (asked: number) =>
      sidesOf(
        'waiting-against-running-class',
        cluster(),
        [0, submit(1, HIGH)],
        [0, turn()],
        [0, submit(2, asked)],
        [0, turn()],
      ).join();
    expect([LOW, MID, HIGH].map(waits)).toEqual(['', 'one less', 'equal']);
  });

  const swappy = cluster({ machines: [{ cores: 2, ram: 10, swap: 20 }] });
  /** 1 runs at the highest class with so much; 2, of a lower one, has 4 MB. */
  const beside = (demand: number): Timed[] => [
    [0, submit(1, HIGH)],
    [0, turn()],
    [0, submit(2, MID)],
    [0, turn()],
    [0, resize(2, 4)],
    [0, resize(1, demand)],
  ];

  test('tell the demand of the next from the room that is left', () => {
    // Somebody has to wait for anything to be at stake.
    const waiting = (demand: number): Timed[] => [
      [0, submit(3, LOW)],
      [0, turn()],
      [0, resize(3, 3)],
      ...beside(demand),
    ];
    expect(
      [5, 6, 7].map((demand) => sidesOf('demand-against-room', swappy, ...waiting(demand)).join()),
    ).toEqual(['one less', 'equal', 'one more']);
    const shrinks = (to: number): Timed[] => [...waiting(8), [0, resize(1, to)]];
    expect(
      [5, 6, 7].map((to) => sidesOf('demand-against-room-after-shrink', swappy, ...shrinks(to)).join()),
    ).toEqual(['one less', 'equal', 'one more']);
    expect(sidesOf('demand-against-room-after-shrink', swappy, ...waiting(6))).toEqual([]);
  });

  test('tell it where one that is blocked holds a part of the room', () => {
    const three = cluster({ machines: [{ cores: 2, ram: 10, swap: 20 }], shards: 2 });
    const held = (demand: number): Timed[] => [
      [0, submit(1, HIGH)],
      [0, turn()],
      [0, resize(1, 3)],
      [0, call(1, 9, HIGH, 1)],
      [0, submit(2, MID)],
      [0, turn()],
      [0, submit(3, MID)],
      [0, turn()],
      [0, resize(2, 3)],
      [0, resize(3, demand)],
    ];
    expect(
      [3, 4, 5, 6].map((demand) =>
        sidesOf('demand-against-room-held-by-others', three, ...held(demand)).join(),
      ),
    ).toEqual(['', '', 'one more', '']);
  });

  test('tell demands of the ready, the blocked and the second largest from what an antagonist leaves', () => {
    const memories = [4, 5, 6, 7, 8];
    const ready = memories.map((memory) =>
      sidesOf('ready-against-ram', swappy, ...beside(8), [0, antagonist(0, memory)]).join(),
    );
    expect(ready).toEqual(['', 'one less', 'equal', 'one more', '']);
    const second = memories.map((memory) =>
      sidesOf('second-largest-against-ram', swappy, ...beside(8), [0, antagonist(0, memory)]).join(),
    );
    expect(second).toEqual(['', 'one less', 'equal', 'one more', '']);
    const blocked = memories.map((memory) =>
      sidesOf(
        'blocked-against-ram',
        swappy,
        ...beside(6),
        [0, call(2, 3, MID)],
        [0, antagonist(0, memory)],
      ).join(),
    );
    expect(blocked).toEqual(['', 'one less', 'equal', 'one more', '']);
  });

  test('tell what must go from what the victim holds, and what is swapped from swap', () => {
    // 2 holds 4 MB and 3 the same, lower; 1 grows to so much.
    const victims = (demand: number): Timed[] => [
      [0, submit(3, LOW)],
      [0, turn()],
      [0, resize(3, 4)],
      ...beside(1),
      [0, resize(1, demand)],
    ];
    expect(
      [4, 5, 6, 7].map((demand) => sidesOf('excess-against-victim', swappy, ...victims(demand)).join()),
    ).toEqual(['', 'one less', 'equal', 'one more']);
    // Whoever does not fit beside the first gives up what the first lacks, from 6 MB on.
    const tight = cluster({ machines: [{ cores: 2, ram: 10, swap: 4 }] });
    const swapped = (demand: number) => sidesOf('swapped-against-swap', tight, ...beside(demand)).join();
    expect([7, 8, 9, 10].map(swapped)).toEqual(['', '', 'one less', 'equal']);
  });
});

describe('the boundaries of idle lists', () => {
  const idle = { enter: 6, leave: 3, memoryDrift: 100, functionsDrift: 100 };
  const grown = (demand: number): Timed[] => [...runs, [0, resize(1, demand)]];

  test('tell what is available from the thresholds', () => {
    const comes = (demand: number) =>
      sidesOf('available-against-enter', cluster({ idle }), ...grown(9), [0, resize(1, demand)]).join();
    expect([2, 3, 4, 5, 6].map(comes)).toEqual(['', 'one more', 'equal', 'one less', '']);
    const goes = (demand: number) =>
      sidesOf('available-against-leave', cluster({ idle }), ...grown(demand)).join();
    expect([5, 6, 7, 8, 9].map(goes)).toEqual(['', 'one more', 'equal', 'one less', '']);
  });

  test('tell how far memory is off from its drift, in either direction', () => {
    const config = cluster({ idle: { enter: 0, leave: 0, memoryDrift: 3, functionsDrift: 100 } });
    // The entry says 10 MB, and then 5.
    const lost = (demand: number) => sidesOf('lost-against-memory-drift', config, ...grown(demand)).join();
    expect([1, 2, 3, 4, 5].map(lost)).toEqual(ALL_SIDES);
    const gained = (demand: number) =>
      sidesOf('gained-against-memory-drift', config, ...grown(7), [0, resize(1, demand)]).join();
    expect([6, 5, 4, 3, 2].map(gained)).toEqual(ALL_SIDES);
  });

  test('tell how far functions are off from their drift, in either direction', () => {
    const config = cluster({
      machines: [{ cores: 9, ram: 10, swap: 7 }],
      shards: 2,
      kShards: 2,
      idle: { enter: 0, leave: 0, memoryDrift: 100, functionsDrift: 2 },
    });
    const listed = (shard: number): Timed[] =>
      [1, 2, 3, 4].flatMap((id): Timed[] => [
        [0, submit(id, LOW, shard)],
        [0, turn(shard)],
      ]);
    // Shard 0 counts what it places itself, and nothing that shard 1 does.
    const come = [2, 4].map((steps) =>
      sidesOf('come-against-functions-drift', config, ...listed(1).slice(0, steps)).join(),
    );
    expect(come).toEqual(['one less', 'equal']);
    expect(sidesOf('come-against-functions-drift', config, ...listed(0))).toEqual([]);
    const gone = [1, 2].map((count) =>
      sidesOf(
        'gone-against-functions-drift',
        config,
        ...listed(0),
        ...Array.from({ length: count }, (_, index): Timed => [0, finish(1 + index)]),
      ).join(),
    );
    expect(gone).toEqual(['one less', 'equal']);
    // Of four that hold 4 MB each as many are killed at once as do not fit into what is left.
    const killed = (memory: number) =>
      sidesOf(
        'gone-against-functions-drift',
        config,
        ...listed(0),
        ...[1, 2, 3, 4].map((id): Timed => [0, resize(id, 4)]),
        [0, antagonist(0, memory)],
      ).join();
    expect([5, 9, 10].map(killed)).toEqual(['one less', 'equal', 'one more']);
  });

  test('tell the shortest list from the next, and shards from those that are polled', () => {
    const config = (kShards: number) =>
      cluster({ machines: [{ cores: 1, ram: 10, swap: 5 }], shards: 2, kShards, idle });
    const joins: readonly Timed[] = [...grown(9), [0, resize(1, 1)]];
    expect(sidesOf('best-list-against-next', config(2), ...joins)).toEqual(['equal']);
    expect(sidesOf('best-list-against-next', config(1), ...joins)).toEqual([]);
    expect(
      [1, 2, 3, 4].map((most) => sidesOf('shards-against-polled', config(most), ...joins).join()),
    ).toEqual(['one more', 'equal', 'one less', '']);
  });

  test('come to nothing where nothing happens', () => {
    for (const { id } of BOUNDARIES) {
      expect(sidesOf(id as BoundaryId, cluster(), ...runs, [0, tick])).toEqual([]);
    }
  });
});

describe('the table of boundaries', () => {
  test('speaks in sentences, each of one rule, under a name of its own', () => {
    expect(new Set(BOUNDARIES.map(({ sentence }) => sentence)).size).toBe(BOUNDARIES.length);
    for (const { id, sentence, rule } of BOUNDARIES) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(RULES.map((one) => one.id)).toContain(rule);
    }
  });

  test('is come to, all of it, in 2,000 runs of medium size', async () => {
    const { tally } = await runCampaign({
      contestant: { scheduler: createXX() },
      seed: 1,
      size: 'medium',
      properties: [],
      wanted: (begun) => 2_000 - begun,
      onProgress: () => {},
    });
    const missing = CROSSINGS.filter(({ counter }) => tally.boundaries[counter] === 0);
    expect(missing.map(({ name }) => name)).toEqual([]);
  }, 300_000);
});
