import { type AnyStateMachine, type AnyStateNode, type StateValue, transition } from 'xstate';
import { type ChartEvent, leavesOf, selfAndSuperstates } from './statecharts/chart.ts';
import { clientChart } from './statecharts/client.ts';
import { diskChart } from './statecharts/disk.ts';
import { GUARD_NAMES, type GuardName } from './statecharts/guards.ts';
import { invocationChart } from './statecharts/invocation.ts';
import { machineChart } from './statecharts/machine.ts';
import { probeChart } from './statecharts/probe.ts';
import { reservationChart } from './statecharts/reservation.ts';
import { swapChart } from './statecharts/swap.ts';
import {
  availabilityTable,
  CHART_EVENTS,
  candidatesOf,
  clientTable,
  diskTable,
  EVENT,
  idleListTable,
  invocationTable,
  pressureTable,
  probeTable,
  reservationTable,
  swapTable,
  type Table,
} from './table.ts';

/**
 * The proof that the compiled tables and the charts are the same: every state (of the machine: every combination of
 * the states of its regions), every event, every combination of outcomes of the guards that the tables ask there.
 * All other guards are tried both ways, so that a transition which a table has lost would be taken by the chart.
 */

interface Chart {
  readonly machine: AnyStateMachine;
  readonly regions: readonly Table[];
}

const CHARTS: readonly Chart[] = [
  { machine: invocationChart, regions: [invocationTable] },
  { machine: swapChart, regions: [swapTable] },
  { machine: machineChart, regions: [availabilityTable, idleListTable, pressureTable] },
  { machine: diskChart, regions: [diskTable] },
  { machine: reservationChart, regions: [reservationTable] },
  { machine: probeChart, regions: [probeTable] },
  { machine: clientChart, regions: [clientTable] },
];

interface ProofCase {
  readonly chart: Chart;
  /** What the chart is in: a state with its superstates, or one for each region. */
  readonly value: StateValue;
  readonly event: ChartEvent;
  /** Where the tables go, as xstate says it, and whether any of them has a transition that passes. */
  readonly target: StateValue;
  readonly heard: boolean;
}

/** How many cases the proof has. */
export function proofSize(): number {
  let size = 0;
  for (const _ of proofCases(CHARTS)) size++;
  return size;
}

/** One sentence for each case in which xstate does something else than the tables say: of all charts, or of one. */
export function* disagreements(id?: string): Generator<string> {
  const charts = CHARTS.filter(({ machine }) => id === undefined || machine.id === id);
  for (const { chart, value, event, target, heard } of proofCases(charts)) {
    const before = chart.machine.resolveState({ value, context: {} });
    const [after] = transition(chart.machine, before, event);
    const can: boolean = before.can(event);
    if (can === heard && same(after.value, target)) continue;
    const holding = GUARD_NAMES.filter((guard) => event.holds[guard] === true).join(', ');
    yield `${chart.machine.id} in ${JSON.stringify(value)} on ${event.type} with ${holding || 'no guard'} holding: the chart ${can ? 'hears it and' : 'does not hear it and'} goes to ${JSON.stringify(after.value)}, the tables ${heard ? 'go' : 'stay'} at ${JSON.stringify(target)}.`;
  }
}

function* proofCases(charts: readonly Chart[]): Generator<ProofCase> {
  for (const chart of charts) {
    for (const states of products(chart.regions.map((region) => region.states.map((_, state) => state)))) {
      for (const type of CHART_EVENTS) {
        const asked = guardsAsked(chart, states, EVENT[type]);
        for (const outcomes of products(asked.map(() => [false, true]))) {
          for (const others of [false, true]) {
            const holds: ChartEvent['holds'] = {};
            for (const guard of GUARD_NAMES) holds[guard] = others;
            for (const [index, guard] of asked.entries()) holds[guard] = outcomes[index]!;
            const { targets, heard } = tablesGo(chart, states, { type, holds });
            yield {
              chart,
              value: stateValue(chart, states),
              event: { type, holds },
              target: stateValue(chart, targets),
              heard,
            };
          }
        }
      }
    }
  }
}

/** The guards that the tables ask in these states, each once. */
function guardsAsked({ regions }: Chart, states: readonly number[], event: number): GuardName[] {
  const guards = new Set<GuardName>();
  for (const [index, region] of regions.entries()) {
    for (const { guard } of candidatesOf(region, states[index]!, event) ?? []) guards.add(guard);
  }
  return [...guards];
}

function tablesGo(
  { regions }: Chart,
  states: readonly number[],
  { type, holds }: ChartEvent,
): { targets: number[]; heard: boolean } {
  let heard = false;
  const targets = regions.map((region, index) => {
    const from = states[index]!;
    const taken = candidatesOf(region, from, EVENT[type])?.find(({ guard }) => holds[guard] === true);
    if (taken !== undefined) heard = true;
    return taken?.targetState ?? from;
  });
  return { targets, heard };
}

/** The states of the tables as xstate says them. */
function stateValue({ machine, regions }: Chart, states: readonly number[]): StateValue {
  const values = regions.map((region, index) => {
    const key = region.name.split('.')[1];
    const root = key === undefined ? machine.root : machine.root.states[key]!;
    return [key ?? '', valueIn(root, region.states[states[index]!]!)] as const;
  });
  return regions.length === 1 ? values[0]![1] : Object.fromEntries(values);
}

/** A state of a region, within the superstates that it lies in. */
function valueIn(region: AnyStateNode, state: string): StateValue {
  const leaf = leavesOf(region).find(({ key }) => key === state)!;
  return selfAndSuperstates(leaf, region)
    .slice(1)
    .reduce<StateValue>((inner, { key }) => ({ [key]: inner }), state);
}

function same(one: StateValue, other: StateValue): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => other[key] !== undefined && same(one[key]!, other[key]))
  );
}

/** Every way to choose one of each list. */
function* products<Item>(lists: readonly (readonly Item[])[]): Generator<Item[]> {
  const [first, ...rest] = lists;
  if (first === undefined) return yield [];
  for (const item of first) for (const others of products(rest)) yield [item, ...others];
}
