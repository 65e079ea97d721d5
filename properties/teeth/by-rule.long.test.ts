import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../mutants/index.ts';
import { contestantOfMutant } from '../mutants/parts/mutant.ts';
import { propertyFound } from './found.ts';

describe('a campaign of 2,000 runs finds by its rule alone', () => {
  for (const mutant of MUTANTS) {
    const { name, rule, beside } = mutant;
    test(name, async () => {
      expect(await propertyFound(contestantOfMutant(mutant), [rule, ...beside])).toBe(rule);
    });
  }
});
