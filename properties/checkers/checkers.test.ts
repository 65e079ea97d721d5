import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { Judge } from '../../model/judge.ts';
import type { Plan } from '../arbitraries/plan.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { independentTraces } from '../testing/independent.ts';
import { everywhere, type Witness } from '../testing/wander.ts';
import type { Checker } from './checker.ts';
import { createLedgerCheckers } from './ledger.ts';
import { memoryNeverExceeds, nothingSwappedForLower } from './memory.ts';
import { createPagingCheckers, PAGING_OF_STEPS } from './paging/index.ts';
import { noPriorityInversion } from './priority.ts';
import { boundedLowClassStarvation } from './starvation.ts';

function checkersOf(config: Configuration): Checker[] {
  return [
    noPriorityInversion,
    boundedLowClassStarvation,
    memoryNeverExceeds,
    nothingSwappedForLower,
    ...createLedgerCheckers(config),
    ...(config.paging === undefined ? [] : PAGING_OF_STEPS),
    ...createPagingCheckers(config),
  ];
}

/** The same cluster where paging takes time. */
function inTime(config: Configuration): Configuration {
  return { ...config, paging: { chunk: 1 + (config.seed % 3), reserve: 1 } };
}

describe('the checkers', () => {
  test('find nothing wrong wherever the rules lead: what they check follows from the rules', () => {
    const claimed = new Set<PropertyId>();
    const met = new Set<PropertyId>();
    const watch = (plan: Plan): Witness => {
      const checkers = checkersOf(plan.config);
      for (const { property } of checkers) claimed.add(property);
      return {
        onStep({ state }, step) {
          for (const checker of checkers) {
            const wrong = checker.check(state, step, (property) => met.add(property));
            if (wrong !== null) throw new Error(wrong.message);
          }
        },
      };
    };
    everywhere(150, watch);
    // In small clusters hardly anybody is swapped while a lower class lives.
    everywhere(80, watch, 'medium');
    everywhere(100, watch, 'medium', inTime);
    expect(met).toEqual(claimed);
  });

  test('find nothing wrong in the independent traces, and each of their properties put to the test', () => {
    const claimed = new Set<PropertyId>();
    const met = new Set<PropertyId>();
    for (const { trace } of independentTraces()) {
      const judge = new Judge(trace.config);
      const checkers = checkersOf(trace.config);
      for (const { property } of checkers) claimed.add(property);
      for (const step of trace.steps) {
        expect(judge.step(step.at, step.stimulus, step.decisions)).toBeNull();
        for (const checker of checkers) {
          expect(checker.check(judge.state, step, (property) => met.add(property))).toBeNull();
        }
      }
    }
    expect(met).toEqual(claimed);
  });

  test('check properties of the catalogue, each judged in one place', () => {
    const { config } = independentTraces()[0]!.trace;
    const claimed = checkersOf(inTime(config)).map(({ property }) => property);
    expect(new Set(claimed).size).toBe(claimed.length);
    const catalogued = CATALOGUE.filter(
      ({ judgedIn, ofTheModel }) => judgedIn.startsWith('properties/checkers/') && ofTheModel !== true,
    );
    expect(catalogued.map(({ id }) => id).toSorted()).toEqual(claimed.toSorted());
  });
});
