import { findScheduler } from '../reference-impl/registry.ts';
import type { Contestant } from './campaign/run.ts';

/**
 * A scheduler under test, by its name. The reference has a twin: the same recipes under immer.
 *
 * @throws InputError when there is none of that name.
 */
export function contestantOf(name: string): Contestant {
  const scheduler = findScheduler(name).create();
  return name === 'xx' ? { scheduler, twin: findScheduler('xx-immer').create() } : { scheduler };
}
