import { expect, test } from 'vitest';
import type { Stimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { boot, cluster, finish, HIGH, LOW, submit, tick, turn } from '../../model/testing.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { shrinkBroken } from './shrink-broken.ts';

/** The reference, which does something else at some stimuli. */
function breaking(breaks: (stimulus: Stimulus, asked: number) => void): Scheduler {
  const xx = createXX();
  let asked = 0;
  return {
    name: 'breaking',
    reset: (config) => xx.reset(config),
    step(at, stimulus) {
      breaks(stimulus, ++asked);
      return xx.step(at, stimulus);
    },
  };
}

const scenario: Scenario = {
  config: cluster(),
  stimuli: [
    boot,
    tick,
    submit(1, LOW),
    turn(),
    tick,
    submit(2, HIGH),
    turn(),
    finish(2),
    tick,
    finish(1),
    tick,
  ].map((stimulus) => ({ at: 0, stimulus })),
};

function brokenBy(scheduler: Scheduler): BrokenScheduler {
  try {
    playScenario(scenario, { scheduler }, emptyCampaignTally());
  } catch (error) {
    if (error instanceof BrokenScheduler) return error;
    throw error;
  }
  throw new Error('it did not break');
}

const panics = () =>
  breaking((stimulus) => {
    if (stimulus.type === 'finish' && stimulus.id === 1) throw new Error('index 7 out of range');
  });

test('of what a scheduler was asked until it broke only that is left on which it breaks', async () => {
  const broken = brokenBy(panics());
  expect(broken.scenario!.stimuli).toHaveLength(10);
  const short = await shrinkBroken(broken.scenario!, broken, { scheduler: panics() }, () => false);
  expect(short.stimuli.map(({ stimulus }) => stimulus)).toEqual([boot, submit(1, LOW), turn(), finish(1)]);
});

test('it stays as it is where the scheduler breaks in another way, or not again, or nobody has time', async () => {
  const broken = brokenBy(panics());
  const asIs = broken.scenario!;
  const otherwise = breaking(({ type }) => {
    if (type === 'turn') throw new Error('out of memory');
  });
  expect(await shrinkBroken(asIs, broken, { scheduler: otherwise }, () => false)).toBe(asIs);
  expect(await shrinkBroken(asIs, broken, { scheduler: createXX() }, () => false)).toBe(asIs);
  const short = await shrinkBroken(asIs, broken, { scheduler: panics() }, () => true);
  expect(short.stimuli).toHaveLength(asIs.stimuli.length);
});

test('a process that breaks after so many answers, whatever is asked, is begun anew with each try', async () => {
  let answers = 0;
  const scheduler = breaking(() => {
    if (++answers > 6) throw new Error('out of luck');
  });
  const broken = brokenBy(scheduler);
  const restart = () => {
    answers = 0;
  };
  const short = await shrinkBroken(broken.scenario!, broken, { scheduler, restart }, () => false);
  expect(short.stimuli).toHaveLength(7);
});

test('it ends when nobody waits for a process any longer', async () => {
  const broken = brokenBy(panics());
  let last = 0;
  const stopped = breaking((stimulus, asked) => {
    last = asked;
    if (asked > 30) throw new StoppedWaiting('nobody waits');
    if (stimulus.type === 'finish' && stimulus.id === 1) throw new Error('index 7 out of range');
  });
  const short = await shrinkBroken(broken.scenario!, broken, { scheduler: stopped }, () => false);
  expect(last).toBe(31);
  expect(short.stimuli.length).toBeLessThanOrEqual(10);
});
