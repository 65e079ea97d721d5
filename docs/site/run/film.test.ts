import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { TimedStimulus } from '../../../model/alphabet.ts';
import type { Scenario } from '../../../model/configuration.ts';
import { UnsafeSum } from '../../../model/input-error.ts';
import { billOf } from '../../../model/metering.ts';
import type { State } from '../../../model/state.ts';
import { DISK } from '../../../model/table.ts';
import { everybody, invocationOf } from '../../../model/unended.ts';
import { eachId } from '../../../model/used-ids.ts';
import { willRunSet } from '../../../model/will-run.ts';
import { sometimesInTime } from '../../../properties/arbitraries/configuration.ts';
import { type Plan, plans } from '../../../properties/arbitraries/plan.ts';
import { MUTANTS } from '../../../properties/mutants/index.ts';
import { playPlan } from '../../../properties/play/run.ts';
import { emptyCampaignTally } from '../../../properties/play/tally.ts';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { framesOf } from '../../../properties/replay/frames.ts';
import type { Recording } from '../../../properties/replay/play.ts';
import { spentNow } from '../../../properties/replay/spending.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { billNow } from './bill.ts';
import { PlayedFilm } from './film.ts';
import { DOING_NAMES, doingOf, memoryOf } from './lanes.ts';
import { explained, forbiddenNow, permittedNow } from './options.ts';
import { KNOWN, playingOf } from './players.ts';

/** The schedulers that are played: the reference, and wrong ones of all kinds. */
const NAMES = ['xx', 'hermod', ...MUTANTS.filter((_, index) => index % 7 === 0).map(({ name }) => name)];

function pageOf(scenario: Scenario, name: string): PageData {
  const player = { type: 'scheduler', name } as const;
  return { file: 'drawn', scenario, player, properties: [], leavesOut: true, told: null, range: null };
}

/** What was met is counted, so that the same is drawn each time. */
const SEED = 1;

const drawn = { plan: plans('small', undefined, sometimesInTime), name: fc.constantFrom(...NAMES) };

/** A drawn scenario, played by one of the schedulers; by the reference where that one knows no paging that takes time. */
function played({ plan, name }: { plan: Plan; name: string }): { film: PlayedFilm; scenario: Scenario } {
  const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
  const film = new PlayedFilm(playingOf(pageOf(scenario, playerOf(plan, name))), 3);
  film.play();
  return { film, scenario };
}

const record = fc.record(drawn);

/** The same, where paging takes time in every cluster. */
const inTime = fc.record({
  name: fc.oneof(fc.constant('xx'), drawn.name),
  plan: plans('small', undefined, (config) => {
    const { paging } = sometimesInTime({ ...config, seed: 3 * config.seed + 2 });
    return { ...config, paging: paging! };
  }),
});

function playerOf({ config }: Plan, name: string): string {
  const { without = [] } = KNOWN.find((known) => known.name === name)!.create();
  return config.paging !== undefined && without.includes('paging') ? 'xx' : name;
}

/** The states of a film by the model alone, from the first step on: what each still must be. */
function* statesOf(film: PlayedFilm): Generator<{ step: number; state: State }> {
  const { config, asked, recorded, finding } = film;
  // Of what a rule has refused only that it has is looked at.
  const violation = film.refused ? ({ allowed: [] } as unknown as Recording['violation']) : null;
  const recording = {
    config,
    rules: asked.rules,
    steps: recorded,
    finding,
    violation,
  } as unknown as Recording;
  for (const { step, state, isAftermath } of framesOf(recording)) {
    if (!isAftermath) yield { step, state };
  }
}

/** Who will run is computed when it is asked for: asked, so that states can be compared. */
function settled(state: State): State {
  for (const machine of state.machines) willRunSet(machine);
  return state;
}

/** A cluster in which a bill leaves the safe integers after a vast time. */
const VAST: Scenario['config'] = {
  classes: [{ name: 'only', price: 1 }],
  ...{ memoryPrice: 1, machines: [{ cores: 1, ram: 300, swap: 200 }] },
  ...{ shards: 1, kMachines: 1, kShards: 1, initialMemory: 100, maxAttempts: 1, seed: 0 },
  idle: { enter: 1, leave: 1, memoryDrift: 1, functionsDrift: 1 },
  tenants: [{ budget: null }],
};

describe('a film that is played again', () => {
  test('shows at each step what the model alone says, in whatever order steps are looked at', () => {
    fc.assert(
      fc.property(record, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (draw, jumps) => {
        const { film } = played(draw);
        const words = new Map<number, string>();
        for (const { step, state } of statesOf(film)) words.set(step, everythingOf(settled(state)));
        for (const jump of jumps) {
          const step = 1 + (jump % film.recorded.length);
          const { state } = film.still(step).judge;
          expect({ step, state: everythingOf(settled(state)) }).toEqual({ step, state: words.get(step) });
        }
      }),
      { numRuns: 20, seed: SEED },
    );
  });

  test('comes to the same whole state from a copy as from the first step', () => {
    fc.assert(
      fc.property(record, fc.nat(), (draw, jump) => {
        const { film } = played(draw);
        // In a refused step more was asked of the model, which has settled what it otherwise puts off.
        const wanted = 1 + (jump % Math.max(1, film.recorded.length - (film.refused ? 1 : 0)));
        if (film.refused && film.recorded.length === 1) return;
        for (const { step, state } of statesOf(film)) {
          if (step !== wanted) continue;
          expect(
            isDeepStrictEqual(settled(film.still(step).judge.state), settled(state)),
            `the state after step ${step}`,
          ).toBe(true);
          return;
        }
      }),
      { numRuns: 20, seed: SEED },
    );
  });

  test('is not changed by asking what is permitted, what is not, and why', () => {
    fc.assert(
      fc.property(record, (draw) => {
        const { film, scenario } = played(draw);
        const other = new PlayedFilm(playingOf(pageOf(scenario, playerOf(draw.plan, draw.name))), 1_000);
        other.play();
        for (const { step } of film.recorded) {
          const still = film.still(step);
          const { options } = permittedNow(still);
          for (const { id } of everybody(still.judge.state.invocations)) {
            for (const option of forbiddenNow(still, { kind: 'invocation', id })) explained(still, option);
          }
          expect(options).toEqual(permittedNow(other.still(step)).options);
        }
      }),
      { numRuns: 15, seed: SEED },
    );
  });

  test('leaves out what nobody can say after a vast time: a bill that leaves the safe integers', () => {
    const stimuli: TimedStimulus[] = [
      { at: 0, stimulus: { type: 'boot' } },
      { at: 0, stimulus: { type: 'submit', id: 0, tenant: 0, function: 'f', class: 0, shard: 0 } },
      { at: 0, stimulus: { type: 'turn', shard: 0 } },
      { at: 1, stimulus: { type: 'tick' } },
      { at: 9_007_199_254_740_900, stimulus: { type: 'tick' } },
    ];
    const film = new PlayedFilm(playingOf(pageOf({ config: VAST, stimuli }, 'xx')));
    film.play();
    const typesAt = (step: number): string[] =>
      forbiddenNow(film.still(step), { kind: 'invocation', id: 0 }).map(({ decision }) => decision!.type);
    expect(typesAt(4)).toEqual(expect.arrayContaining(['kill', 'complete', 'pageOut']));
    const { state } = film.still(5).judge;
    expect(() => billOf(state, invocationOf(state.invocations, 0)!)).toThrow(UnsafeSum);
    expect(billNow(state, invocationOf(state.invocations, 0)!)).toBe(null);
    expect(typesAt(5)).toContain('pageOut');
    expect(typesAt(5)).not.toContain('kill');
    expect(typesAt(5)).not.toContain('complete');
  });

  test('says why not all that is permitted can be listed after a vast time, and goes on', () => {
    const stimuli: TimedStimulus[] = [
      { at: 0, stimulus: { type: 'boot' } },
      { at: 0, stimulus: { type: 'submit', id: 0, tenant: 0, function: 'f', class: 0, shard: 0 } },
      { at: 0, stimulus: { type: 'turn', shard: 0 } },
      { at: 9_007_199_254_740_900, stimulus: { type: 'finish', id: 0 } },
    ];
    const xx = createXX();
    xx.reset(VAST);
    const decisions = [...stimuli.slice(0, -1).map(({ at, stimulus }) => xx.step(at, stimulus)), []];
    const deflated = Buffer.from(deflateSync(strToU8(JSON.stringify(decisions)))).toString('base64');
    const film = new PlayedFilm(
      playingOf({
        ...pageOf({ config: VAST, stimuli }, 'xx'),
        player: { type: 'decisions', name: 'you', deflated, endsUnjudged: true },
      }),
    );
    film.play();
    const still = film.still(4);
    expect(permittedNow(still)).toMatchObject({
      more: false,
      problem: expect.stringContaining('leaves the safe integers'),
    });
    // Nothing can be considered any more, neither can the end.
    expect(forbiddenNow(still, { kind: 'invocation', id: 0 })).toEqual([]);
    const bill = { cpuMs: 1, mbMs: 1, cost: 1 };
    const complete = {
      decision: { type: 'complete', id: 0, bill } as const,
      words: 'complete 0',
      isPermitted: false,
    };
    expect(explained(still, complete)).toMatchObject({ isPermitted: false, rule: null });
    expect(permittedNow(film.still(3)).problem).toBe(null);
  });

  test('calls permitted what the judge permits, and explains with its words what it does not', () => {
    let refused = 0;
    fc.assert(
      fc.property(record, (draw) => {
        const { film } = played(draw);
        for (const { step, decisions } of film.recorded) {
          const still = film.still(step, Math.floor((decisions?.length ?? 0) / 2));
          const { judge, recorded } = still;
          for (const option of permittedNow(still).options) {
            expect(explained(still, option)).toMatchObject({ isPermitted: true, rule: null });
          }
          const subject = everybody(judge.state.invocations)[0];
          const entity = subject === undefined ? null : ({ kind: 'invocation', id: subject.id } as const);
          for (const option of forbiddenNow(still, entity)) {
            const { isPermitted, text, rule } = explained(still, option);
            const { decision } = option;
            const verdict =
              decision === null ? judge.judgeEnd(recorded.timed.stimulus) : judge.consider(decision);
            expect({ isPermitted, text, rule: rule?.id }).toEqual({
              isPermitted: false,
              text: verdict!.message,
              rule: verdict!.rule,
            });
            refused++;
          }
        }
      }),
      { numRuns: 15, seed: SEED },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  test('has a bar for everybody who is queued or on a machine, and no two at once in a row', () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(fc.oneof(record, inTime), (draw) => {
        const { film } = played(draw);
        const { set } = film.lanes;
        const bars = set.id.map((_, bar) => bar);
        const mostAtOnce: number[] = [];
        for (const { step, state } of statesOf(film)) {
          const told = bars
            .filter((bar) => set.from[bar]! <= step && step < set.to[bar]!)
            .map((bar) => `${set.id[bar]} ${set.doing[bar]} ${set.priceClass[bar]}`);
          const known = everybody(state.invocations).flatMap((one) => {
            const doing = doingOf(one, film.config.paging !== undefined);
            if (doing !== null) seen.add(doing);
            return doing === null ? [] : [`${one.id} ${doing} ${one.class}`];
          });
          expect({ step, bars: told.sort() }).toEqual({ step, bars: known.sort() });
          for (const { id, running } of state.machines)
            mostAtOnce[id] = Math.max(mostAtOnce[id] ?? 0, running);
        }
        const { queues, cores, waiting } = film.lanes.groups();
        for (const [machine, { rows }] of cores.entries()) {
          expect(rows.length).toBeLessThanOrEqual(mostAtOnce[machine] ?? 0);
        }
        for (const row of [...queues, ...cores, ...waiting].flatMap((group) => group.rows)) {
          for (const [index, bar] of row.entries()) {
            if (index > 0) expect(set.from[bar]!).toBeGreaterThanOrEqual(set.to[row[index - 1]!]!);
          }
        }
      }),
      { numRuns: 80, seed: SEED },
    );
    expect(DOING_NAMES.filter((_, doing) => !seen.has(doing))).toEqual([]);
  });

  test('has the transfer of each machine at each step, and which of them were lost', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(inTime, (draw) => {
        const { film } = played(draw);
        for (const { step, state } of statesOf(film)) {
          for (const { id: machine, disk, transferOwner, transferMb: mb } of state.machines) {
            const transfer = film.transfers?.at(machine, step) ?? null;
            expect(transfer === null).toBe(disk === DISK.idle);
            if (transfer === null) continue;
            const isDying = transfer.nobodysFrom <= step;
            expect({ isDying, mb: transfer.mb }).toEqual({ isDying: transferOwner === null, mb });
            if (transferOwner === null) continue;
            expect(transfer).toMatchObject({ id: transferOwner.id, way: disk === DISK.in ? 'in' : 'out' });
          }
        }
        for (const [machine] of film.config.machines.entries()) {
          for (const { id, to, isLost, nobodysFrom } of film.transfers?.of(machine) ?? []) {
            if (to > film.recorded.length) continue;
            const { stimulus } = film.recorded[to - 1]!.timed;
            expect({ id, isLost }).toEqual({ id, isLost: stimulus.type !== 'paged' });
            seen.add(isLost ? 'lost' : nobodysFrom <= to ? 'nobodys' : 'arrived');
          }
        }
      }),
      { numRuns: 80, seed: SEED },
    );
    expect([...seen].sort()).toEqual(['arrived', 'lost', 'nobodys']);
  });

  test('has the memory of each machine at each step', () => {
    fc.assert(
      fc.property(fc.oneof(record, inTime), (draw) => {
        const { film } = played(draw);
        for (const { step, state } of statesOf(film)) {
          for (const machine of state.machines) {
            const { steps, values } = film.memory.of(machine.id);
            expect(values[steps.findLastIndex((from) => from <= step)]).toEqual(
              memoryOf(machine, film.config.paging !== undefined),
            );
          }
        }
      }),
      { numRuns: 20, seed: SEED },
    );
  });
});

/** All that a page shows of a state. */
function everythingOf(state: State): string {
  const people = everybody(state.invocations).map((one) => ({
    ...one,
    ...{ machine: one.machine?.id, caller: one.caller?.id, callee: one.callee?.id },
  }));
  const machines = state.machines.map(({ live, willRun, transferOwner, ...rest }) => ({
    ...{ ...rest, transferOwner: transferOwner?.id ?? null },
    ...{ live: live.map(({ id }) => id), willRun: willRun.map(({ id }) => id) },
  }));
  const shards = state.shards.map(({ queues, listed }) => [
    queues.map(({ items, head }) => items.slice(head).map(({ id }) => id)),
    [...listed].map(({ id }) => id),
  ]);
  const { now, counts, usedIds } = state;
  const tenants = state.tenants.map((tenant) => spentNow(state, tenant));
  return JSON.stringify({ people, machines, shards, now, tenants, counts, usedIds: [...eachId(usedIds)] });
}
