import { expect, test } from 'vitest';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { foundIn } from '../teeth/found.ts';
import { counted } from '../testing/counted.ts';
import { shrinkScenario } from './shrink.ts';

test('a scheduler that breaks on whatever is tried is not asked for long', async () => {
  const { scheduler, asked } = counted('goes-first-on-waking');
  const found = (await foundIn({ scheduler }, []))!;
  let resets = 0;
  const mortal: Scheduler = {
    name: 'mortal',
    reset(config) {
      resets++;
      scheduler.reset(config);
    },
    step(at, stimulus) {
      if (resets > 1) throw new BrokenScheduler('it died');
      return scheduler.step(at, stimulus);
    },
  };
  const before = asked();
  const { scenario } = await shrinkScenario(found.scenario, found.finding, {
    scheduler: mortal,
    settle: () => {},
  });
  expect(scenario).toEqual(found.scenario);
  expect(asked() - before).toBeLessThan(500);
  expect(resets).toBeLessThan(60);
});
