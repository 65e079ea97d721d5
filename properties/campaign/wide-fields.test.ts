import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Machine } from '../../model/entities.ts';
import { plans } from '../arbitraries/plan.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { playAgain, playPlan } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { reachedFrom, widen } from './wide-fields.ts';

/** A field that writes down what it is given. */
function noted(value: number): { readonly given: number[]; readonly holder: object } {
  const given: number[] = [];
  const holder = Object.defineProperty({}, 'field', {
    enumerable: true,
    get: () => given.at(-1) ?? value,
    set: (to: number) => given.push(to),
  });
  return { given, holder };
}

const figuresOf = ({ cores, ram, swap, demand, resident, running }: Machine) => [
  ...[cores, ram, swap, demand, resident, running],
];

describe('the fields of a run', () => {
  test('hold a number beyond 32 bits for a moment, and then their own again', () => {
    const { given, holder } = noted(3);
    widen(holder);
    expect(given).toEqual([2 ** 40, 3]);
    const others = { none: null, text: 'a', flag: true, minus: -0, list: [1, 2] };
    widen(others);
    expect(others).toEqual({ none: null, text: 'a', flag: true, minus: -0, list: [1, 2] });
  });

  test('are left alone where nothing may be written', () => {
    const frozen = Object.freeze({ field: 3 });
    expect(() => widen(frozen)).not.toThrow();
  });

  test('are found wherever a run leads, and each object once', () => {
    const deep = { field: 1 };
    const circle: { deep: object; own?: object } = { deep };
    circle.own = circle;
    const seen = new Set<object>();
    const root = {
      list: [circle],
      map: new Map([['a', deep]]),
      set: new Set([{ field: 2 }]),
      words: new Int32Array(2),
    };
    const reached = reachedFrom([root], seen);
    expect(reached).toContain(deep);
    expect(reached).toContain(circle);
    expect(new Set(reached).size).toBe(reached.length);
    expect(reached).toContainEqual({ field: 2 });
    expect(reached).not.toContain(root.words);
    expect(reachedFrom([root], seen)).toEqual([]);
  });

  test('are reached from the run and the scheduler, and the run is afterwards what it was', () => {
    const contestant = contestantOf({ scheduler: 'xx' });
    const [plan] = fc.sample(plans('medium', []), { seed: 1, numRuns: 1 });
    const run = playPlan(plan!, contestant, emptyCampaignTally());
    const { scenario, decisions, state } = run;
    const before = JSON.stringify([scenario, decisions, state.machines.map(figuresOf)]);
    const reached = reachedFrom([run, contestant.scheduler], new Set());
    for (const one of [scenario.config, state, state.machines[0]]) expect(reached).toContain(one);
    reached.forEach(widen);
    expect(JSON.stringify([scenario, decisions, state.machines.map(figuresOf)])).toBe(before);
    // Whoever plays it again also ends it.
    const again = playAgain(scenario, contestant, emptyCampaignTally());
    expect(again.decisions.slice(0, decisions.length)).toEqual(decisions);
  });
});
