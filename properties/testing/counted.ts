import type { Scheduler } from '../../reference-impl/scheduler.ts';
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
