import { describe, expect, test } from 'vitest';
import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { createXX } from './xx.ts';

/** One machine of one core, 10 MB RAM and 10 MB swap, classes at 1 and 4; nothing is ever listed unless asked for. */
function cluster(changes: Partial<Configuration> = {}): Configuration {
  return {
    classes: [
      { name: 'low', price: 1 },
      { name: 'high', price: 4 },
    ],
    memoryPrice: 0,
    machines: [{ cores: 1, ram: 10, swap: 10 }],
    shards: 1,
    kMachines: 9,
    kShards: 9,
    initialMemory: 1,
    idle: { enter: 1000, leave: 0, memoryDrift: 1, functionsDrift: 1 },
    maxAttempts: 2,
    seed: 0,
    tenants: [{ budget: null }],
    ...changes,
  };
}

const LOW = 0;
const HIGH = 1;

/** A cluster that has booted, and shorthands for what happens to it, which answer with the decisions. */
function start(config: Configuration) {
  const xx = createXX();
  xx.reset(config);
  const happens = (stimulus: Stimulus, at = xx.state.now): Decision[] => xx.step(at, stimulus);
  const submit = (id: number, classIndex: number, at?: number) =>
    happens({ type: 'submit', id, tenant: 0, function: 'f', class: classIndex, shard: 0 }, at);
  const turn = (at?: number) => happens({ type: 'turn', shard: 0 }, at);
  happens({ type: 'boot' });
  return {
    happens,
    submit,
    turn,
    place: (id: number, classIndex: number) => [...submit(id, classIndex), ...turn()],
    call: (caller: number, id: number, classIndex: number) =>
      happens({ type: 'call', caller, id, function: 'g', class: classIndex, shard: 0 }),
    finish: (id: number, at?: number) => happens({ type: 'finish', id }, at),
    resize: (id: number, demand: number, at?: number) => happens({ type: 'resize', id, demand }, at),
    crash: (machine: number, at?: number) => happens({ type: 'crash', machine }, at),
    inspect: (id: number) => xx.inspect().invocations.find((each) => each.id === id),
    machine: (id: number) => xx.inspect().machines[id],
    spent: () => xx.inspect().tenants[0]?.spent,
    /** Expects a refusal that leaves the state as it was. */
    unchanged(act: () => unknown, message: string | RegExp): void {
      const before = structuredClone(xx.state);
      expect(act).toThrow(ImpossibleStimulus);
      expect(act).toThrow(message);
      expect(xx.state).toEqual(before);
    },
  };
}

const noBill = { cpuMs: 0, mbMs: 0, cost: 0 };
const single = { cores: 1, ram: 10, swap: 10 };
const dual = { cores: 2, ram: 10, swap: 10 };
const twoMachines = { machines: [single, single] };

/** Caller 0 is blocked on machine 0 and its callee 1 runs on machine 1. */
function callAcross(changes: Partial<Configuration> = {}, callerClass = LOW) {
  const cast = start(cluster({ ...twoMachines, ...changes }));
  cast.place(0, callerClass);
  cast.call(0, 1, LOW);
  cast.turn();
  return cast;
}

describe('a crash', () => {
  test('forgets who waited for whom among those lost, and queues each again in id order', () => {
    const { place, call, turn, crash, inspect } = start(cluster());
    place(9, LOW);
    call(9, 6, LOW);
    turn();
    place(3, LOW);
    const again = { type: 'enqueue', shard: 0, class: LOW, degraded: false };
    expect(crash(0, 5)).toEqual([3, 6, 9].map((id) => ({ ...again, id })));
    for (const id of [3, 6, 9]) {
      const lost = { phase: 'queued', enqueuedAt: 5, attempt: 2, demand: 0, caller: null, callee: null };
      expect(inspect(id)).toMatchObject(lost);
    }
  });

  test('lets a caller elsewhere wait for the new attempt, whose bill leaves out the lost one', () => {
    const { crash, turn, finish, inspect } = callAcross();
    expect(crash(1, 5)).toEqual([{ type: 'enqueue', id: 1, shard: 0, class: LOW, degraded: false }]);
    expect(inspect(0)).toMatchObject({ phase: 'blocked', callee: 1 });
    turn(7);
    expect(finish(1, 10)).toEqual([
      { type: 'complete', id: 1, bill: { cpuMs: 3, mbMs: 3, cost: 3 } },
      { type: 'wake', id: 0, outcome: 'ok' },
      { type: 'start', id: 0 },
    ]);
  });

  test('kills after the last attempt at no charge, and wakes the caller at once', () => {
    const { crash } = callAcross({ maxAttempts: 1 });
    expect(crash(1, 5)).toEqual([
      { type: 'kill', id: 1, reason: 'attempts', bill: noBill },
      { type: 'wake', id: 0, outcome: 'failed' },
      { type: 'start', id: 0 },
    ]);
  });

  test('makes an orphan of a callee elsewhere, which keeps its class and wakes nobody', () => {
    const { crash, finish, inspect } = callAcross({}, HIGH);
    crash(0, 5);
    expect(inspect(1)).toMatchObject({ phase: 'running', class: HIGH, caller: null });
    expect(finish(1, 6)).toEqual([{ type: 'complete', id: 1, bill: { cpuMs: 6, mbMs: 6, cost: 24 } }]);
    expect(inspect(0)).toMatchObject({ phase: 'queued', callee: null });
  });
});

describe('a kill', () => {
  test('takes one that can never fit first, and alone: its neighbours live', () => {
    const { place, resize } = start(cluster());
    place(0, LOW);
    place(1, HIGH);
    expect(resize(1, 11, 2)).toEqual([
      { type: 'kill', id: 1, reason: 'exceeds-machine', bill: { cpuMs: 2, mbMs: 2, cost: 8 } },
      { type: 'start', id: 0 },
    ]);
  });

  test('takes the lowest when all together exceed RAM plus swap, of one class the blocked one', () => {
    const { place, call, turn, resize, finish } = start(
      cluster({ machines: [{ cores: 1, ram: 3, swap: 0 }] }),
    );
    place(0, LOW);
    resize(0, 2);
    call(0, 1, LOW);
    turn();
    expect(resize(1, 2)).toEqual([{ type: 'kill', id: 0, reason: 'memory', bill: noBill }]);
    expect(finish(1)).toEqual([{ type: 'complete', id: 1, bill: noBill }]);
  });
});

describe('memory', () => {
  test('is taken first from one that is larger than the RAM that an antagonist leaves', () => {
    const { place, resize, happens } = start(cluster());
    place(0, LOW);
    resize(0, 4);
    expect(place(1, HIGH).slice(-2)).toEqual([
      { type: 'preempt', id: 0 },
      { type: 'start', id: 1 },
    ]);
    resize(1, 5);
    expect(happens({ type: 'antagonist', machine: 0, memory: 6 })).toEqual([
      { type: 'preempt', id: 1 },
      { type: 'pageOut', id: 1, memory: 5 },
      { type: 'start', id: 0 },
    ]);
    expect(happens({ type: 'antagonist', machine: 0, memory: 99 })).toEqual([
      { type: 'preempt', id: 0 },
      { type: 'pageOut', id: 0, memory: 4 },
    ]);
    expect(happens({ type: 'antagonist', machine: 0, memory: 0 })).toEqual([
      { type: 'pageIn', id: 1, memory: 5 },
      { type: 'start', id: 1 },
    ]);
  });

  test('is taken from a larger one of a higher class before it is taken from the lowest', () => {
    const { place, call, turn, resize, happens } = start(cluster());
    place(1, HIGH);
    resize(1, 6);
    place(2, LOW);
    call(1, 0, HIGH);
    turn();
    resize(0, 2);
    const squeezed = happens({ type: 'antagonist', machine: 0, memory: 5 });
    expect(squeezed).toEqual([{ type: 'pageOut', id: 1, memory: 4 }]);
  });

  test('of one that is blocked and too large does not keep a lower one from running', () => {
    const { place, call, resize, happens, inspect } = start(cluster({ machines: [dual] }));
    place(0, HIGH);
    resize(0, 6);
    place(1, LOW);
    resize(1, 4);
    call(0, 2, HIGH);
    const squeezed = happens({ type: 'antagonist', machine: 0, memory: 5 });
    expect(squeezed).toEqual([{ type: 'pageOut', id: 0, memory: 5 }]);
    expect(inspect(1)?.phase).toBe('running');
  });

  test('of one that is passed over is kept from lower classes, which do not run in it', () => {
    const { place, resize } = start(cluster({ machines: [dual] }));
    place(0, HIGH);
    resize(0, 5);
    place(1, HIGH);
    resize(1, 5);
    place(2, LOW);
    expect(resize(0, 6)).toEqual([
      { type: 'preempt', id: 1 },
      { type: 'pageOut', id: 1, memory: 1 },
    ]);
  });

  test('is never taken from a blocked function for one of a lower class', () => {
    const { place, call, resize, inspect } = start(cluster({ machines: [dual] }));
    place(0, HIGH);
    resize(0, 6);
    place(1, LOW);
    call(0, 2, HIGH);
    expect(resize(1, 5)).toEqual([
      { type: 'preempt', id: 1 },
      { type: 'pageOut', id: 1, memory: 1 },
    ]);
    expect(inspect(0)).toMatchObject({ phase: 'blocked', resident: 6 });
  });
});

describe('machines that come and go', () => {
  test('place nothing while none is up, and forget nothing', () => {
    const { place, submit, turn, happens, finish, machine, inspect } = start(cluster());
    place(0, LOW);
    happens({ type: 'antagonist', machine: 0, memory: 3 });
    happens({ type: 'drain', machine: 0 });
    submit(1, LOW);
    expect(turn()).toEqual([]);
    expect(inspect(1)?.phase).toBe('queued');
    expect(machine(0)).toMatchObject({ status: 'draining' });
    finish(0);
    expect(machine(0)).toMatchObject({ status: 'down' });
    happens({ type: 'join', machine: 0, cores: 2, ram: 7, swap: 1 });
    expect(machine(0)).toMatchObject({ status: 'up', cores: 2, ram: 7, swap: 1, usableRam: 7 });
    expect(turn()).toEqual([
      { type: 'place', id: 1, shard: 0, machine: 0, via: 'poll', polled: [0] },
      { type: 'start', id: 1 },
    ]);
  });

  test('are down at once when they are empty as they drain', () => {
    const { happens, machine } = start(cluster());
    expect(happens({ type: 'drain', machine: 0 })).toEqual([]);
    expect(machine(0)).toMatchObject({ status: 'down' });
  });

  test('are listed anew after a restart only with enough available to enter', () => {
    const idle = { enter: 6, leave: 2, memoryDrift: 99, functionsDrift: 99 };
    const { place, resize, happens } = start(cluster({ ...twoMachines, idle }));
    place(0, LOW);
    expect(resize(0, 7)).toEqual([]);
    expect(happens({ type: 'restart', shard: 0 })).toEqual([
      { type: 'list', machine: 1, shard: 0, available: 10, functions: 0, polled: [0] },
    ]);
  });

  test('share a burst, since a shard counts its own placements', () => {
    const idle = { enter: 1, leave: 0, memoryDrift: 99, functionsDrift: 99 };
    const { submit, turn } = start(cluster({ ...twoMachines, idle }));
    const machines = [0, 1, 2, 3].map((id) => {
      submit(id, LOW);
      return turn().find(({ type }) => type === 'place');
    });
    expect(machines).toMatchObject([{ machine: 0 }, { machine: 1 }, { machine: 0 }, { machine: 1 }]);
  });
});

describe('a budget', () => {
  const tenants = [{ budget: 100, period: 100, burstPercent: 9 }];

  test('degrades ahead of pace, throttles when spent, and begins anew with the period', () => {
    const { place, submit } = start(cluster({ tenants }));
    place(0, HIGH);
    const answers = [3, 4, 24, 25, 99, 100].map((at) => submit(at, HIGH, at)[0]);
    const enqueued = { type: 'enqueue', shard: 0 };
    expect(answers).toEqual([
      { ...enqueued, id: 3, class: HIGH, degraded: false },
      { ...enqueued, id: 4, class: LOW, degraded: true },
      { ...enqueued, id: 24, class: LOW, degraded: true },
      { type: 'throttle', id: 25 },
      { type: 'throttle', id: 99 },
      { ...enqueued, id: 100, class: HIGH, degraded: false },
    ]);
  });

  test('passes on to callees that the chain is degraded, and throttles none of them', () => {
    const { place, submit, turn, finish, call } = start(cluster({ tenants }));
    place(0, HIGH);
    submit(1, HIGH, 20);
    turn();
    finish(0, 25);
    expect(submit(2, LOW)).toEqual([{ type: 'throttle', id: 2 }]);
    expect(call(1, 3, HIGH)).toEqual([{ type: 'enqueue', id: 3, shard: 0, class: LOW, degraded: true }]);
  });
});

describe('a turn', () => {
  test('compares price × wait exactly, beyond the safe integers too', () => {
    const classes = [94906267, 94906268].map((price) => ({ name: String(price), price }));
    const { submit, turn } = start(cluster({ classes }));
    submit(0, LOW, 0);
    submit(1, HIGH, 1);
    // 94906267 · 94906267 is one more than 94906268 · 94906266, and the same as a floating-point number.
    expect(turn(94906267)[0]).toMatchObject({ type: 'place', id: 0 });
  });

  test('places the higher class on a tie', () => {
    const { submit, turn } = start(cluster());
    submit(0, LOW, 0);
    submit(1, HIGH, 3);
    expect(turn(4)[0]).toMatchObject({ type: 'place', id: 1 });
  });
});

describe('a sum beyond the safe integers is refused, and nothing changes:', () => {
  const MAX = Number.MAX_SAFE_INTEGER;

  test('the demand on a machine when one grows', () => {
    const { place, resize, unchanged } = start(cluster({ machines: [{ cores: 2, ram: MAX, swap: MAX }] }));
    place(0, LOW);
    place(1, LOW);
    unchanged(() => resize(0, MAX), /^resize 0: demand 9007199254740991, with the 1 MB of the others/);
    expect(() => resize(0, MAX - 1)).not.toThrow();
  });

  test('the demand on a machine when one is placed', () => {
    const machines = Array.from({ length: 5 }, () => ({ cores: 1, ram: MAX, swap: MAX }));
    // Full machines are on no list, so that two of them are polled, and who was drawn must be forgotten.
    const idle = { enter: MAX, leave: 1, memoryDrift: 1, functionsDrift: 1 };
    const { submit, turn, unchanged } = start(cluster({ machines, idle, initialMemory: MAX, kMachines: 2 }));
    for (let id = 0; id < 30; id++) submit(id, LOW);
    let placed = 0;
    expect(() => {
      for (; placed < 30; placed++) turn();
    }).toThrow(
      /^at 0: placing invocation \d+ takes the demand on machine \d from 9007199254740991 MB beyond/,
    );
    expect(placed).toBeGreaterThan(1);
    unchanged(turn, /^at 0: placing/);
  });

  test('a bill, even though the time could pass', () => {
    const { place, finish, happens, unchanged } = start(cluster({ memoryPrice: MAX }));
    place(0, LOW);
    happens({ type: 'tick' }, 1);
    unchanged(
      () => finish(0),
      /^at 1: invocation 0 ends with a bill whose cost is about 90071992547409\d\d,/,
    );
    happens({ type: 'tick' }, 2);
  });

  test('a spending, at the end of a period too', () => {
    const tenants = [{ budget: MAX, period: 10, burstPercent: 0 }];
    const classes = [{ name: 'dear', price: Math.floor(MAX / 9) }];
    const { place, happens, unchanged } = start(cluster({ classes, tenants }));
    place(0, 0);
    unchanged(
      () => happens({ type: 'tick' }, 10),
      /^at 10: the spending of tenant 0 has left the safe integers/,
    );
    happens({ type: 'tick' }, 9);
    unchanged(() => happens({ type: 'tick' }, 11), /^at 11: the spending of tenant 0/);
  });

  test('a spending, in a period that has not begun', () => {
    const tenants = [{ budget: MAX, period: 10, burstPercent: 0 }];
    const classes = [{ name: 'dear', price: Math.floor(MAX / 9) }];
    const { submit, turn, happens, unchanged } = start(cluster({ classes, tenants }));
    submit(0, 0, 9);
    turn();
    happens({ type: 'tick' }, 19);
    unchanged(() => happens({ type: 'tick' }, 20), /^at 20: the spending of tenant 0/);
  });
});

describe('spending stays exact when the rate passes through the unsafe integers within one ms,', () => {
  const MAX = Number.MAX_SAFE_INTEGER;
  const tenants = [{ budget: MAX, period: 1000, burstPercent: 100 }];

  test('by prices', () => {
    const classes = [{ name: 'dearest', price: MAX }];
    const machines = [{ cores: 3, ram: 10, swap: 10 }];
    const { place, finish, happens, spent } = start(cluster({ classes, machines, tenants }));
    for (const id of [0, 1, 2]) place(id, 0);
    finish(1);
    finish(2);
    happens({ type: 'tick' }, 1);
    expect(spent()).toBe(MAX);
  });

  test('by memory', () => {
    const { place, resize, call, happens, spent } = start(cluster({ memoryPrice: MAX, tenants }));
    place(0, LOW);
    for (const demand of [4, 3, 1]) resize(0, demand);
    call(0, 1, LOW);
    happens({ type: 'tick' }, 1);
    expect(spent()).toBe(MAX);
  });
});

describe('what is not possible is refused with its cause:', () => {
  const refusals: [stimulus: Stimulus, message: string][] = [
    [{ type: 'boot' }, 'boot: the cluster has booted already'],
    [{ type: 'finish', id: 1 }, 'finish 1: invocation 1 is ready, and only a running one can finish'],
    [{ type: 'finish', id: 3 }, 'finish 3: invocation 3 has ended'],
    [{ type: 'finish', id: 8 }, 'finish 8: there is no invocation 8'],
    [
      { type: 'resize', id: 2, demand: 2 },
      'resize 2: invocation 2 is queued, and only a running one can change its size',
    ],
    [{ type: 'resize', id: 0, demand: 0 }, 'resize 0: demand 0 is not a safe integer of at least 1'],
    [
      { type: 'submit', id: 3, tenant: 0, function: 'f', class: 0, shard: 0 },
      'submit 3: id 3 was used before, and an id is used once',
    ],
    [
      { type: 'submit', id: 4, tenant: 7, function: 'f', class: 0, shard: 0 },
      'submit 4: there is no tenant 7; they go from 0 to 0',
    ],
    [{ type: 'turn', shard: 1 }, 'turn 1: there is no shard 1; they go from 0 to 0'],
    [{ type: 'crash', machine: 1 }, 'crash 1: machine 1 is down, and has to be up or draining'],
    [
      { type: 'join', machine: 0, cores: 1, ram: 1, swap: 0 },
      'join 0: machine 0 is up; one that is down, or the next new one, 2, can join',
    ],
  ];

  for (const [stimulus, message] of refusals) {
    test(message, () => {
      const { submit, turn, place, finish, happens, unchanged } = start(cluster(twoMachines));
      happens({ type: 'drain', machine: 1 });
      place(3, LOW);
      finish(3);
      place(0, HIGH);
      submit(1, LOW);
      turn();
      submit(2, LOW);
      unchanged(() => happens(stimulus), message);
    });
  }

  test('a first stimulus that is not boot, and a time before the last', () => {
    const xx = createXX();
    xx.reset(cluster());
    expect(() => xx.step(0, { type: 'tick' })).toThrow('tick: the first stimulus is always boot');
    xx.step(5, { type: 'boot' });
    expect(() => xx.step(4, { type: 'tick' })).toThrow(
      'at 4: time never decreases, and the step before was at 5',
    );
  });
});
