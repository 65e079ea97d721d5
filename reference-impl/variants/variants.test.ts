import { describe, expect, test } from 'vitest';
import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import {
  antagonist,
  boot,
  call,
  cluster,
  finish,
  HIGH,
  LOW,
  MID,
  resize,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import { findScheduler } from '../schedulers/registry.ts';
import { createXX } from '../xx/xx.ts';
import { VARIANTS } from './index.ts';
import { leastBy } from './placement.ts';

const TWO = cluster({ machines: [1, 2].map(() => ({ cores: 1, ram: 10, swap: 5 })), kMachines: 2 });

/** What is decided in each step, `boot` left out; each at the time of the one before, or so many ms later as a number says. */
function played(name: string, config: Configuration, stimuli: readonly (Stimulus | number)[]): Decision[][] {
  const scheduler = findScheduler(name).create();
  scheduler.reset(config);
  scheduler.step(0, boot);
  let at = 0;
  const decided: Decision[][] = [];
  for (const next of stimuli) {
    if (typeof next === 'number') at += next;
    else decided.push(scheduler.step(at, next));
  }
  return decided;
}

/** Where each of these was placed, in their order. */
function machinesOf(decided: readonly Decision[][], ...ids: number[]): (number | undefined)[] {
  const places = decided.flat().filter((decision) => decision.type === 'place');
  return ids.map((id) => places.find((place) => place.id === id)?.machine);
}

const killedIn = (decided: readonly Decision[][]): number[] =>
  decided.flat().flatMap((decision) => (decision.type === 'kill' ? [decision.id] : []));

const arrival = (id: number, priceClass: number): Stimulus[] => [submit(id, priceClass), turn()];

test('variants have names of their own, by which they are found, and play the same the second time', () => {
  expect(new Set(VARIANTS.map(({ name }) => name)).size).toBe(VARIANTS.length);
  for (const { name } of VARIANTS) {
    const scheduler = findScheduler(name).create();
    const stimuli = [
      boot,
      ...arrival(0, LOW),
      resize(0, 9),
      ...arrival(1, HIGH),
      ...arrival(2, MID),
      finish(1),
    ];
    const runs = [1, 2].map(() => {
      scheduler.reset(TWO);
      return stimuli.map((stimulus) => scheduler.step(0, stimulus));
    });
    expect(runs[1], name).toEqual(runs[0]);
    expect(scheduler.name).toBe(name);
  }
});

test('the least of machines is found part by part, and of equals the first', () => {
  const scores = [
    [1, 5],
    [0, 9],
    [0, 7],
    [0, 7],
  ];
  expect(leastBy([0, 1, 2, 3], (machine) => scores[machine]!)).toBe(2);
  expect(leastBy([0], (machine) => scores[machine]!)).toBe(0);
});

describe('where a newcomer goes', () => {
  test('xx-class-aware-polling passes its equals by, and lower ones do not count', () => {
    const stimuli = [...arrival(0, HIGH), ...arrival(1, LOW), ...arrival(2, LOW), ...arrival(3, HIGH)];
    expect(machinesOf(played('xx-class-aware-polling', TWO, stimuli), 1, 3)).toEqual([1, 1]);
    expect(machinesOf(played('xx', TWO, stimuli), 1, 3)).toEqual([1, 1]);
    // With two more low ones there the number says the opposite, and the class does not.
    const more = [
      ...arrival(0, HIGH),
      ...arrival(1, LOW),
      finish(0),
      ...arrival(2, HIGH),
      ...arrival(3, HIGH),
    ];
    expect(machinesOf(played('xx-class-aware-polling', TWO, more), 2, 3)).toEqual([0, 1]);
  });

  test('xx-room-first prefers more functions to one that dies', () => {
    const two = [0, 1, 2, 3].flatMap((id) => arrival(id, LOW));
    const stimuli = [...two, finish(0), resize(2, 10), antagonist(0, 5), ...arrival(4, HIGH)];
    const literal = played('xx', TWO, stimuli);
    expect(machinesOf(literal, 2, 4)).toEqual([0, 0]);
    expect(killedIn(literal)).toEqual([2]);
    const repaired = played('xx-room-first', TWO, stimuli);
    expect(machinesOf(repaired, 2, 4)).toEqual([0, 1]);
    expect(killedIn(repaired)).toEqual([]);
  });

  test('xx-listed-with-a-core takes a machine off its list when its cores are taken, and back on', () => {
    const listed = { ...TWO, idle: { enter: 5, leave: 2, memoryDrift: 100, functionsDrift: 100 } };
    const decided = played('xx-listed-with-a-core', listed, [...arrival(0, LOW), finish(0)]);
    const lists = decided.map((step) =>
      step.flatMap(({ type }) => (type === 'list' || type === 'unlist' ? [type] : [])),
    );
    expect(lists).toEqual([[], ['unlist'], ['list']]);
    expect(played('xx', listed, [...arrival(0, LOW)]).flat()).not.toContainEqual(
      expect.objectContaining({ type: 'unlist' }),
    );
  });
});

describe('xx-late-binding', () => {
  const full = [...arrival(0, MID), ...arrival(1, MID), ...arrival(2, LOW)];

  test('keeps queued who would have to wait, and places it in the step in which a core comes free', () => {
    const decided = played('xx-late-binding', TWO, [...full, 5, tick, finish(1)]);
    expect(decided[5]).toEqual([]);
    expect(decided.at(-1)!.map(({ type }) => type)).toEqual(['complete', 'place', 'start']);
    expect(machinesOf(decided, 2)).toEqual([1]);
    expect(machinesOf(played('xx', TWO, full), 2)).toEqual([0]);
  });

  test('lets a higher one go before who waits', () => {
    const decided = played('xx-late-binding', TWO, [...full, 9, ...arrival(3, HIGH)]);
    expect(machinesOf(decided, 2, 3)).toEqual([undefined, 0]);
  });
});

describe('who dies', () => {
  const ONE = cluster({ machines: [{ cores: 2, ram: 10, swap: 0 }] });

  test('xx-callee-before-caller spares who waits for the one that grows', () => {
    const stimuli = [...arrival(0, LOW), resize(0, 5), call(0, 1, LOW), turn(), resize(1, 6)];
    expect(killedIn(played('xx', ONE, stimuli))).toEqual([0]);
    expect(killedIn(played('xx-callee-before-caller', ONE, stimuli))).toEqual([1]);
  });

  test('xx-largest-of-the-lowest takes the largest, but never of a class above the lowest', () => {
    const hog = [...arrival(0, LOW), ...arrival(1, LOW), resize(0, 10)];
    expect(killedIn(played('xx', ONE, hog))).toEqual([1]);
    expect(killedIn(played('xx-largest-of-the-lowest', ONE, hog))).toEqual([0]);
    const high = [...arrival(0, HIGH), ...arrival(1, LOW), resize(0, 10)];
    expect(killedIn(played('xx-largest-of-the-lowest', ONE, high))).toEqual([1]);
  });

  test('xx-chain-pays takes the end of a chain that holds what is missing, and the lowest otherwise', () => {
    const chain = [
      ...arrival(0, LOW),
      ...arrival(1, HIGH),
      resize(1, 5),
      call(1, 2, HIGH),
      turn(),
      resize(2, 5),
    ];
    expect(killedIn(played('xx', ONE, chain))).toEqual([0]);
    expect(killedIn(played('xx-chain-pays', ONE, chain))).toEqual([2]);
    const none = [...arrival(0, LOW), ...arrival(1, HIGH), resize(1, 10)];
    expect(killedIn(played('xx-chain-pays', ONE, none))).toEqual([0]);
  });
});

describe('xx-growth-succeeds', () => {
  const TWO_CORES = cluster({ machines: [{ cores: 2, ram: 10, swap: 10 }] });
  const both = [...arrival(0, LOW), resize(0, 4), ...arrival(1, HIGH), resize(1, 6)];
  const typesIn = (decided: readonly Decision[]): unknown[] =>
    decided.map((decision) => [decision.type, 'id' in decision ? decision.id : null]);

  test('swaps a higher one for the one that grows, which runs on in later steps', () => {
    const decided = played('xx-growth-succeeds', TWO_CORES, [
      ...both,
      resize(0, 5),
      antagonist(0, 1),
      finish(0),
    ]);
    expect(decided.slice(-3).map(typesIn)).toEqual([
      [
        ['preempt', 1],
        ['pageOut', 1],
      ],
      [['pageOut', 1]],
      [
        ['complete', 0],
        ['pageIn', 1],
        ['start', 1],
      ],
    ]);
  });

  test('goes by rank again once the one that grew shrinks, or does not fit', () => {
    const shrinks = played('xx-growth-succeeds', TWO_CORES, [...both, resize(0, 9), resize(0, 8)]);
    expect(typesIn(shrinks.at(-1)!)).toEqual([
      ['preempt', 0],
      ['pageOut', 0],
      ['pageIn', 1],
      ['start', 1],
    ]);
    const squeezed = played('xx-growth-succeeds', TWO_CORES, [...both, resize(0, 9), antagonist(0, 3)]);
    expect(typesIn(squeezed.at(-1)!)).toEqual(
      expect.arrayContaining([
        ['preempt', 0],
        ['start', 1],
      ]),
    );
  });

  test('forgets who grew at a reset, and who would have grown in a step that is refused', () => {
    const scheduler = findScheduler('xx-growth-succeeds').create();
    for (const _ of ['afresh', 'after somebody has grown']) {
      scheduler.reset({ ...TWO_CORES, initialMemory: 5 });
      for (const stimulus of [boot, ...arrival(0, LOW), ...arrival(1, HIGH)]) scheduler.step(9, stimulus);
      expect(() => scheduler.step(8, resize(0, 6))).toThrow('8');
      expect(typesIn(scheduler.step(9, antagonist(0, 1)))).toEqual([
        ['preempt', 0],
        ['pageOut', 0],
      ]);
      scheduler.step(9, antagonist(0, 0));
      expect(typesIn(scheduler.step(9, resize(0, 6)))).toContainEqual(['preempt', 1]);
    }
  });
});

describe('classes', () => {
  const ONE = cluster({ machines: [{ cores: 1, ram: 10, swap: 0 }] });
  const startsIn = (decided: readonly Decision[][]): number[] =>
    decided.flat().flatMap((decision) => (decision.type === 'start' ? [decision.id] : []));

  test('xx-age-counts-on-machines serves one that won its turn by age before the one that it won it from', () => {
    const stimuli = [...arrival(0, MID), submit(1, LOW), 9, submit(2, MID), turn(), turn(), finish(0)];
    expect(startsIn(played('xx', ONE, stimuli))).toEqual([0, 2]);
    expect(startsIn(played('xx-age-counts-on-machines', ONE, stimuli))).toEqual([0, 1]);
  });

  test('xx-one-class-down degrades by one class, and the lowest not at all', () => {
    const tight = { ...ONE, tenants: [{ budget: 100, period: 100, burstPercent: 0 }] };
    const stimuli = [...arrival(0, HIGH), 5, submit(1, HIGH), submit(2, LOW)];
    const classes = (name: string): unknown[] =>
      played(name, tight, stimuli)
        .slice(-2)
        .flat()
        .map((decision) => 'class' in decision && decision.class);
    expect(classes('xx')).toEqual([LOW, LOW]);
    expect(classes('xx-one-class-down')).toEqual([MID, LOW]);
  });

  test('xx-triggers-inherit lifts what is submitted while its tenant runs something higher', () => {
    const stimuli = [...arrival(0, HIGH), submit(1, LOW)];
    expect(played('xx-triggers-inherit', ONE, stimuli).at(-1)).toMatchObject([
      { type: 'enqueue', class: HIGH },
    ]);
    const others = { ...ONE, tenants: [{ budget: null }, { budget: null }] } as Configuration;
    expect(
      played('xx-triggers-inherit', others, [...arrival(0, HIGH), submit(1, LOW, 0, 1)]).at(-1),
    ).toMatchObject([{ type: 'enqueue', class: LOW }]);
    const ended = [...arrival(0, HIGH), finish(0), submit(1, LOW)];
    expect(played('xx-triggers-inherit', ONE, ended).at(-1)).toMatchObject([{ type: 'enqueue', class: LOW }]);
  });
});

test('the reference is as it was: a degraded root is of the lowest class', () => {
  const scheduler = createXX();
  scheduler.reset(cluster({ tenants: [{ budget: 100, period: 100, burstPercent: 0 }] }));
  for (const stimulus of [boot, ...arrival(0, HIGH)]) scheduler.step(0, stimulus);
  expect(scheduler.step(5, submit(1, HIGH))).toMatchObject([{ type: 'enqueue', class: LOW, degraded: true }]);
});
