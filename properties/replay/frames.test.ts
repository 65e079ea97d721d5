import { test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { Judge } from '../../model/judge.ts';
import type { State } from '../../model/state.ts';
import { eachId } from '../../model/used-ids.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { sometimesInTime } from '../arbitraries/configuration.ts';
import { plans } from '../arbitraries/plan.ts';
import { candidateOf, contestantOf } from '../contestants/contestants.ts';
import { playPlan } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { collectRecords } from '../records/collect.ts';
import { framesOf } from './frames.ts';
import { momentsOf } from './moment.ts';
import { replay, replayTrace } from './play.ts';
import { spentNow } from './spending.ts';

const RECORDED = collectRecords('counterexamples').collected.filter(({ file }) => !file.includes('/found/'));

/** All of a state but what the model works out when it is asked for it. */
function viewOf(state: State): object {
  const { machines, shards, byPhase, tenants, now, usedIds } = state;
  const known = machines.map(({ willRun, willRunKnown, touched, live, transferOwner, ...machine }) => {
    return { ...machine, transferOwner: transferOwner?.id ?? null, live: live.map(({ id }) => id) };
  });
  const queues = shards.map(({ queues: all }) =>
    all.map(({ items, head }) => items.slice(head).map(({ id }) => id)),
  );
  const phases = byPhase.map((some) => some.map(({ id, demand, resident }) => [id, demand, resident]));
  const spent = tenants.map((tenant) => (tenant.budget === null ? null : spentNow(state, tenant)));
  return { now, used: [...eachId(usedIds)], known, queues, phases, spent };
}

describe('frames of a recording', () => {
  property.prop([plans('small', undefined, sometimesInTime)], { numRuns: 20 })(
    'show what the judge knew after each step, with every decision taken',
    (plan) => {
      const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
      const recording = replay({ file: 'drawn', scenario, record: null }, { scheduler: createXX() });
      const judge = new Judge(scenario.config);
      for (const { step, timed, decisions, state, allowed } of framesOf(recording)) {
        const taken = decisions!.map(({ decision }) => decision);
        expect(judge.step(timed.at, timed.stimulus, taken)).toBeNull();
        expect(judge.steps).toBe(step);
        expect(decisions!.every(({ mark }) => mark === 'taken')).toBe(true);
        expect(allowed).toBeNull();
        expect(viewOf(state)).toEqual(viewOf(judge.state));
      }
      expect(judge.steps).toBe(scenario.stimuli.length);
    },
  );

  property.prop([plans('small', undefined, sometimesInTime)], { numRuns: 20 })(
    'of a trace are those of the play that it came from, whichever steps are looked at',
    (plan) => {
      const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
      const playable = { file: 'drawn', scenario, record: null };
      const recording = replay(playable, { scheduler: createXX() });
      const trace = replayTrace(
        playable,
        recording.steps.map(({ decisions }) => decisions!),
      );
      expect(trace.finding).toBeNull();
      const all = [...momentsOf({ recording })];
      expect([...momentsOf({ recording: trace })]).toEqual(all);
      const odd = (step: number): boolean => step % 2 === 1;
      expect([...momentsOf({ recording: trace }, odd)]).toEqual(all.filter(({ step }) => odd(step)));
    },
  );

  test.each(RECORDED)('mark what was taken, refused and not reached: $file', ({ file, item: record }) => {
    const { scenario } = record;
    const recording = replay({ file, scenario, record }, contestantOf(candidateOf(record)));
    const frames = [...framesOf(recording)].filter(({ isAftermath }) => !isAftermath);
    const marks = frames.map(({ decisions }) => decisions!.map(({ mark }) => mark));
    for (const before of marks.slice(0, -1)) expect(before.every((mark) => mark === 'taken')).toBe(true);
    const refused = recording.violation?.decision ?? null;
    const last = frames.at(-1)!.decisions!;
    const index = last.findIndex(({ mark }) => mark === 'refused');
    expect(index < 0 ? null : last[index]!.decision).toBe(refused);
    if (index < 0) return;
    expect(
      marks
        .at(-1)!
        .slice(0, index)
        .every((mark) => mark === 'taken'),
    ).toBe(true);
    expect(
      marks
        .at(-1)!
        .slice(index + 1)
        .every((mark) => mark === 'not reached'),
    ).toBe(true);
  });

  test('of a refused step look again where the rest of it leads, if something falls there', () => {
    const { file, item: record } = RECORDED.find(({ item }) => item.scheduler === 'kills-the-newest')!;
    const recording = replay({ file, scenario: record.scenario, record }, contestantOf(candidateOf(record)));
    const [refusal, aftermath] = [...momentsOf({ recording })].slice(-2);
    expect(refusal).toMatchObject({ isAftermath: false, ended: [] });
    expect(refusal!.invocations.map(({ id }) => id)).toEqual([0, 1]);
    expect(aftermath).toMatchObject({ isAftermath: true, step: refusal!.step });
    expect(aftermath!.invocations.map(({ id }) => id)).toEqual([0]);
  });
});
