import { describe, expect, test } from 'vitest';
import { drainingStimulus } from '../properties/play/drain.ts';
import { impossibleStimuli } from '../properties/play/impossible.ts';
import { everywhere } from '../properties/testing/wander.ts';
import { STIMULUS_TYPES, type Stimulus } from './alphabet.ts';
import { Model } from './model.ts';
import {
  addInvocation,
  addMachine,
  enterAvailability,
  enterPhase,
  initialState,
  type State,
} from './state.ts';
import {
  countHearingInvocations,
  countHearingMachines,
  hearingInvocation,
  hearingMachine,
  impossibility,
} from './stimuli.ts';
import { AVAILABILITY, availabilityTable, candidatesOf, EVENT, invocationTable, PHASE } from './table.ts';
import {
  accept,
  allocate,
  antagonist,
  arrives,
  boot,
  call,
  cluster,
  complete,
  crash,
  drain,
  enqueue,
  finish,
  join,
  LOW,
  paged,
  pageOut,
  polls,
  preempt,
  resize,
  restart,
  start,
  story,
  submit,
  tick,
  turn,
} from './testing.ts';
import { eachId, isUsed } from './used-ids.ts';

const SIZE = { cores: 1, ram: 10, swap: 5 };
const INVOCATION_STIMULI = ['call', 'resize', 'finish'] as const;
const MACHINE_STIMULI = ['antagonist', 'join', 'drain', 'crash'] as const;

/** At 10 ms: 1 runs, 2 is ready, 3 queued, 5 has ended, 6 is blocked; machine 0 is up, 1 draining, 2 down. */
const { state } = accept(
  story(
    cluster({ machines: [SIZE, SIZE, SIZE] }),
    ...arrives(0, 5, LOW, start(5)),
    [0, finish(5), complete(5)],
    ...arrives(0, 1, LOW, start(1)),
    ...arrives(0, 2, LOW),
    [0, submit(6, LOW), enqueue(6, LOW)],
    [0, turn(), polls(6, 1), start(6)],
    [0, call(6, 3, LOW), enqueue(3, LOW)],
    [0, drain(1)],
    [0, drain(2)],
    [10, tick],
  ),
);

/** Where paging takes time: 1 MB of 1 is on their way to swap. */
const inTime = accept(
  story(
    cluster({ initialMemory: 3, paging: { chunk: 2, reserve: 1 } }),
    [0, submit(1, LOW), enqueue(1, LOW)],
    [0, turn(), polls(1, 0), allocate(1, 3), start(1)],
    [0, antagonist(0, 8), preempt(1), pageOut(1, 1)],
  ),
).state;

const UNSAFE = 2 ** 53;

const impossible: readonly (readonly [Stimulus, string])[] = [
  [boot, 'boot comes once, as the first step'],
  [submit(-1, LOW), '-1 is not an id'],
  [submit(0.5, LOW), '0.5 is not an id'],
  [submit(UNSAFE, LOW), '9007199254740992 is not an id'],
  [submit(1, LOW), 'the id 1 has been used before'],
  [submit(5, LOW), 'the id 5 has been used before'],
  [submit(9, LOW, 0, 1), 'there is no tenant 1; there are 1, from 0 to 0'],
  [submit(9, 3), 'there is no class 3; there are 3, from 0 to 2'],
  [submit(9, -1), 'there is no class -1; there are 3, from 0 to 2'],
  [submit(9, LOW, 1), 'there is no shard 1; there are 1, from 0 to 0'],
  [call(1, 5, LOW), 'the id 5 has been used before'],
  [call(1, 9, 3), 'there is no class 3; there are 3, from 0 to 2'],
  [call(1, 9, LOW, 1), 'there is no shard 1; there are 1, from 0 to 0'],
  [call(2, 9, LOW), 'invocation 2 is ready, and only a running one can call'],
  [call(3, 9, LOW), 'invocation 3 is queued, and only a running one can call'],
  [call(6, 9, LOW), 'invocation 6 is blocked, and only a running one can call'],
  [call(5, 9, LOW), 'invocation 5 has ended, and only a running one can call'],
  [call(9, 9, LOW), 'invocation 9 does not exist, and only a running one can call'],
  [turn(1), 'there is no shard 1; there are 1, from 0 to 0'],
  [turn(0.5), 'there is no shard 0.5; there are 1, from 0 to 0'],
  [resize(1, 0), 'demand 0 is not a whole number from 1 to 9007199254740991'],
  [resize(1, 1.5), 'demand 1.5 is not a whole number from 1 to 9007199254740991'],
  [resize(1, UNSAFE), 'demand 9007199254740992 is not a whole number from 1 to 9007199254740991'],
  [resize(2, 1), 'invocation 2 is ready, and only a running one can resize'],
  [resize(5, 1), 'invocation 5 has ended, and only a running one can resize'],
  [finish(6), 'invocation 6 is blocked, and only a running one can finish'],
  [finish(9), 'invocation 9 does not exist, and only a running one can finish'],
  [antagonist(0, -1), 'memory -1 is not a whole number from 0 to 9007199254740991'],
  [antagonist(0, Number.NaN), 'memory NaN is not a whole number from 0 to 9007199254740991'],
  [antagonist(2, 1), 'machine 2 is down, and cannot lose memory to an antagonist'],
  [antagonist(3, 1), 'there is no machine 3; there are 3, and the next unused id is 3'],
  [join(2, 0, 1, 0), 'cores 0 is not a whole number from 1 to 9007199254740991'],
  [join(2, 1, 0, 0), 'ram 0 is not a whole number from 1 to 9007199254740991'],
  [join(3, 1, 1, -1), 'swap -1 is not a whole number from 0 to 9007199254740991'],
  [join(0, 1, 1, 0), 'machine 0 is up, and cannot join'],
  [join(1, 1, 1, 0), 'machine 1 is draining, and cannot join'],
  [join(4, 1, 1, 0), 'there is no machine 4; there are 3, and the next unused id is 3'],
  [drain(1), 'machine 1 is draining, and cannot drain'],
  [drain(2), 'machine 2 is down, and cannot drain'],
  [drain(-1), 'there is no machine -1; there are 3, and the next unused id is 3'],
  [crash(2), 'machine 2 is down, and cannot crash'],
  [crash(3), 'there is no machine 3; there are 3, and the next unused id is 3'],
  [restart(1), 'there is no shard 1; there are 1, from 0 to 0'],
  [
    paged(0),
    'paged comes only where paging takes time; add "paging" with chunk and reserve to the configuration',
  ],
];

const possible: readonly Stimulus[] = [
  submit(0, LOW),
  call(1, 9, LOW),
  turn(),
  resize(1, 1),
  resize(1, UNSAFE - 1),
  finish(1),
  antagonist(0, 0),
  antagonist(1, UNSAFE - 1),
  join(2, 1, 1, 0),
  join(3, 9, 9, 9),
  drain(0),
  crash(0),
  crash(1),
  restart(0),
  tick,
];

describe('impossibility', () => {
  test.each(impossible.map(([stimulus, why]) => [JSON.stringify(stimulus), stimulus, why] as const))(
    'refuses %s',
    (_json, stimulus, why) => {
      expect(impossibility(state, 10, stimulus)).toBe(why);
    },
  );

  test('lets everything happen that names what there is', () => {
    expect(possible.map((stimulus) => impossibility(state, 10, stimulus))).toEqual(possible.map(() => null));
  });

  test('is tried with every stimulus, both ways where both are possible', () => {
    const types = (stimuli: readonly Stimulus[]) => new Set(stimuli.map(({ type }) => type));
    expect(types(impossible.map(([stimulus]) => stimulus))).toEqual(
      new Set(STIMULUS_TYPES.filter((type) => type !== 'tick')),
    );
    expect(types(possible)).toEqual(
      new Set(STIMULUS_TYPES.filter((type) => type !== 'boot' && type !== 'paged')),
    );
  });

  test('lets a transfer end that is in flight, and nothing else', () => {
    expect(impossibility(inTime, 0, paged(0))).toBeNull();
    expect(impossibility(inTime, 0, paged(1))).toBe('there is no machine 1; there are 1');
    const atRest = accept(story(cluster({ paging: { chunk: 2, reserve: 1 } }))).state;
    expect(impossibility(atRest, 0, paged(0))).toBe('nothing is in flight on machine 0');
  });

  test('refuses times that are none, or that lie before the last step', () => {
    expect([9, -1, 10.5, Number.NaN, UNSAFE].map((at) => impossibility(state, at, tick))).toEqual([
      'at 9 is earlier than the step before it, at 10',
      'at -1 is not a time in ms',
      'at 10.5 is not a time in ms',
      'at NaN is not a time in ms',
      'at 9007199254740992 is not a time in ms',
    ]);
    expect(impossibility(state, UNSAFE - 1, tick)).toBeNull();
  });

  test('lets nothing come before boot', () => {
    const fresh = new Model(cluster()).state;
    expect(impossibility(fresh, 0, boot)).toBeNull();
    expect(impossibility(fresh, 0, join(0, 1, 1, 0))).toBe(
      'join comes before boot, which must be the first step',
    );
  });

  test('calls all of those impossible that schedulers are offered to refuse', () => {
    const offered = impossibleStimuli(state);
    expect(offered.length).toBeGreaterThan(30);
    for (const { at, stimulus } of offered) {
      expect(impossibility(state, at, stimulus)).not.toBeNull();
    }
  });
});

describe('what may be named now', () => {
  test('is what is possible, and all of it, wherever the rules lead; the director chooses nothing else', () => {
    const seen = { draining: 0, invocations: 0, machines: 0 };
    everywhere(40, () => ({
      onStimulus({ state }, { at, stimulus }) {
        expect(impossibility(state, at, stimulus)).toBeNull();
        const last = drainingStimulus(state);
        if (typeof last !== 'string') {
          seen.draining++;
          expect(impossibility(state, state.now, last)).toBeNull();
        }
        const invocations = namedByInvocation(state);
        const machines = namedByMachine(state);
        expect(invocations).toEqual(possibleByInvocation(state));
        expect(machines).toEqual(possibleByMachine(state));
        seen.invocations += invocations.flat().length;
        seen.machines += machines.flat().length;
      },
    }));
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  });

  test('is nothing beyond the count', () => {
    expect(() => hearingInvocation(state, 'finish', 1)).toThrow(
      new RangeError('no invocation 1 hears finish'),
    );
    expect(() => hearingMachine(state, 'crash', 2)).toThrow(new RangeError('no machine 2 hears crash'));
  });
});

const ascending = (a: number, b: number) => a - b;

function namedByInvocation(state: State): number[][] {
  return INVOCATION_STIMULI.map((type) =>
    Array.from(
      { length: countHearingInvocations(state, type) },
      (_, index) => hearingInvocation(state, type, index).id,
    ).toSorted(ascending),
  );
}

function possibleByInvocation(state: State): number[][] {
  let unused = 0;
  while (isUsed(state.usedIds, unused)) unused++;
  const stimuli = {
    call: (id: number) => call(id, unused, LOW),
    resize: (id: number) => resize(id, 1),
    finish,
  };
  return INVOCATION_STIMULI.map((type) =>
    [...eachId(state.usedIds)]
      .filter((id) => impossibility(state, state.now, stimuli[type](id)) === null)
      .toSorted(ascending),
  );
}

function namedByMachine(state: State): number[][] {
  return MACHINE_STIMULI.map((type) =>
    Array.from(
      { length: countHearingMachines(state, type) },
      (_, index) => hearingMachine(state, type, index).id,
    ).toSorted(ascending),
  );
}

function possibleByMachine(state: State): number[][] {
  const stimuli = {
    antagonist: (id: number) => antagonist(id, 0),
    join: (id: number) => join(id, 1, 1, 0),
    drain,
    crash,
  };
  return MACHINE_STIMULI.map((type) =>
    state.machines
      .map(({ id }) => id)
      .filter((id) => impossibility(state, state.now, stimuli[type](id)) === null),
  );
}

describe('the charts', () => {
  /** A state with one invocation in every phase that is not an end, and a machine in every availability. */
  function oneOfEach(): State {
    const state = initialState(cluster());
    for (const phase of Object.values(PHASE)) {
      if ([PHASE.completed, PHASE.killed, PHASE.throttled].includes(phase)) continue;
      const invocation = addInvocation(state, phase, 0, 'f', LOW, 0, null);
      invocation.machine = state.machines[0]!;
      enterPhase(state, invocation, phase);
    }
    for (const availability of Object.values(AVAILABILITY)) {
      if (availability > 0) enterAvailability(state, addMachine(state, SIZE), availability);
    }
    return state;
  }

  test.each(INVOCATION_STIMULI)('say which invocations hear %s: whoever has a transition for it', (type) => {
    const heard = Object.values(PHASE).filter(
      // `call` is also how the callee comes to be, which names nobody that there is.
      (phase) => phase !== PHASE.new && candidatesOf(invocationTable, phase, EVENT[type]) !== undefined,
    );
    expect(heard.length).toBeGreaterThan(0);
    expect(countHearingInvocations(oneOfEach(), type)).toBe(heard.length);
    for (const [index, phase] of heard.entries()) {
      expect(hearingInvocation(oneOfEach(), type, index).phase).toBe(phase);
    }
  });

  test.each(MACHINE_STIMULI)('say which machines hear %s: whichever has a transition for it', (type) => {
    const heard = Object.values(AVAILABILITY).filter(
      // A machine that is absent has no id yet: it joins under the next one.
      (state) =>
        state !== AVAILABILITY.absent && candidatesOf(availabilityTable, state, EVENT[type]) !== undefined,
    );
    expect(heard.length).toBeGreaterThan(0);
    expect(countHearingMachines(oneOfEach(), type)).toBe(heard.length);
    for (const [index, availability] of heard.entries()) {
      expect(hearingMachine(oneOfEach(), type, index).availability).toBe(availability);
    }
  });
});
