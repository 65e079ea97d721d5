import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { type PropertyId, propertyOf } from '../catalogue.ts';
import type { Contestant } from '../play/contestant.ts';
import { collectRecords } from '../records/collect.ts';
import { replay } from '../replay/play.ts';
import { type Scrutinised, scrutinise, scrutinised } from './scrutinise.ts';
import { brokenText, notShownText, stillFailsText, violatedText } from './words.ts';

/** How a scheduler is put to the test. */
export interface SuiteOptions {
  /** How many scenarios; by default 2,000. */
  readonly runs?: number;
  /** Seed of everything random; by default 1. The same seed and runs try the same scenarios. */
  readonly seed?: number;
  /** How large clusters and scenarios are; by default `medium`. */
  readonly size?: Size;
  /** Ids of the properties that are judged, each on its own evidence; by default everything. */
  readonly properties?: readonly PropertyId[];
  /**
   * A directory of counterexamples: those in it are played first, each in a test of its own, and what is found is
   * written there. By default `counterexamples`; null for none.
   */
  readonly counterexamples?: string | null;
  /** How long all of it may take; by default five minutes. */
  readonly timeoutMs?: number;
}

/**
 * Declares a suite: one test for each property of the catalogue, and one for each counterexample that was kept.
 *
 * @param create makes the scheduler under test. It is called once, and the scheduler reset before every scenario.
 */
export function describeScheduler(create: () => Scheduler, options: SuiteOptions = {}): void {
  const { runs = 2_000, seed = 1, size = 'medium', properties = [] } = options;
  const { counterexamples = 'counterexamples', timeoutMs = 300_000 } = options;
  const contestant: Contestant = { scheduler: create() };

  describe(`XX: ${contestant.scheduler.name}`, () => {
    if (counterexamples !== null) declareKept(contestant, counterexamples);

    describe(`in ${runs} scenarios from seed ${seed}`, () => {
      let result: Scrutinised;
      beforeAll(async () => {
        result = await scrutinise({ contestant, runs, seed, size, properties, counterexamples });
      }, timeoutMs);

      for (const id of scrutinised(properties)) {
        test(`${id}: ${propertyOf(id).sentence}`, () => {
          const { broken, violated, whyNotShown } = result;
          if (broken !== null) return expect.fail(brokenText(broken));
          const violation = violated.get(id);
          if (violation !== undefined) expect.fail(violatedText(violation));
          const why = whyNotShown(id);
          if (why !== null) expect.fail(notShownText(id, why, runs));
        });
      }
    });
  });
}

function declareKept(contestant: Contestant, directory: string): void {
  if (!existsSync(directory)) return;
  const { collected, setAside } = collectRecords(directory);
  if (collected.length === 0 && setAside.length === 0) return;
  describe(`does not fail again as in ${directory}`, () => {
    for (const { file, item: record } of collected) {
      test(file, () => {
        const { finding } = replay({ file, scenario: record.scenario, record }, contestant);
        if (finding !== null) expect.fail(stillFailsText(file, finding));
      });
    }
    for (const { file, reason } of setAside) {
      test(file, () => expect.fail(`this file cannot be read, so it tests nothing: ${reason}`));
    }
  });
}
