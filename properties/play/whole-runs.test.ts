import { describe, expect, test } from 'vitest';
import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { enterPhase } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';
import {
  accept,
  antagonist,
  arrives,
  boot,
  cluster,
  crash,
  HIGH,
  LOW,
  start,
  story,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import { invocationOf } from '../../model/unended.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { type Policies, referencePolicies } from '../../reference-impl/xx/policies.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { PROPERTY_INDEX, type PropertyId } from '../catalogue.ts';
import { askedOf } from './asked.ts';
import type { Contestant } from './contestant.ts';
import { drainingStimulus } from './drain.ts';
import { playScenario } from './run.ts';
import { emptyCampaignTally } from './tally.ts';

/** Two machines, both on the idle list: which of them is taken is a tie. */
const tied = cluster({
  machines: [
    { cores: 1, ram: 10, swap: 5 },
    { cores: 1, ram: 10, swap: 5 },
  ],
  idle: { enter: 1, leave: 0, memoryDrift: 100, functionsDrift: 100 },
});

function scenario(config: Configuration, ...stimuli: readonly TimedStimulus['stimulus'][]): Scenario {
  return { config, stimuli: [boot, ...stimuli].map((stimulus) => ({ at: 0, stimulus })) };
}

const placesOne = scenario(tied, submit(1, LOW), turn());

function outcomeOf(property: PropertyId, played: Scenario, contestant: Contestant) {
  const tally = emptyCampaignTally();
  const { finding } = playScenario(played, contestant, tally, { property });
  return {
    property: finding?.property ?? null,
    message: finding?.message,
    met: tally.met[PROPERTY_INDEX[property]]!,
  };
}

function xxWith(policies: Partial<Policies>): Scheduler {
  return createXX({ name: 'another', policies: { ...referencePolicies, ...policies } });
}

/** Of entries with equally few functions the one with the higher id, when `isOdd` says so. */
const listedBefore =
  (isOdd: () => boolean): Policies['listedBefore'] =>
  (a, b) =>
    a.functions === b.functions && isOdd() ? a.machine > b.machine : referencePolicies.listedBefore(a, b);

describe('determinism', () => {
  test('holds of the reference', () => {
    const outcome = outcomeOf('determinism', placesOne, { scheduler: createXX() });
    expect(outcome).toMatchObject({ property: null, met: 1 });
  });

  test('is broken by a scheduler that remembers how often it was reset', () => {
    let resets = 0;
    const xx = xxWith({ listedBefore: listedBefore(() => resets % 2 === 0) });
    const scheduler: Scheduler = {
      name: 'counts-resets',
      reset(config) {
        resets++;
        xx.reset(config);
      },
      step: (at, stimulus) => xx.step(at, stimulus),
    };
    expect(outcomeOf('determinism', placesOne, { scheduler }).property).toBe('determinism');
  });
});

describe('immer-equals-direct', () => {
  test('holds of the reference in both modes', () => {
    const contestant = { scheduler: createXX(), twin: createXX({ mode: 'immer' }) };
    expect(outcomeOf('immer-equals-direct', placesOne, contestant)).toMatchObject({ property: null, met: 1 });
  });

  test('is broken by a twin that breaks a tie in another way, and says how', () => {
    const twin = xxWith({ listedBefore: listedBefore(() => true) });
    const outcome = outcomeOf('immer-equals-direct', placesOne, { scheduler: createXX(), twin });
    expect(outcome.property).toBe('immer-equals-direct');
    expect(outcome.message).toContain('"machine":1');
  });
});

describe('refuses-alike', () => {
  test('holds of the reference', () => {
    const outcome = outcomeOf('refuses-alike', placesOne, { scheduler: createXX() });
    expect(outcome).toMatchObject({ property: null, met: 1 });
  });

  test('is broken by a scheduler that takes the impossible without a word', () => {
    const xx = createXX();
    const step: Scheduler['step'] = (at, stimulus) => {
      try {
        return xx.step(at, stimulus);
      } catch (error) {
        if (error instanceof ImpossibleStimulus) return [];
        throw error;
      }
    };
    const scheduler: Scheduler = { name: 'polite', reset: (config) => xx.reset(config), step };
    const outcome = outcomeOf('refuses-alike', placesOne, { scheduler });
    expect(outcome.property).toBe('refuses-alike');
    expect(outcome.message).toContain('the impossible');
  });

  test('is broken by a scheduler that refuses what is possible', () => {
    const xx = createXX();
    const step: Scheduler['step'] = (at, stimulus) => {
      if (stimulus.type === 'tick') throw new ImpossibleStimulus('time stands still');
      return xx.step(at, stimulus);
    };
    const scheduler: Scheduler = { name: 'timeless', reset: (config) => xx.reset(config), step };
    const outcome = outcomeOf('refuses-alike', scenario(tied, tick), { scheduler });
    expect(outcome.message).toBe(
      'step 2: refuses-alike does not hold: the scheduler refuses tick at 0 ms, which is possible: time stands still',
    );
  });
});

test('one that decides by chance breaks determinism, and refuses like any other', () => {
  // Of every two places the machine of the higher id is taken where the lower was before, whoever asked in between.
  let calls = 0;
  const fickle = xxWith({ listedBefore: listedBefore(() => calls++ % 3 === 0) });
  expect(outcomeOf('determinism', placesOne, { scheduler: fickle }).property).toBe('determinism');
  expect(outcomeOf('refuses-alike', placesOne, { scheduler: fickle }).property).toBeNull();
});

describe('everything-drains', () => {
  test('holds of the reference, with an antagonist, no machine up, and somebody queued', () => {
    const outcome = outcomeOf(
      'everything-drains',
      scenario(tied, submit(1, LOW), turn(), submit(2, HIGH), antagonist(0, 10), crash(1)),
      { scheduler: createXX() },
    );
    expect(outcome).toMatchObject({ property: null, met: 1 });
    const down = scenario(tied, submit(1, LOW), crash(0), crash(1));
    expect(outcomeOf('everything-drains', down, { scheduler: createXX() })).toMatchObject({
      property: null,
      met: 1,
    });
  });

  test('is broken where somebody lives, nobody runs and nothing is queued', () => {
    const { state } = accept(story(cluster(), ...arrives(0, 1, LOW, start(1))));
    expect(drainingStimulus(state)).toEqual({ type: 'finish', id: 1 });
    enterPhase(state, invocationOf(state.invocations, 1)!, PHASE.ready);
    expect(drainingStimulus(state)).toBe('stuck');
  });

  test('says after how many steps: none, where nothing can happen at once', () => {
    const scheduler = xxWith({ willRun: () => {} });
    const messageOf = (...stimuli: readonly TimedStimulus['stimulus'][]) => {
      const property = 'everything-drains';
      const how = { property, asked: askedOf([property]) } as const;
      return playScenario(scenario(tied, ...stimuli), { scheduler }, emptyCampaignTally(), how).finding
        ?.message;
    };
    expect(messageOf(submit(1, LOW), turn())).toContain(
      'after 0 steps without submissions nothing more can happen, and invocations 1 still live',
    );
    expect(messageOf(submit(1, LOW))).toContain('after 1 step without submissions');
  });
});
