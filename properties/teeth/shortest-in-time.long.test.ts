import { describe, expect, test } from 'vitest';
import { emptyTally } from '../../model/coverage.ts';
import { Choices } from '../../model/explore/choices.ts';
import type { BoundedInstance } from '../../model/explore/instance.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { search } from '../../model/explore/search.ts';
import { ruleSetOf } from '../../model/rules/rule-set.ts';
import { referencePager } from '../../reference-impl/xx/pager.ts';
import { CATALOGUE } from '../catalogue.ts';
import { explorable } from '../exploration/expanders.ts';
import { type Fault, planted } from '../mutants/parts/planted.ts';
import { willRunBy } from '../mutants/parts/will-run.ts';
import { goOn, isShort, lengthOf, ONE, stimuliTo, TO_ANOTHER_SET, WAYS } from '../testing/ways-in-time.ts';

describe('the shortest way', () => {
  const long = WAYS.filter((way) => !isShort(way));
  test.each(long)('%s', async (_what, rule, create, instance, stimuli) => {
    expect(await stimuliTo(rule, create, instance)).toBe(stimuli);
  });
});

describe('the end of a transfer', () => {
  /** Explores who is to run before the end of each transfer and after it. */
  async function stimuliToAnotherSet(policies: Fault['policies'], instance: BoundedInstance) {
    let isAnother = false;
    const fault = (): Fault => ({
      policies: { ...policies },
      pager: {
        end(xx, state, id) {
          const willRun = (): number[] => {
            const slots: number[] = [];
            xx.policies.willRun(state, state.machines[id]!, slots);
            return slots;
          };
          const before = willRun();
          referencePager.end(xx, state, id);
          const after = willRun();
          isAnother = before.length !== after.length || before.some((slot, index) => slot !== after[index]);
          state.machines[id]!.disk!.isKnown = false;
        },
      },
      hears({ stimulus }) {
        isAnother = false;
        return [stimulus];
      },
      // What was found out by one step is said by what follows it, since all steps are taken before any is judged.
      says: (decisions) => (isAnother ? [{ type: 'start', id: -1 }] : [...decisions]),
    });
    const scheduler = explorable(planted('watched', fault));
    const check = () => null;
    const tally = emptyTally(CATALOGUE.length);
    const rules = ruleSetOf(['possible-decision']);
    const expander = new SchedulerExpander(instance, scheduler, new Choices(), check, tally, rules);
    return lengthOf((await search(expander, { goOn })).counterexample);
  }

  const instance = { ...ONE, antagonists: [0, 1] };

  test('never changes who is to run', async () => {
    expect(await stimuliToAnotherSet({}, instance)).toBeNull();
  });

  test('changes it, where what goes out counts as kept until it is gone', async () => {
    const willRun = willRunBy({
      holds: ({ demand, resident }, { usableRam }) => (demand <= usableRam ? resident : 0),
    });
    expect(await stimuliToAnotherSet({ willRun }, instance)).toBe(TO_ANOTHER_SET);
  });
});
