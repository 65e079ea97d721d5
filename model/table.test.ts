import { describe, expect, test } from 'vitest';
import { WORD_GROUPS } from './alphabet.ts';
import { coverageOf, emptyTally } from './coverage.ts';
import { leavesOf } from './statecharts/chart.ts';
import { clientChart } from './statecharts/client.ts';
import { diskChart } from './statecharts/disk.ts';
import { GUARD_NAMES, GUARDS } from './statecharts/guards.ts';
import { invocationChart } from './statecharts/invocation.ts';
import { machineChart } from './statecharts/machine.ts';
import { probeChart } from './statecharts/probe.ts';
import { reservationChart } from './statecharts/reservation.ts';
import { swapChart } from './statecharts/swap.ts';
import {
  AVAILABILITY,
  CHART_EVENTS,
  CLIENT,
  COUNTED,
  candidatesOf,
  DISK,
  EVENT,
  IMAGE,
  LISTING,
  OPTIONAL_TRANSITIONS,
  PHASE,
  PRESSURE,
  PROBE,
  RESERVATION,
  stateNumbers,
  TABLES,
  type Table,
  TRANSITIONS,
  TRANSITIONS_IN_TIME,
  type Transition,
  WRONG_TRANSITIONS,
} from './table.ts';
import { disagreements, proofSize } from './table-proof.ts';

const ALL_TRANSITIONS = [
  ...TRANSITIONS,
  ...TRANSITIONS_IN_TIME,
  ...WRONG_TRANSITIONS,
  ...OPTIONAL_TRANSITIONS,
];
const WHOLE_CHARTS = [invocationChart, swapChart, diskChart, reservationChart, probeChart, clientChart];
const SENTENCE = /^[A-Z].*[^.]\.$/;

/** The transitions that leave a state, whatever the event. */
function waysOut(table: Table, state: number) {
  return CHART_EVENTS.flatMap((event) => candidatesOf(table, state, EVENT[event]) ?? []);
}

describe('the compiled tables', () => {
  test('go exactly where the charts go under xstate, in every state, on every event, whichever guards hold', () => {
    expect([...disagreements()]).toEqual([]);
  });

  test('are proved over every state and event at least, with guards both ways', () => {
    const sizesOf = (ofMachine: boolean) =>
      TABLES.filter(({ name }) => name.startsWith('machine.') === ofMachine).map(
        ({ states }) => states.length,
      );
    const alone = sizesOf(false).reduce((sum, size) => sum + size, 0);
    const states = alone + sizesOf(true).reduce((product, size) => product * size, 1);
    expect(proofSize()).toBeGreaterThan(2 * states * CHART_EVENTS.length);
  });

  test.each(TABLES.map((table) => [table.name, table] as const))(
    'would be caught if %s lost a transition, or led elsewhere',
    (name, table) => {
      const [chart] = name.split('.');
      const candidates = table.candidates as (readonly Transition[] | undefined)[];
      const cell = candidates.findIndex((each) => each !== undefined);
      const original = candidates[cell]!;
      const elsewhere = (original[0]!.targetState + 1) % table.states.length;
      try {
        candidates[cell] = undefined;
        expect(disagreements(chart).next().value).toContain('the chart hears it');
        candidates[cell] = [{ ...original[0]!, targetState: elsewhere }];
        expect(disagreements(chart).next().value).toContain(`${original[0]!.source}`);
      } finally {
        candidates[cell] = original;
      }
    },
  );

  test('would be caught if a state lost what its superstate declares', () => {
    const [table] = TABLES;
    const candidates = table!.candidates as (readonly Transition[] | undefined)[];
    const shared = candidates.flatMap((each, cell) =>
      each?.some(({ source, declaredBy }) => declaredBy !== source) ? [cell] : [],
    );
    expect(shared.map((cell) => candidates[cell]!.map(({ source, event }) => `${source} ${event}`))).toEqual(
      ['ready', 'running', 'blocked'].flatMap((state) =>
        ['crash', 'kill', 'evict', 'cancel'].map((event) => [`${state} ${event}`]),
      ),
    );
    for (const cell of shared) {
      const original = candidates[cell]!;
      try {
        candidates[cell] = undefined;
        expect(disagreements(table!.name).next().value).toContain(`{"onMachine":"${original[0]!.source}"}`);
      } finally {
        candidates[cell] = original;
      }
    }
  });

  test('number every state, event and transition of the charts', () => {
    const numbered = [PHASE, IMAGE, AVAILABILITY, LISTING, PRESSURE, DISK, RESERVATION, PROBE, CLIENT];
    expect(numbered.map((numbers) => Object.keys(numbers))).toEqual(TABLES.map(({ states }) => states));
    expect(new Set(CHART_EVENTS).size).toBe(CHART_EVENTS.length);
    expect(COUNTED.map(({ index }) => index)).toEqual(COUNTED.map((_, index) => index));
    expect(COUNTED.slice(0, TRANSITIONS.length)).toEqual(TRANSITIONS);
    const reached = TABLES.flatMap((table) => table.states.flatMap((_, state) => waysOut(table, state)));
    expect(new Set(reached)).toEqual(new Set(ALL_TRANSITIONS));
    expect(reached).toHaveLength(ALL_TRANSITIONS.length);
  });

  test('keep what is always wrong apart, and what is optional: without a number, and out of coverage', () => {
    for (const { index, wrong, words } of WRONG_TRANSITIONS)
      expect([index, wrong, words]).toEqual([-1, true, null]);
    for (const { index, wrong, words } of OPTIONAL_TRANSITIONS) {
      expect([index, wrong]).toEqual([-1, false]);
      expect(WORD_GROUPS).toContain(words);
    }
    for (const { wrong, words, inTime } of TRANSITIONS_IN_TIME)
      expect([wrong, words, inTime]).toEqual([false, null, true]);
    for (const { wrong, words, inTime } of TRANSITIONS)
      expect([wrong, words, inTime]).toEqual([false, null, false]);
    expect(emptyTally().transitions).toHaveLength(COUNTED.length);
    for (const [inTime, counted] of [
      [false, TRANSITIONS],
      [true, COUNTED],
    ] as const) {
      const { transitions, guards } = coverageOf(emptyTally(), inTime);
      expect(transitions.total).toBe(counted.length);
      const rightGuards = new Set(counted.map(({ guard }) => guard));
      const asked = new Set(guards.missing.map((outcome) => outcome.split(' ')[0]));
      expect([...asked].toSorted()).toEqual([...rightGuards].toSorted());
    }
  });

  test('begin where the charts begin', () => {
    expect(TABLES.map(({ states, initial }) => states[initial])).toEqual([
      invocationChart.root.initial.target?.[0]?.key,
      swapChart.root.initial.target?.[0]?.key,
      ...Object.values(machineChart.root.states).map((region) => region.initial.target?.[0]?.key),
      diskChart.root.initial.target?.[0]?.key,
      reservationChart.root.initial.target?.[0]?.key,
      probeChart.root.initial.target?.[0]?.key,
      clientChart.root.initial.target?.[0]?.key,
    ]);
  });

  test('refuse the name of a state that there is not', () => {
    expect(() => stateNumbers(TABLES[0]!, 'asleep')).toThrow('table invocation has no state asleep');
  });
});

describe('every transition', () => {
  test('has a guard of the list, a sentence that says why, and a section of the paper', () => {
    for (const { table, source, event, guard, description, section, words } of ALL_TRANSITIONS) {
      const name = `${table}: ${source} on ${event}`;
      expect(GUARD_NAMES, name).toContain(guard);
      expect(description, name).toMatch(SENTENCE);
      expect(section, name).toMatch(words === null ? /^3\.[12]$/ : /^5$/);
    }
  });

  test('that shares state and event with others comes after guards that could fail', () => {
    for (const table of TABLES) {
      for (const candidates of table.candidates) {
        expect(candidates?.slice(0, -1).map(({ guard }) => guard) ?? []).not.toContain('always');
      }
    }
  });
});

describe('every guard', () => {
  test('is a sentence, and asked by some transition', () => {
    for (const sentence of Object.values(GUARDS)) expect(sentence).toMatch(SENTENCE);
    expect(new Set(ALL_TRANSITIONS.map(({ guard }) => guard))).toEqual(new Set(GUARD_NAMES));
  });
});

describe.each(TABLES.map((table) => [table.name, table] as const))('the chart %s', (_name, table) => {
  test('leads from its first state to every other, by what is never wrong', () => {
    const reached = new Set([table.initial]);
    for (const state of reached)
      for (const { targetState, wrong } of waysOut(table, state)) if (!wrong) reached.add(targetState);
    expect([...reached].map((state) => table.states[state]).toSorted()).toEqual(table.states.toSorted());
  });

  test('describes every state in a sentence', () => {
    for (const node of nodesOf(table)) expect(node.description).toMatch(SENTENCE);
  });

  test('leaves exactly the states that are not final', () => {
    const final = nodesOf(table).map(({ type }) => type === 'final');
    expect(table.states.map((_, state) => waysOut(table, state).length === 0)).toEqual(final);
  });
});

function nodesOf({ name, states }: Table) {
  const [chart, region] = name.split('.');
  const root = [...WHOLE_CHARTS, machineChart].find(({ id }) => id === chart)!.root;
  const parent = region === undefined ? root : root.states[region as keyof typeof root.states]!;
  return states.map((state) => leavesOf(parent).find(({ key }) => key === state)!);
}
