import { describe, expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { CLAIMS } from './claims.ts';
import { checkMore, MORE_CLAIMS } from './monotonicity.ts';
import { checkNonInterference } from './non-interference.ts';

/** The same claims as in the short tests, from other seeds and with many more pairs. */
describe('at length', () => {
  test(CLAIMS['non-interference'], () => {
    expect(checkNonInterference(createXX, 20_000, 2).counterexample).toBeNull();
  });

  test.each(MORE_CLAIMS.map((id) => [CLAIMS[id], id] as const))('%s', (_sentence, id) => {
    expect(checkMore(id, createXX, 20_000, 2).counterexample).toBeNull();
  });
});
