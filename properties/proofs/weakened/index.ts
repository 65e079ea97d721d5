import { CLASSES } from './classes.ts';
import { IN_TIME } from './in-time.ts';
import { LISTS } from './lists.ts';
import { MEMORY } from './memory.ts';
import { SHARD } from './shard.ts';
import { WALK } from './walk.ts';
import type { Weakening } from './weakening.ts';

/** Every weakened rule, in the order of the pages. */
export const WEAKENINGS: readonly Weakening[] = [
  ...SHARD,
  ...WALK,
  ...MEMORY,
  ...CLASSES,
  ...LISTS,
  ...IN_TIME,
];
