import type { Contestant } from './campaign/run.ts';
import { createScheduler } from './schedulers.ts';

/**
 * A scheduler under test, by its name. The reference has a twin: the same recipes under immer.
 *
 * @throws InputError when there is none of that name.
 */
export function contestantOf(name: string): Contestant {
  const scheduler = createScheduler(name);
  return name === 'xx' ? { scheduler, twin: createScheduler('xx-immer') } : { scheduler };
}
