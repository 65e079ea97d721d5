import { existsSync } from 'node:fs';
import type { PartId } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';
import { narrowed } from '../../model/parts.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { type PropertyId, propertyOf } from '../catalogue.ts';
import { type Goal, objectionToGoals } from '../goals/goal.ts';
import { partIds, whyNotApplicable } from '../parts.ts';
import type { Contestant } from '../play/contestant.ts';
import { collectRecords } from '../records/collect.ts';
import { replay } from '../replay/play.ts';
import { type Scrutinised, scrutinise, scrutinised } from './scrutinise.ts';
import { vitest } from './vitest.ts';
import { brokenText, notShownText, stillFailsText, unmetText, violatedText } from './words.ts';

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
  /** Ids of properties that are left out of everything; none unless given. */
  readonly except?: readonly PropertyId[];
  /**
   * The parts of XX that the scheduler lacks (docs/parts.md): they are not tried, and what rests on them is skipped. None
   * unless given.
   */
  readonly without?: readonly PartId[];
  /** Goals that the scenarios should meet: each is a test, which fails when no scenario did. None unless given. */
  readonly goals?: readonly Goal[];
  /**
   * A directory of counterexamples: those in it are played first, each in a test of its own, and what is found is
   * written there. By default `counterexamples`; null for none.
   */
  readonly counterexamples?: string | null;
  /** How long all of it may take; by default five minutes. */
  readonly timeoutMs?: number;
}

/**
 * Declares a suite: one test for each property of the catalogue, for each goal, and for each counterexample that was
 * kept.
 *
 * @throws Error when vitest is not installed.
 * @throws InputError when a goal has no name or no predicate, or two have the same name; when there is no such part.
 * @param create makes the scheduler under test. It is called once, and the scheduler reset before every scenario.
 */
export function describeScheduler(create: () => Scheduler, options: SuiteOptions = {}): void {
  const { beforeAll, describe, expect, test } = library();
  const { runs = 2_000, seed = 1, size = 'medium', properties = [], goals = [] } = options;
  const { counterexamples = 'counterexamples', timeoutMs = 300_000, except = [] } = options;
  const without = partIds(options.without ?? [], 'describeScheduler: without');
  const objection = objectionToGoals(goals);
  if (objection !== null) throw new InputError(`describeScheduler: ${objection}`);
  const contestant: Contestant = { scheduler: create(), goals };

  describe(`XX: ${contestant.scheduler.name}`, () => {
    if (counterexamples !== null) declareKept(contestant, counterexamples, without);

    describe(`in ${runs} scenarios from seed ${seed}`, () => {
      let result: Scrutinised;
      beforeAll(async () => {
        result = await scrutinise({
          contestant,
          runs,
          seed,
          size,
          properties,
          except,
          without,
          counterexamples,
        });
      }, timeoutMs);

      for (const id of scrutinised(properties, except)) {
        const whyNot = whyNotApplicable(id, without);
        if (whyNot !== null) {
          test.skip(`${id}: not applicable, since ${whyNot}`, () => {});
          continue;
        }
        test(`${id}: ${propertyOf(id).sentence}`, () => {
          const { broken, violated, whyNotShown } = result;
          if (broken !== null) return expect.fail(brokenText(broken));
          const violation = violated.get(id);
          if (violation !== undefined) expect.fail(violatedText(violation));
          const why = whyNotShown(id);
          if (why !== null) expect.fail(notShownText(id, why, runs));
        });
      }

      for (const [index, { name }] of goals.entries()) {
        test(`meets the goal: ${name}`, () => {
          const { broken, goalsMet } = result;
          if (broken !== null) return expect.fail(brokenText(broken));
          if ((goalsMet[index] ?? 0) === 0) expect.fail(unmetText(name, runs));
        });
      }
    });
  });
}

function declareKept(contestant: Contestant, directory: string, without: readonly PartId[]): void {
  const { describe, expect, test } = library();
  if (!existsSync(directory)) return;
  const { collected, setAside } = collectRecords(directory);
  if (collected.length === 0 && setAside.length === 0) return;
  describe(`does not fail again as in ${directory}`, () => {
    for (const { file, item: record } of collected) {
      test(file, () => {
        const { config } = record.scenario;
        const scenario = { ...record.scenario, config: narrowed(config, without) };
        const { finding } = replay({ file, scenario, record }, contestant);
        if (finding !== null) expect.fail(stillFailsText(file, finding));
      });
    }
    for (const { file, reason } of setAside) {
      test(file, () => expect.fail(`this file cannot be read, so it tests nothing: ${reason}`));
    }
  });
}

function library(): NonNullable<typeof vitest> {
  if (vitest !== null) return vitest;
  throw new Error('describeScheduler needs vitest, which is not installed; npm install --save-dev vitest');
}
