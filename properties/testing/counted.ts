import { expect } from 'vitest';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { shrinkScenario } from '../shrinking/shrink.ts';
import { foundIn } from '../teeth/found.ts';
import { mutantCalled } from './shrunk.ts';

/** A wrong scheduler, and how often it was asked for a step. */
export function counted(name: string): { scheduler: Scheduler; asked: () => number } {
  const inner = mutantCalled(name).create();
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

/** Expects that the search for the shortest scenario of what is wrong with a scheduler asks for no more than so many steps. */
export async function expectBounded(name: string): Promise<void> {
  const { scheduler, asked } = counted(name);
  const found = (await foundIn({ scheduler }, []))!;
  const before = asked();
  await shrinkScenario(found.scenario, found.finding, { scheduler });
  // Passes that ask what is decided, and the shorter ways, come on top of what is played.
  expect(asked() - before).toBeLessThan(250_000);
}
