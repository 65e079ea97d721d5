import { describe, test } from 'vitest';
import { expectLeast, expectShortest } from '../testing/shrunk.ts';

/** Faults whose scenarios take seconds to shrink: in who is killed, who is preempted, and crashes. */
const SHRUNK = ['kills-one-a-step', 'forgets-to-preempt-after-a-wake', 'keeps-its-age-after-a-crash'];

describe('what a campaign finds is shrunk until', () => {
  test.each(SHRUNK)('no stimulus can go, and no number be lower: %s', expectLeast);

  test.each(['kills-the-second-lowest'])('it is as short as any that exploration finds: %s', expectShortest);
});
