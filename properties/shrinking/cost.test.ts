import { expect, test } from 'vitest';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { MUTANTS } from '../mutants/index.ts';
import { foundIn } from '../teeth/found.ts';
import { shrinkScenario } from './shrink.ts';

/** A wrong scheduler, and how often it was asked for a step. */
function counted(name: string): { scheduler: Scheduler; asked: () => number } {
  const inner = MUTANTS.find((mutant) => mutant.name === name)!.create();
  let asked = 0;
  return {
    scheduler: {
      name,
      reset: (config) => inner.reset(config),
      step(at, stimulus) {
        asked++;
        return inner.step(at, stimulus);
      },
    },
    asked: () => asked,
  };
}

test.each(['compares-in-floating-point', 'goes-first-on-waking'])(
  'the search for the shortest scenario asks for a bounded number of steps: %s',
  async (name) => {
    const { scheduler, asked } = counted(name);
    const found = (await foundIn({ scheduler }, []))!;
    const before = asked();
    await shrinkScenario(found.scenario, found.finding, { scheduler });
    // Passes that ask what is decided, and the shorter ways, come on top of what is played.
    expect(asked() - before).toBeLessThan(250_000);
  },
);

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
