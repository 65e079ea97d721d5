import { expect, test } from 'vitest';
import { createGenerator, nextUnit } from '../../reference-impl/random.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { Contestant } from '../play/contestant.ts';
import { foundIn } from '../teeth/found.ts';
import { shrinkScenario } from './shrink.ts';

/** A process that leaves an answer out: now and then, or to every turn. */
function process(leavesOut: (type: string) => boolean): Contestant {
  const xx = createXX();
  const scheduler: Scheduler = {
    name: 'mine',
    reset: (config) => xx.reset(config),
    step(at, stimulus) {
      const decisions = xx.step(at, stimulus);
      return leavesOut(stimulus.type) ? [] : decisions;
    },
  };
  return { scheduler, settle: () => {} };
}

async function shrunk(contestant: Contestant) {
  const { scenario, finding } = (await foundIn(contestant, ['answered']))!;
  return shrinkScenario(scenario, finding, contestant);
}

test('what a process gets wrong by chance is no counterexample, however short it was made', async () => {
  const generator = createGenerator(1);
  const byChance = process(() => nextUnit(generator) < 0.05);
  expect(await shrunk(byChance)).toMatchObject({ onlyOnce: true });
});

test('what it always gets wrong is one', async () => {
  const { onlyOnce, scenario } = await shrunk(process((type) => type === 'turn'));
  expect(onlyOnce).toBeUndefined();
  expect(scenario.stimuli.length).toBeLessThan(5);
});
