import { test } from 'vitest';
import { expectBounded } from '../testing/counted.ts';

test.each(['compares-in-floating-point'])(
  'the search for the shortest scenario asks for a bounded number of steps: %s',
  expectBounded,
);
