import { describe, expect, test } from 'vitest';
import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { boot, cluster, finish, LOW, resize, submit, tick, turn } from '../../model/testing.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { PropertyId } from '../catalogue.ts';
import { recordOf } from '../records/record.ts';
import { replay } from '../replay/play.ts';
import { shrinkScenario } from '../shrinking/shrink.ts';
import { askedOf } from './asked.ts';
import { playScenario } from './run.ts';
import { emptyCampaignTally } from './tally.ts';

const MOST = Number.MAX_SAFE_INTEGER;

function scenario(...steps: readonly (readonly [at: number, stimulus: Stimulus])[]): Scenario {
  const stimuli = steps.map(([at, stimulus]): TimedStimulus => ({ at, stimulus }));
  return { config: cluster({ classes: [{ name: 'low', price: 2 ** 52 }] }), stimuli };
}

/** 1 runs from 0 on, at a price at which 2 ms cannot be billed. */
const dear = [
  [0, boot],
  [0, submit(1, LOW)],
  [0, turn()],
] as const;

/** The reference, of which somebody else says what comes of a step. */
function changed(step: (xx: Scheduler, at: number, stimulus: Stimulus) => ReturnType<Scheduler['step']>) {
  const xx = createXX();
  return { name: 'changed', reset: xx.reset, step: (at, stimulus) => step(xx, at, stimulus) } as Scheduler;
}

/** Decides nothing at `finish` where that is refused. */
const goesOn = () =>
  changed((xx, at, stimulus) => {
    try {
      return xx.step(at, stimulus);
    } catch (error) {
      if (stimulus.type !== 'resize' || stimulus.demand < MOST) throw error;
      return [];
    }
  });

/** Once it has refused a `finish`, it refuses every tick. */
const sulks = () => {
  let sulking = false;
  const scheduler = changed((xx, at, stimulus) => {
    if (sulking && stimulus.type === 'tick') return [{ type: 'start', id: 7 }];
    try {
      return xx.step(at, stimulus);
    } catch (error) {
      sulking ||= stimulus.type === 'finish';
      throw error;
    }
  });
  return {
    ...scheduler,
    reset(config: Scenario['config']) {
      sulking = false;
      scheduler.reset(config);
    },
  };
};

function findingOf(scheduler: Scheduler, played: Scenario, property?: PropertyId) {
  const how = property === undefined ? {} : { property };
  return playScenario(played, { scheduler }, emptyCampaignTally(), how);
}

describe('the reference is not accused', () => {
  test.each([
    ['when time is so late that half a ms cannot be said', scenario([0, boot], [2 ** 52, tick])],
    ['at the last time that there is', scenario([0, boot], [MOST, tick])],
    [
      'when an id is one that few programs have',
      scenario([0, boot], [0, submit(2 ** 31, LOW)], [0, turn()], [0, finish(2 ** 31)]),
    ],
  ])('%s', (_, played) => {
    expect(findingOf(createXX(), played, 'refuses-alike').finding).toBeNull();
  });

  test('where a sum leaves the safe integers', () => {
    const played = scenario(...dear, [2, finish(1)]);
    expect(findingOf(createXX(), played, 'stays-exact').finding).toBeNull();
  });
});

describe('a possible stimulus that is refused', () => {
  const timeless = changed((xx, at, stimulus) => {
    if (stimulus.type === 'tick') throw new ImpossibleStimulus('no thanks');
    return xx.step(at, stimulus);
  });
  const played = scenario(...dear, [1, tick]);

  test('is named with its step, in a campaign and in a replay', () => {
    const said =
      'step 4: refuses-alike does not hold: the scheduler refuses tick at 1 ms, which is possible: no thanks';
    const { finding } = findingOf(timeless, played);
    expect(finding).toMatchObject({ property: 'refuses-alike', step: 4, message: said });
    const shown = replay({ file: 'f', scenario: played, record: null }, { scheduler: timeless });
    expect(shown.finding).toMatchObject({ step: 4, message: said });
  });

  test('is possible for whoever has mended it: the record no longer fails', () => {
    const { finding } = findingOf(timeless, played);
    const origin = { version: '1', commit: null, node: '20', seed: 1, run: 1, stepsBeforeShrinking: 4 };
    const record = recordOf(finding!, played, { scheduler: 'timeless', origin, alone: false });
    expect(replay({ file: 'f', scenario: played, record }, { scheduler: timeless }).finding?.property).toBe(
      'refuses-alike',
    );
    expect(replay({ file: 'f', scenario: played, record }, { scheduler: createXX() }).finding).toBeNull();
  });
});

describe('sums that leave the safe integers', () => {
  const large = scenario(...dear, [0, resize(1, MOST)], [0, submit(2, LOW)], [0, tick]);
  const tooLarge = { ...large, config: { ...large.config, machines: [{ cores: 1, ram: MOST, swap: MOST }] } };
  const withTwo: Scenario = {
    config: { ...tooLarge.config, machines: [{ cores: 2, ram: MOST, swap: MOST }] },
    stimuli: [boot, submit(1, LOW), turn(), submit(2, LOW), turn(), resize(1, MOST)].map((stimulus) => ({
      at: 0,
      stimulus,
    })),
  };

  test('are a matter of stays-exact, and of nothing else', () => {
    expect(findingOf(goesOn(), withTwo).finding).toMatchObject({ property: 'stays-exact', step: 6 });
    const asked = askedOf([], ['stays-exact']);
    const { finding } = playScenario(withTwo, { scheduler: goesOn() }, emptyCampaignTally(), { asked });
    expect(finding).toBeNull();
  });

  test('leave nothing behind once they are refused, or it is said what', async () => {
    const played = scenario(...dear, [0, tick], [1, tick], [1, submit(3, LOW)], [2, finish(1)]);
    const { finding, scenario: asIs } = findingOf(sulks(), played);
    expect(finding).toMatchObject({ property: 'stays-exact', step: 7 });
    expect(finding!.message).toContain(
      'has refused finish 1, and goes on differently: it answers tick at 1 ms with [{"type":"start","id":7}], and with [] where it has refused nothing',
    );
    expect(asIs.stimuli).toHaveLength(7);
    const shrunk = await shrinkScenario(asIs, finding!, { scheduler: sulks() });
    expect(shrunk.onlyOnce).toBeUndefined();
    expect(shrunk.scenario.stimuli.map(({ stimulus }) => stimulus.type)).toEqual([
      'boot',
      'submit',
      'turn',
      'finish',
    ]);
    const origin = { version: '1', commit: null, node: '20', seed: 1, run: 1, stepsBeforeShrinking: 7 };
    const record = recordOf(finding!, shrunk.scenario, { scheduler: 'sulks', origin, alone: false });
    const playable = { file: 'f', scenario: shrunk.scenario, record };
    expect(replay(playable, { scheduler: sulks() }).finding?.property).toBe('stays-exact');
    expect(replay(playable, { scheduler: createXX() }).finding).toBeNull();
  });
});

test('what is wrong only since impossible stimuli were refused is said to be so, and comes again', async () => {
  let refused = 0;
  const xx = createXX();
  const offended: Scheduler = {
    name: 'offended',
    reset(config) {
      refused = 0;
      xx.reset(config);
    },
    step(at, stimulus) {
      try {
        const decisions = xx.step(at, stimulus);
        return refused > 3 && stimulus.type === 'tick' ? [{ type: 'start', id: 7 }] : decisions;
      } catch (error) {
        refused++;
        throw error;
      }
    },
  };
  const { finding, scenario: asIs } = findingOf(offended, scenario([0, boot]), 'refuses-alike');
  expect(finding).toMatchObject({ property: 'refuses-alike', step: 2 });
  expect(finding!.message).toContain('has refused impossible stimuli, and goes on differently');
  expect((await shrinkScenario(asIs, finding!, { scheduler: offended })).onlyOnce).toBeUndefined();
});
