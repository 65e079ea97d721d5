import type { AnyStateMachine, AnyStateNode } from 'xstate';
import {
  DECISION_TYPES,
  OPTIONAL_DECISION_TYPES,
  OPTIONAL_STIMULUS_TYPES,
  STIMULUS_TYPES,
  type WordGroup,
} from './alphabet.ts';
import { RULE_IDS, type RuleId } from './rules/rule-set.ts';
import {
  type ChartEventType,
  leavesOf,
  selfAndSuperstates,
  type TransitionMeta,
  WITHIN_A_STEP,
} from './statecharts/chart.ts';
import { clientChart } from './statecharts/client.ts';
import { diskChart } from './statecharts/disk.ts';
import { GUARD_NAMES, type GuardName } from './statecharts/guards.ts';
import { invocationChart } from './statecharts/invocation.ts';
import { machineChart } from './statecharts/machine.ts';
import { probeChart } from './statecharts/probe.ts';
import { reservationChart } from './statecharts/reservation.ts';
import { swapChart } from './statecharts/swap.ts';

/** Every event that charts hear, in a fixed order: the numbering of tables. */
export const CHART_EVENTS: readonly ChartEventType[] = [
  ...STIMULUS_TYPES,
  ...DECISION_TYPES,
  'calleeEnds',
  ...OPTIONAL_STIMULUS_TYPES,
  ...OPTIONAL_DECISION_TYPES,
];

/** The number of each event in {@link CHART_EVENTS}. */
export const EVENT = Object.fromEntries(CHART_EVENTS.map((type, index) => [type, index])) as Record<
  ChartEventType,
  number
>;

/** A transition of a chart, compiled: taken when its guard holds and no earlier one of the same event did. */
export interface Transition {
  /** Its number in {@link COUNTED}: the index of coverage counters. -1 of one that is wrong, or optional. */
  index: number;
  /** Whether no trace that XX accepts takes it. */
  readonly wrong: boolean;
  /** The optional words without which nothing takes it; null: it needs none. */
  readonly words: WordGroup | null;
  /** Whether only a cluster where paging takes time takes it. */
  readonly inTime: boolean;
  readonly table: string;
  readonly source: string;
  /** The state that declares it: its source, or a superstate that it lies in. */
  readonly declaredBy: string;
  readonly event: ChartEventType;
  readonly target: string;
  readonly targetState: number;
  readonly guard: GuardName;
  readonly guardIndex: number;
  /** The number of the rule that its guard stands for, or that refuses it, in `RULE_IDS`; -1 where it asks for a plain fact. */
  readonly rule: number;
  /** Whether its guard holds whatever the state is: most do, and need not be asked. */
  readonly unguarded: boolean;
  readonly description: string;
  readonly section: string;
}

/**
 * One region of a chart as a transition table. xstate interprets a chart in tens of microseconds an event; looking
 * a transition up here takes nanoseconds. `table.test.ts` proves the two equal.
 */
export interface Table {
  /** `invocation`, `swap`, or a region of the machine: `machine.availability` and so on. */
  readonly name: string;
  readonly states: readonly string[];
  readonly initial: number;
  /** The states that last only within a step. */
  readonly withinAStep: readonly number[];
  /** Candidates by `state × number of events + event`, in the order of the chart; undefined: not heard there. */
  readonly candidates: readonly (readonly Transition[] | undefined)[];
}

/** Every transition of every table that an accepted trace may take where a page moves at once, by its index. */
export const TRANSITIONS: Transition[] = [];

/** The others: what is possible, and always wrong. */
export const WRONG_TRANSITIONS: Transition[] = [];

/** Those of optional words: no trace of XX takes one, whose configuration has no such words. */
export const OPTIONAL_TRANSITIONS: Transition[] = [];

/** Those that XX takes where paging takes time, and nobody elsewhere. */
export const TRANSITIONS_IN_TIME: Transition[] = [];

/**
 * Compiles a region: of each state that holds no others, its own transitions and then those of the superstates that it
 * lies in, since xstate asks in this order.
 *
 * @param order in which the states are numbered: that of the chart, unless given.
 */
function compile(name: string, region: AnyStateNode, order?: readonly string[]): Table {
  const leaves = leavesOf(region);
  const states = order ?? leaves.map(({ key }) => key);
  const candidates: Transition[][] = new Array(states.length * CHART_EVENTS.length).fill(undefined);
  for (const source of states) {
    const leaf = leaves.find(({ key }) => key === source);
    if (leaf === undefined) throw new Error(`chart ${name} has no state ${source}`);
    for (const { key: declaredBy, transitions } of selfAndSuperstates(leaf, region)) {
      for (const [event, definitions] of transitions) {
        const cell = states.indexOf(source) * CHART_EVENTS.length + EVENT[event as ChartEventType];
        for (const definition of definitions) {
          const target = definition.target?.[0]?.key ?? source;
          const guard = definition.guard as GuardName;
          const {
            section,
            wrong = false,
            words = null,
            inTime = false,
            refusedBy,
          } = definition.meta as TransitionMeta;
          const list = listOf(wrong, words, inTime);
          const transition: Transition = {
            index: -1,
            wrong,
            words,
            inTime,
            table: name,
            source,
            declaredBy,
            event: event as ChartEventType,
            target,
            targetState: states.indexOf(target),
            guard,
            guardIndex: GUARD_NAMES.indexOf(guard),
            rule: refusedBy === undefined ? ruleOfGuard(guard) : RULE_IDS.indexOf(refusedBy),
            unguarded: guard === 'always' || guard === 'possible',
            description: definition.description ?? '',
            section,
          };
          list.push(transition);
          candidates[cell] = [...(candidates[cell] ?? []), transition];
        }
      }
    }
  }
  const initial = region.initial.target?.[0]?.key ?? '';
  const withinAStep = states.flatMap((state, number) =>
    leaves.some(({ key, tags }) => key === state && tags.includes(WITHIN_A_STEP)) ? [number] : [],
  );
  return { name, states, initial: states.indexOf(initial), withinAStep, candidates };
}

function listOf(wrong: boolean, words: WordGroup | null, inTime: boolean): Transition[] {
  if (wrong) return WRONG_TRANSITIONS;
  if (words !== null) return OPTIONAL_TRANSITIONS;
  return inTime ? TRANSITIONS_IN_TIME : TRANSITIONS;
}

/** A guard that is a permission bears the id of its rule; that attempts are used up is a part of admission. */
function ruleOfGuard(guard: GuardName): number {
  return RULE_IDS.indexOf((guard === 'attempts-exhausted' ? 'admit' : guard) as RuleId);
}

function regionOf(chart: AnyStateMachine, key: string): AnyStateNode {
  const region = chart.root.states[key];
  if (region === undefined) throw new Error(`chart ${chart.id} has no region ${key}`);
  return region;
}

/**
 * The states of an invocation, in the order in which it goes through them. Counters by state number rely on this order.
 */
const PHASES = [
  'new',
  'admission',
  'inheritance',
  'queued',
  'ready',
  'running',
  'finishing',
  'blocked',
  'waking',
  'lost',
  'completed',
  'killed',
  'throttled',
] as const;

export const invocationTable = compile('invocation', invocationChart.root, PHASES);
export const swapTable = compile('swap', swapChart.root);
export const availabilityTable = compile('machine.availability', regionOf(machineChart, 'availability'));
export const idleListTable = compile('machine.idleList', regionOf(machineChart, 'idleList'));
export const pressureTable = compile('machine.pressure', regionOf(machineChart, 'pressure'));
export const diskTable = compile('disk', diskChart.root);
export const reservationTable = compile('reservation', reservationChart.root);
export const probeTable = compile('probe', probeChart.root);
export const clientTable = compile('client', clientChart.root);

/** All tables, in the order in which coverage and the pages list them. */
export const TABLES: readonly Table[] = [
  invocationTable,
  swapTable,
  availabilityTable,
  idleListTable,
  pressureTable,
  diskTable,
  reservationTable,
  probeTable,
  clientTable,
];

/** What coverage counts, by index: what an accepted trace may take, first where a page moves at once. */
export const COUNTED: readonly Transition[] = [...TRANSITIONS, ...TRANSITIONS_IN_TIME];

for (const [index, transition] of COUNTED.entries()) transition.index = index;

/** The transitions that a state offers for an event, in order; undefined when the chart does not hear it there. */
export function candidatesOf(table: Table, state: number, event: number): readonly Transition[] | undefined {
  return table.candidates[state * CHART_EVENTS.length + event];
}

/** The numbers of a table's states, by name. */
export function stateNumbers<Name extends string>(table: Table, ...names: Name[]): Record<Name, number> {
  return Object.fromEntries(
    names.map((name) => {
      const number = table.states.indexOf(name);
      if (number < 0) throw new Error(`table ${table.name} has no state ${name}`);
      return [name, number];
    }),
  ) as Record<Name, number>;
}

export const PHASE = stateNumbers(invocationTable, ...PHASES);
export const IMAGE = stateNumbers(
  swapTable,
  'absent',
  'fresh',
  'resident',
  'partlySwapped',
  'swapped',
  'released',
);
export const AVAILABILITY = stateNumbers(availabilityTable, 'absent', 'down', 'up', 'draining');
export const LISTING = stateNumbers(idleListTable, 'unlisted', 'listed');
export const PRESSURE = stateNumbers(pressureTable, 'ample', 'pressed', 'exhausted');
export const DISK = stateNumbers(diskTable, 'idle', 'out', 'in', 'dying');
export const RESERVATION = stateNumbers(reservationTable, 'none', 'held');
export const PROBE = stateNumbers(probeTable, 'absent', 'pooled');
export const CLIENT = stateNumbers(clientTable, 'waits', 'gone', 'settled');
