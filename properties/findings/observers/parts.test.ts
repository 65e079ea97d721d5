import { expect, test } from 'vitest';
import type { Stimulus } from '../../../model/alphabet.ts';
import type { Machine } from '../../../model/entities.ts';
import { boot, call, cluster, HIGH, LOW, MID, resize, submit, tick, turn } from '../../../model/testing.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { type Observer, Watch } from '../watch.ts';
import { blocked, fits, hasRoomFor, lasting, ready, running, upIn, wouldRunOn } from './parts.ts';

/** One core, 10 MB of RAM, 5 MB of swap. */
function watched(stimuli: readonly (Stimulus | number)[], observer: Observer = () => () => null): Watch {
  const watch = new Watch(cluster(), createXX(), observer);
  let at = 0;
  for (const next of [boot, ...stimuli]) {
    if (typeof next === 'number') at += next;
    else expect(watch.play({ at, stimulus: next })).toBe(true);
  }
  return watch;
}

const machineAfter = (...stimuli: Stimulus[]): Machine => upIn(watched(stimuli).state)[0]!;
const arrival = (id: number, priceClass: number): Stimulus[] => [submit(id, priceClass), turn()];

test('a newcomer would run where lower classes run, and not behind its own class', () => {
  const machine = machineAfter(...arrival(0, MID));
  expect([LOW, MID, HIGH].map((priceClass) => wouldRunOn(machine, priceClass, 1))).toEqual([
    false,
    false,
    true,
  ]);
});

test('a newcomer would run where its own class and higher ones leave it RAM, whether they run or are blocked', () => {
  const calls = machineAfter(...arrival(0, MID), resize(0, 8), call(0, 1, MID));
  expect([2, 3].map((demandMb) => wouldRunOn(calls, MID, demandMb))).toEqual([true, false]);
  expect(wouldRunOn(calls, HIGH, 10)).toBe(true);
  expect(wouldRunOn(calls, HIGH, 11)).toBe(false);
});

test('one that waits fits beside its own class and higher ones, or does not', () => {
  const machine = machineAfter(...arrival(0, LOW), ...arrival(1, HIGH), resize(1, 9));
  expect(ready(machine).map(({ id }) => id)).toEqual([0]);
  expect(running(machine).map(({ id }) => id)).toEqual([1]);
  expect(fits(ready(machine)[0]!)).toBe(true);
  const fuller = machineAfter(...arrival(0, LOW), ...arrival(1, HIGH), resize(1, 10));
  expect(fits(ready(fuller)[0]!)).toBe(false);
});

test('there is room up to RAM and swap together, for no more than the RAM', () => {
  const machine = machineAfter(...arrival(0, LOW), resize(0, 8));
  expect([7, 8].map((moreMb) => hasRoomFor(machine, moreMb))).toEqual([true, false]);
  expect([10, 11].map((moreMb) => hasRoomFor(machineAfter(), moreMb))).toEqual([true, false]);
});

test('one that waits for its callee is blocked', () => {
  const machine = machineAfter(...arrival(0, LOW), call(0, 1, LOW));
  expect(blocked(machine).map(({ id }) => id)).toEqual([0]);
  expect([...ready(machine), ...running(machine)]).toEqual([]);
});

test('what lasts is reported once time has passed, with how long, and not before', () => {
  const waiting: Observer = lasting(
    () =>
      ({ state }) =>
        ready(upIn(state)[0]!).length > 0 ? 'it waits' : null,
  );
  const stimuli = [...arrival(0, LOW), ...arrival(1, LOW)];
  expect(watched(stimuli, waiting).sighting).toBeNull();
  expect(watched([...stimuli, tick], waiting).sighting).toBeNull();
  expect(watched([...stimuli, 3, tick], waiting).sighting).toEqual({ step: 6, words: 'it waits, for 3 ms' });
  expect(watched([...arrival(0, LOW), 3, tick], waiting).sighting).toBeNull();
});
