import { describe, expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { CLAIMS } from './claims.ts';
import { checkMore, MORE_CLAIMS } from './monotonicity.ts';

describe('more of something delays nobody of the highest class', () => {
  test.each(MORE_CLAIMS.map((id) => [CLAIMS[id], id] as const))('%s', (_sentence, id) => {
    expect(checkMore(id, createXX, 80).counterexample).toBeNull();
  });
});

describe('more of something delays somebody where', () => {
  test.each([
    ['more-cores', 'forgets-to-preempt'],
    ['more-cores', 'never-preempts'],
    ['more-ram', 'forgets-to-preempt'],
    ['more-ram', 'one-core-too-many'],
    ['more-machines', 'forgets-to-preempt'],
    ['more-machines', 'slices-time-within-a-class'],
  ] as const)('%s: %s', (claim, name) => {
    expect(checkMore(claim, () => createScheduler(name), 300).counterexample).not.toBeNull();
  });
});
