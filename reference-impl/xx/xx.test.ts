import assert from 'node:assert/strict';
import { fc, test } from '@fast-check/vitest';
import { applyPatches, type Patch } from 'immer';
import { describe, expect } from 'vitest';
import {
  DECISION_TYPES,
  type Decision,
  STIMULUS_TYPES,
  type Stimulus,
  type TimedStimulus,
} from '../../model/alphabet.ts';
import type { Configuration, Paging } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { slotOf, slotsIn } from '../slot-table.ts';
import { referencePolicies } from './policies.ts';
import { NONE, type ReadonlyXXState } from './state.ts';
import { type Choice, configurationFrom, stimulusFrom } from './testing-walk.ts';
import type { InvocationView, MachineView, XXView } from './view.ts';
import { createXX, type XX } from './xx.ts';

const configurations = fc.array(fc.nat(10_000), { minLength: 30, maxLength: 60 }).map(configurationFrom);
const choices = fc.record<Choice>({
  kind: fc.nat(1000),
  subject: fc.nat(20),
  figure: fc.nat(30),
  detail: fc.nat(30),
  waitMs: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(60)),
});
/** Each walk is checked after each of its dozens of steps, and others are drawn by every run of these tests. */
const walks = fc.array(choices, { minLength: 1, maxLength: 120, size: 'max' });

/** Plays a walk, and shows each step to `see`. */
function play(
  xx: XX,
  config: Configuration,
  walk: readonly Choice[],
  see: (played: TimedStimulus, decisions: Decision[]) => void,
): void {
  xx.reset(config);
  for (const choice of walk) {
    const next = stimulusFrom(config, xx.state, choice);
    see(next, xx.step(next.at, next.stimulus));
  }
}

describe('the walks of these tests', () => {
  test('meet every stimulus and every decision', () => {
    const met = new Set<string>();
    const samples = fc.sample(fc.tuple(configurations, walks), { numRuns: 300, seed: 1 });
    for (const [config, walk] of samples) {
      play(createXX(), config, walk, ({ stimulus }, decisions) => {
        met.add(stimulus.type);
        for (const decision of decisions) met.add(decision.type === 'kill' ? decision.reason : decision.type);
      });
    }
    const kills = ['memory', 'exceeds-machine', 'attempts'];
    const decisionTypes = DECISION_TYPES.filter((type) => type !== 'kill');
    expect(met).toEqual(new Set<string>([...STIMULUS_TYPES, ...decisionTypes, ...kills]));
  });
});

describe('before every step of XX', () => {
  test.prop([configurations, walks], { numRuns: 30 })(
    'anybody may be prefetched, whether live or not, which changes nothing',
    (config, walk) => {
      const xx = createXX();
      let onMachines = 0;
      play(xx, config, walk, () => {
        const before = structuredClone(xx.state);
        const used = (xx.state.usedIds.ends.at(-1) ?? 0) + 1;
        xx.prefetch!([-1, ...Array.from({ length: used + 1 }, (_, id) => id)]);
        assert.deepEqual(xx.state, before);
        onMachines += xx.state.machines.reduce((sum, { live }) => sum + live, 0);
      });
      fc.pre(onMachines > 0);
    },
  );
});

describe('after every step of XX', () => {
  test.prop([configurations, walks], { numRuns: 30 })('every machine is quiet', (config, walk) => {
    const xx = createXX();
    play(xx, config, walk, () => {
      const view = xx.inspect();
      for (let machine = 0; machine < view.machines.length; machine++) checkMachine(config, view, machine);
    });
  });

  test.prop([configurations, walks], { numRuns: 30 })('the idle lists are true', (config, walk) => {
    const xx = createXX();
    play(xx, config, walk, () => {
      for (const machine of xx.inspect().machines) checkIdleList(config, machine);
      checkHeaps(xx.state);
    });
  });

  test.prop([configurations, walks], { numRuns: 30 })(
    'the sums and links are what they would be if formed anew',
    (config, walk) => {
      const xx = createXX();
      play(xx, config, walk, () => checkBookkeeping(xx.state));
    },
  );

  test.prop([configurations, walks], { numRuns: 30 })(
    'every id is throttled, ended or live, and only one of them',
    (config, walk) => {
      const xx = createXX();
      const over = new Set<number>();
      const came: number[] = [];
      play(xx, config, walk, ({ stimulus }, decisions) => {
        if (stimulus.type === 'submit' || stimulus.type === 'call') came.push(stimulus.id);
        for (const decision of decisions) {
          if (!['throttle', 'complete', 'kill'].includes(decision.type)) continue;
          const { id } = decision as { id: number };
          assert(!over.has(id));
          over.add(id);
        }
        const live = xx.inspect().invocations.map(({ id }) => id);
        const accounted = [...over, ...live].sort((a, b) => a - b);
        assert.deepEqual(accounted, came);
      });
    },
  );

  test.prop([configurations, walks], { numRuns: 30 })(
    'nobody waited for has a lower class than who waits',
    (config, walk) => {
      const xx = createXX();
      play(xx, config, walk, () => {
        const { invocations } = xx.inspect();
        for (const { callee, class: callerClass } of invocations) {
          if (callee !== null) {
            assert(invocations.find(({ id }) => id === callee)!.class >= callerClass);
          }
        }
      });
    },
  );
});

describe('the two ways to run XX', () => {
  test.prop([configurations, walks], { numRuns: 40 })(
    'take the same decisions to the same states',
    (config, walk) => {
      const direct = createXX();
      const recording = createXX({ mode: 'immer' });
      recording.reset(config);
      play(direct, config, walk, ({ at, stimulus }, decisions) => {
        expect(JSON.stringify(recording.step(at, stimulus))).toBe(JSON.stringify(decisions));
        expect(recording.state).toEqual(direct.state);
      });
    },
  );

  test.prop([configurations, walks], { numRuns: 30 })(
    'leave a history that no later step changes',
    (config, walk) => {
      const recording = createXX({ mode: 'immer' });
      const copies: ReadonlyXXState[] = [];
      play(recording, config, walk, () => copies.push(structuredClone(recording.state)));
      expect(recording.history.slice(1).map(({ state }) => state)).toEqual(copies);
      let rebuilt = recording.history[0]!.state;
      for (const { state, patches } of recording.history) {
        rebuilt = applyPatches(rebuilt, patches as Patch[]);
        expect(rebuilt).toEqual(state);
      }
    },
  );

  test.prop([configurations, walks, fc.constantFrom('direct', 'immer')], { numRuns: 30 })(
    'go on from a restored state as they went on before',
    (config, walk, mode) => {
      const first = createXX({ mode });
      const second = createXX({ mode });
      second.reset(config);
      play(first, config, walk, ({ at, stimulus }, decisions) => {
        expect(second.step(at, stimulus)).toEqual(decisions);
        second.restore(first.state);
      });
    },
  );
});

describe('a stimulus that is refused', () => {
  const wild = fc.oneof(
    fc.nat(4),
    fc.integer({ min: -2, max: 40 }),
    fc.constantFrom(0.5, 2 ** 53, Number.NaN),
  );
  const wildStimuli: fc.Arbitrary<Stimulus> = fc
    .tuple(
      fc.constantFrom('boot', 'submit', 'call', 'turn', 'resize', 'finish'),
      fc.constantFrom('antagonist', 'join', 'drain', 'crash', 'restart', 'tick', 'paged'),
      fc.boolean(),
      fc.array(wild, { minLength: 9, maxLength: 9 }),
    )
    .map(([first, second, takesFirst, [id, tenant, shard, caller, demand, machine, memory, cores, swap]]) => {
      const fields = {
        id,
        tenant,
        shard,
        caller,
        demand,
        machine,
        memory,
        cores,
        swap,
        class: tenant,
        ram: memory,
      };
      return { type: takesFirst ? first : second, function: 'f', ...fields } as unknown as Stimulus;
    });

  test('says why in one line and leaves the state as it was', () => {
    const refused = { direct: 0, immer: 0 };
    const wildSteps = fc.array(fc.tuple(wildStimuli, fc.integer({ min: -3, max: 3 })));
    const anyWildSteps = fc.property(configurations, walks, wildSteps, (config, walk, steps) => {
      for (const mode of ['direct', 'immer'] as const) {
        const xx = createXX({ mode });
        play(xx, config, walk.slice(0, 30), () => {});
        for (const [stimulus, wait] of steps) {
          const before = structuredClone(xx.state);
          try {
            xx.step(before.now + wait, stimulus);
          } catch (error) {
            expect(error).toBeInstanceOf(ImpossibleStimulus);
            expect((error as Error).message).toMatch(/^[^\n]+: [^\n]+$/);
            expect(xx.state).toEqual(before);
            refused[mode]++;
          }
        }
      }
    });
    fc.assert(anyWildSteps);
    expect(refused.direct).toBeGreaterThan(50);
    expect(refused.immer).toBe(refused.direct);
  });
});

/** The obligations of a machine, read word by word from the rules and so without any of the shortcuts. */
function checkMachine({ paging }: Configuration, view: XXView, index: number): void {
  const machine = view.machines[index]!;
  const byId = new Map(view.invocations.map((invocation) => [invocation.id, invocation]));
  const live = machine.arrivalOrder.map((id) => byId.get(id)!);
  if (machine.status === 'down') assert.equal(live.length, 0);
  if (machine.status === 'draining') assert.notEqual(live.length, 0);
  if (paging !== undefined) return checkPaging(paging, machine, live);
  const demand = sum(live.map((each) => each.demand));
  const resident = sum(live.map((each) => each.resident));
  const limit = machine.usableRam + machine.swap;
  assert(resident <= machine.usableRam);
  assert(demand - resident <= machine.swap);
  for (const each of live) assert(each.demand <= Math.min(machine.ram, limit));
  const runs = live.filter(({ phase }) => phase === 'running');
  for (const each of runs) assert.equal(each.resident, each.demand);
  assert.deepEqual(runs.map(({ id }) => id).sort(), idsOf(willRunLiterally(machine, live)));
}

/** The same where paging takes time. */
function checkPaging({ reserve }: Paging, machine: MachineView, live: readonly InvocationView[]): void {
  const { usableRam, ram, transfer } = machine;
  const transferMb = transfer?.mb ?? 0;
  const dyingMb = transfer?.kind === 'dying' ? transferMb : 0;
  for (const { id, demand, resident, fresh, incoming, outgoing } of live) {
    assert(Math.min(fresh, resident - incoming - outgoing, demand - resident - fresh) >= 0);
    assert.equal(incoming, transfer?.kind === 'in' && transfer.owner === id ? transferMb : 0);
    assert.equal(outgoing, transfer?.kind === 'out' && transfer.owner === id ? transferMb : 0);
  }
  const held = sum(live.map(({ resident }) => resident)) + dyingMb;
  const ofOwner = transferMb - dyingMb;
  const inSwap = sum(live.map((each) => each.demand - each.resident - each.fresh)) + ofOwner + dyingMb;
  assert(held <= (transfer === null ? usableRam : ram));
  assert(inSwap <= machine.swap);
  const limit = usableRam + Math.max(0, machine.swap - reserve);
  assert(sum(live.map(({ demand }) => demand)) <= limit);
  for (const { demand } of live) assert(demand <= Math.min(ram, limit));

  const will = willRunLiterally(machine, live);
  const others = live.filter((each) => !will.includes(each));
  const over = sum(will.map(({ demand }) => demand)) + sum(others.map(kept)) - usableRam;
  const isRunnable = ({ phase }: InvocationView) => phase !== 'blocked';
  // From the lowest up: arrived last, blocked, of a low class; and before them those that are too large for RAM.
  const fromTheLowest = others
    .toReversed()
    .sort((a, b) => a.class - b.class || Number(isRunnable(a)) - Number(isRunnable(b)))
    .filter((each) => each.resident - each.incoming - each.outgoing > 0);
  const isTooLarge = ({ demand }: InvocationView) => demand > usableRam;
  const order = [...fromTheLowest.filter(isTooLarge), ...fromTheLowest.filter((each) => !isTooLarge(each))];
  const victims: InvocationView[] = [];
  for (let due = over; due > 0 && victims.length < order.length; ) {
    const next = order[victims.length]!;
    victims.push(next);
    due -= next.resident - next.incoming - next.outgoing;
  }
  const run = will.filter(isWhole);
  const fillers = others
    .filter((each) => isRunnable(each) && isWhole(each) && !victims.includes(each))
    .sort((a, b) => b.class - a.class)
    .slice(0, machine.cores - run.length);
  const runs = live.filter(({ phase }) => phase === 'running');
  assert.deepEqual(idsOf(runs), idsOf([...run, ...fillers]));

  let share = Math.max(0, usableRam - held);
  for (const each of will) {
    assert(each.fresh === 0 || share < 1);
    share -= each.demand - kept(each);
  }
  if (transfer === null) assert(over <= 0 && will.every(isWhole));
}

/** What one will have in RAM when the disk is done, in MB. */
function kept({ resident, outgoing }: InvocationView): number {
  return resident - outgoing;
}

function isWhole({ demand, resident, incoming, outgoing }: InvocationView): boolean {
  return resident - incoming - outgoing === demand;
}

function idsOf(views: readonly InvocationView[]): number[] {
  return views.map(({ id }) => id).sort();
}

function willRunLiterally(machine: MachineView, live: readonly InvocationView[]): InvocationView[] {
  const awake = live.filter(({ phase }) => phase !== 'blocked');
  // Sorting is stable, so arrival order stays within a class.
  awake.sort((a, b) => b.class - a.class);
  const taken: InvocationView[] = [];
  for (const each of awake) {
    if (taken.length === machine.cores) break;
    const takenMb = sum(taken.map(({ demand }) => demand));
    const above = live.filter((other) => other.class > each.class && !taken.includes(other));
    const aboveMb = sum(above.filter(({ demand }) => demand <= machine.usableRam).map(kept));
    if (each.demand <= machine.usableRam - takenMb - aboveMb) taken.push(each);
  }
  return taken;
}

function checkIdleList({ idle }: Configuration, machine: MachineView): void {
  const available = Math.max(0, machine.usableRam - machine.demand);
  if (machine.listed === null) {
    assert(machine.status !== 'up' || available < idle.enter);
    return;
  }
  assert.equal(machine.status, 'up');
  assert(available >= idle.leave);
  assert(Math.abs(available - machine.listed.available) < idle.memoryDrift);
  const functionsOff = Math.abs(machine.arrivalOrder.length - machine.listed.functions);
  assert(functionsOff < idle.functionsDrift);
}

function checkHeaps(state: ReadonlyXXState): void {
  for (const [shard, { idle }] of state.shards.entries()) {
    for (const [position, machine] of idle.entries()) {
      const entry = state.entries[machine]!;
      assert(entry.machine === machine && entry.position === position);
      assert.equal(state.machines[machine]!.listedOn, shard);
      const parent = state.entries[idle[(position - 1) >> 1] ?? machine]!;
      assert(!referencePolicies.listedBefore(entry, parent));
    }
  }
}

function checkBookkeeping(state: ReadonlyXXState): void {
  const up = state.machines.flatMap(({ status }, id) => (status === 'up' ? [id] : []));
  assert.deepEqual(state.up, up);
  for (const [id, machine] of state.machines.entries()) {
    const live = [...machine.runnable, ...machine.blocked].map((slot) => state.invocations[slot]!);
    assert.equal(machine.live, live.length);
    assert.equal(machine.demand, sum(live.map(({ demand }) => demand)));
    assert.equal(machine.resident, sum(live.map(({ resident }) => resident)));
    if (machine.disk !== null) assert.equal(machine.disk.freshMb, sum(live.map(({ fresh }) => fresh)));
    const running = machine.runnable.filter((slot) => state.invocations[slot]!.phase === 'running');
    assert.equal(machine.running, running.length);
    assert(live.every((each) => each.machine === id));
    for (const ranked of [machine.runnable, machine.blocked]) {
      const kept = ranked.map((slot) => state.invocations[slot]!);
      const sorted = [...kept].sort((a, b) => b.class - a.class || a.ticket - b.ticket);
      assert.deepEqual(kept, sorted);
      for (const slot of ranked) {
        const { priority, ticket } = state.invocations[slot]!;
        assert.deepEqual(state.ranks.slice(2 * slot, 2 * slot + 2), [priority, ticket]);
      }
    }
  }
  for (const slot of slotsIn(state.slots)) {
    const invocation = state.invocations[slot]!;
    const { caller, callee } = invocation;
    assert.equal(slotOf(state.slots, invocation.id), slot);
    assert.equal(callee !== NONE, invocation.phase === 'blocked');
    if (callee !== NONE) assert.equal(state.invocations[callee]!.caller, slot);
    if (caller !== NONE) assert.equal(state.invocations[caller]!.callee, slot);
  }
  assert.equal(state.slots.size + state.freeSlots.length, state.invocations.length);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
