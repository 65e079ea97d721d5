import { readFileSync } from 'node:fs';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../model/alphabet.ts';
import { readTrace } from '../../model/format/lines.ts';
import { stepLine } from '../../model/format/write.ts';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { plans } from '../arbitraries/plan.ts';
import { playPlan } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { LiveLog } from './live-log.ts';
import { EDITS, linesOf, stepsOf, toldOf } from './testing-edits.ts';

describe('a log that grows', () => {
  property.prop([plans('small')], { numRuns: 30 })('tells nothing of what the judge accepts', (plan) => {
    const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
    const log = new LiveLog([]);
    expect(toldOf(linesOf(scenario, stepsOf(scenario)), log)).toEqual([]);
    expect(log.follower!.doubts.isNone).toBe(true);
  });

  property.prop([plans('small'), fc.constantFrom(...Object.keys(EDITS)), fc.nat(), fc.nat()], {
    numRuns: 80,
  })(
    'tells a line that is wrong, and of all that follows that it may follow from it',
    (plan, name, where, chance) => {
      const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
      const steps = stepsOf(scenario);
      const lines = linesOf(scenario, steps);
      const edits = steps.slice(1).flatMap((step, index) => {
        const edited = EDITS[name]!(step, chance);
        return edited === null ? [] : [{ edited, place: index + 3 }];
      });
      fc.pre(edits.length > 0);
      const { edited, place } = edits[where % edits.length]!;
      const [first, ...others] = toldOf(lines.toSpliced(place - 1, 1, edited));
      // Some edits are permitted as well, and only what comes later does not fit them.
      fc.pre(first?.line === place);
      expect(first!.mayFollowFrom).toBeNull();
      for (const { message, mayFollowFrom } of others) {
        expect({ message, mayFollowFrom }).toMatchObject({ mayFollowFrom: { step: expect.any(Number) } });
      }
    },
  );

  property.prop([plans('small'), fc.nat(), fc.nat()], { numRuns: 30 })(
    'is refused first where the judge refuses it, by the same rule and in the same words',
    (plan, where, chance) => {
      const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
      const steps = stepsOf(scenario);
      const edits = steps.slice(1).flatMap((step, index) => {
        const edited = EDITS['leaves out a decision']!(step, chance);
        return edited === null ? [] : [{ edited: JSON.parse(edited) as Step, index: index + 1 }];
      });
      fc.pre(edits.length > 0);
      const { edited, index } = edits[where % edits.length]!;
      const wrong = steps.toSpliced(index, 1, edited);
      const judge = new Judge(scenario.config);
      const violation = firstOf(wrong, ({ at, stimulus, decisions }) => judge.step(at, stimulus, decisions));
      fc.pre(violation !== null);
      const [{ rule, step, message, allowed }] = toldOf(linesOf(scenario, wrong)) as [never];
      expect({ rule, step, message, allowed }).toEqual({
        rule: violation!.rule,
        step: violation!.step,
        message: violation!.message,
        allowed: violation!.allowed,
      });
    },
  );
});

/** What the first step that something comes of comes to; a stimulus that does not fit any more ends the looking. */
function firstOf<Result>(steps: readonly Step[], judged: (step: Step) => Result | null): Result | null {
  for (const step of steps) {
    try {
      const result = judged(step);
      if (result !== null) return result;
    } catch {
      return null;
    }
  }
  return null;
}

describe('by hand', () => {
  const LINES = readFileSync('docs/examples/home-page.trace.jsonl', 'utf8').trimEnd().split('\n');
  const { steps } = readTrace(LINES);
  const withStep = (number: number, change: (step: Step) => Step): string[] => {
    return LINES.toSpliced(number, 1, stepLine(change(steps[number - 1]!)));
  };
  const place = steps.findIndex(({ decisions }) => decisions.some(({ type }) => type === 'place')) + 1;
  const finish = steps.findIndex(({ stimulus }) => stimulus.type === 'finish') + 1;

  test('an answer that is missing is made up, so that what follows is judged from where it leads', () => {
    const told = toldOf(withStep(finish, (step) => ({ ...step, decisions: step.decisions.slice(1) })));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ type: 'violation', rule: 'answered', line: finish + 1 });
    expect(told[0]!.believed[0]).toMatch(/^`complete \d+ \(.*\)` is missing$/);
  });

  test('a wrong decision is believed: its wrong bill is told once, and nothing that follows', () => {
    const told = toldOf(
      withStep(finish, (step) => ({
        ...step,
        decisions: step.decisions.map((one) =>
          one.type === 'complete' ? { ...one, bill: { ...one.bill, cpuMs: one.bill.cpuMs + 1 } } : one,
        ),
      })),
    );
    expect(told.map(({ rule, mayFollowFrom }) => [rule, mayFollowFrom])).toEqual([['bill-exact', null]]);
  });

  test('a placement of which only one was possible is made up; what was lost with it is in doubt', () => {
    const told = toldOf(withStep(place, (step) => ({ ...step, decisions: [] })));
    expect(told[0]).toMatchObject({ rule: 'answered', mayFollowFrom: null });
    expect(told[0]!.believed[0]).toMatch(/^`place /);
    expect(told[0]!.inDoubt).toEqual({ everything: false, machines: 1, invocations: 1 });
    for (const { mayFollowFrom } of told.slice(1))
      expect(mayFollowFrom).toEqual({ line: place + 1, step: place });
  });

  test('an id that was never submitted leaves everything in doubt, until the log begins anew', () => {
    const stranger = withStep(place, (step) => ({
      ...step,
      decisions: [...step.decisions, { type: 'start', id: 999 }],
    }));
    const log = new LiveLog([]);
    const [told] = toldOf(stranger, log);
    expect(told).toMatchObject({ rule: 'possible-decision', inDoubt: { everything: true } });
    expect(toldOf(LINES, log)).toEqual([]);
    expect(log.follower!.doubts.isNone).toBe(true);
    expect(log.begun).toBe(2);
  });

  test('a stimulus that is not possible is told as a fault of the log, and no violation', () => {
    const { id } = steps[finish - 1]!.stimulus as { id: number };
    const twice = LINES.toSpliced(finish + 1, 0, stepLine({ ...steps[finish - 1]!, decisions: [] }));
    const told = toldOf(twice);
    expect(told).toMatchObject([
      { type: 'impossible', rule: null, line: finish + 2, entity: `invocation ${id}` },
    ]);
    expect(told[0]!.message).toContain('has ended');
  });
});
