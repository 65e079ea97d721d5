import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decision, WORD_GROUPS, type WordGroup } from '../../model/alphabet.ts';
import { Choices } from '../../model/explore/choices.ts';
import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { plans } from '../arbitraries/plan.ts';
import { stateKey } from '../shrinking/state-key.ts';
import { askedOf } from './asked.ts';
import type { Run } from './play.ts';
import { playPlan } from './run.ts';
import { emptyCampaignTally } from './tally.ts';

/** XX, and the optional words that its clients are to use. */
function xxWith(words: readonly WordGroup[]): Scheduler {
  const xx = createXX();
  return {
    name: 'xx-with-words',
    words,
    reset: (configuration) => xx.reset(configuration),
    step: (at, stimulus) => xx.step(at, stimulus),
  };
}

function plays(scheduler: Scheduler, count: number, thoroughly = false): Run[] {
  const drawn = fc.sample(plans('medium'), { seed: 7, numRuns: count });
  const tally = emptyCampaignTally();
  return drawn.map((plan) => playPlan(plan, { scheduler }, tally, thoroughly ? 'thorough' : 'plain'));
}

const timeoutsOf = (runs: readonly Run[]): number =>
  runs.flatMap(({ scenario }) => scenario.stimuli).filter(({ stimulus }) => stimulus.type === 'timeout')
    .length;

describe('a scheduler whose clients give up', () => {
  test('has them do so now and then, in clusters that have the words for it', () => {
    const runs = plays(xxWith(['timeouts']), 40);
    expect(timeoutsOf(runs)).toBeGreaterThan(40);
    for (const { scenario } of runs) expect(scenario.config.words).toEqual(['timeouts']);
    const timedOut = runs.map(({ state }) => state.optional!.counts.timedOut);
    expect(timedOut.reduce((sum, count) => sum + count, 0)).toBe(timeoutsOf(runs));
  });

  test('has them do nothing of the kind where it does not say so', () => {
    for (const scheduler of [createXX(), xxWith([]), xxWith(['probes', 'evictions'])]) {
      expect(timeoutsOf(plays(scheduler, 20))).toBe(0);
    }
    for (const { scenario, state } of plays(createXX(), 5)) {
      expect(scenario.config).not.toHaveProperty('words');
      expect(state.optional).toBeNull();
    }
  });

  test('that is XX keeps all that XX promises, and refuses what is impossible', () => {
    const runs = plays(xxWith(WORD_GROUPS), 12, true);
    expect(timeoutsOf(runs)).toBeGreaterThan(10);
    expect(runs.map(({ finding }) => finding)).toEqual(runs.map(() => null));
  });
});

describe('a scheduler that takes optional decisions', () => {
  /** XX, which also refuses whoever it has just enqueued. */
  const refusing = (words: readonly WordGroup[]): Scheduler => {
    const xx = xxWith(words);
    return {
      ...xx,
      step(at, stimulus) {
        const decisions = xx.step(at, stimulus);
        const refused = decisions.flatMap((decision): Decision[] =>
          decision.type === 'enqueue' ? [{ type: 'refuse', id: decision.id, machine: 0 }] : [],
        );
        return [...decisions, ...refused];
      },
    };
  };

  test('is refused by what is possible where it did not say so, whatever is asked', () => {
    const [plan] = fc.sample(plans('medium'), { seed: 7, numRuns: 1 });
    const asked = askedOf(['memory-bound']);
    const { finding } = playPlan(plan!, { scheduler: refusing([]) }, emptyCampaignTally(), 'plain', asked);
    expect(finding).toMatchObject({ property: 'possible-decision' });
    expect(finding!.message).toContain('refuse is an optional word');
  });

  test('is judged by what is asked where it did, and by XX refused', () => {
    const drawn = fc.sample(plans('medium'), { seed: 7, numRuns: 10 });
    const findings = (properties: Parameters<typeof askedOf>[0]) =>
      drawn.map((plan) => {
        const contestant = { scheduler: refusing(['refusals']) };
        return playPlan(plan, contestant, emptyCampaignTally(), 'plain', askedOf(properties)).finding;
      });
    // Machine 0 may be gone, and then it cannot refuse anybody.
    const alone = findings(['memory-bound']).filter((one) => one?.property !== 'possible-decision');
    expect(alone.length).toBeGreaterThan(0);
    for (const finding of alone) expect(finding).toBeNull();
    expect(findings([]).filter((one) => one?.property === 'place-least-loaded').length).toBeGreaterThan(5);
  });

  test('cannot be explored', () => {
    const explorable = { ...xxWith(['probes']), load() {} };
    expect(() => new SchedulerExpander(QUOTED_INSTANCE, explorable, new Choices())).toThrow(
      'the scheduler uses optional words (probes)',
    );
    expect(
      () => new SchedulerExpander(QUOTED_INSTANCE, { ...explorable, words: [] }, new Choices()),
    ).not.toThrow();
  });
});

describe('two states that only optional words tell apart', () => {
  test('have different keys', () => {
    const [run] = plays(xxWith(WORD_GROUPS), 1);
    const { state } = run!;
    const keys = new Set([stateKey(state)]);
    const { givenUp, pools } = state.optional!;
    givenUp.clear();
    keys.add(stateKey(state));
    pools[0]!.set(state.machines[0]!, { inFlight: 1, latencyMs: 2, takenAt: 0 });
    keys.add(stateKey(state));
    pools[0]!.set(state.machines[0]!, { inFlight: 2, latencyMs: 2, takenAt: 0 });
    keys.add(stateKey(state));
    expect(keys.size).toBeGreaterThanOrEqual(3);
  });
});
