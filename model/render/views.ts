import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { WordGroup } from '../alphabet.ts';
import { leavesOf } from '../statecharts/chart.ts';
import { clientChart } from '../statecharts/client.ts';
import { diskChart } from '../statecharts/disk.ts';
import { invocationChart } from '../statecharts/invocation.ts';
import { machineChart } from '../statecharts/machine.ts';
import { probeChart } from '../statecharts/probe.ts';
import { reservationChart } from '../statecharts/reservation.ts';
import { swapChart } from '../statecharts/swap.ts';
import { CHART_EVENTS, candidatesOf, TABLES, type Table, type Transition } from '../table.ts';

/** A chart as its pages and exports show it: what the charts say of states, and what the tables say of transitions. */
export interface ChartView {
  /** `invocation`, `machine` and so on. */
  readonly name: string;
  readonly description: string;
  /** The optional words without which nothing stands on it; null: it is a chart of XX. */
  readonly words: WordGroup | null;
  /** One, or several that run side by side. */
  readonly regions: readonly RegionView[];
}

export interface RegionView {
  /** The name of the chart, if it has only one region. */
  readonly name: string;
  readonly description: string;
  readonly initial: string;
  /** Those that hold no others. */
  readonly states: readonly StateView[];
  /** Superstates. */
  readonly groups: readonly GroupView[];
}

/** A superstate, whose transitions all states in it share. */
export interface GroupView {
  readonly name: string;
  readonly description: string;
  readonly initial: string;
  /** The names of the states in it, in the order of the chart. */
  readonly states: readonly string[];
}

export interface StateView {
  readonly name: string;
  readonly description: string;
  readonly final: boolean;
  /** Whether it lasts only within a step. */
  readonly withinAStep: boolean;
  /** The ways out, in the order of the chart; of one event, the first whose guard holds is taken. */
  readonly transitions: readonly Transition[];
  /** The ways out that are possible and that no accepted trace takes; diagrams and exports leave them out. */
  readonly wrong: readonly Transition[];
  /** In a chart of XX: the ways out of optional words, which diagrams and exports leave out as well. */
  readonly optional: readonly Transition[];
}

/** The charts that nothing stands on without optional words. */
const OPTIONAL_CHARTS: readonly string[] = [reservationChart, probeChart, clientChart].map(({ id }) => id);

/** The charts of XX and then those of optional words, in the order in which the pages list them. */
export const CHART_VIEWS: readonly ChartView[] = [
  invocationChart,
  machineChart,
  swapChart,
  diskChart,
  reservationChart,
  probeChart,
  clientChart,
].map(viewOf);

/** The chart of this name. */
export function chartView(name: string): ChartView {
  const view = CHART_VIEWS.find((candidate) => candidate.name === name);
  if (view === undefined) throw new Error(`there is no chart ${name}`);
  return view;
}

function viewOf({ id, root }: AnyStateMachine): ChartView {
  const nodes = root.type === 'parallel' ? Object.values(root.states) : [root];
  const regions = nodes.map((node) => regionOf(id, node));
  const [first] = regions[0]!.states.flatMap(({ transitions }) => transitions);
  return { name: id, description: root.description ?? '', words: first!.words, regions };
}

function regionOf(chart: string, node: AnyStateNode): RegionView {
  const table = TABLES.find(({ name }) => name === (node.parent ? `${chart}.${node.key}` : chart))!;
  const isOptional = OPTIONAL_CHARTS.includes(chart);
  return {
    name: node.parent ? node.key : chart,
    description: node.description ?? '',
    initial: table.states[table.initial]!,
    groups: groupsOf(node),
    states: table.states.map((name, state) => ({
      name,
      description: leafOfName(node, name).description ?? '',
      final: leafOfName(node, name).type === 'final',
      withinAStep: table.withinAStep.includes(state),
      transitions: waysOut(table, state)
        .filter(({ wrong, words }) => !wrong && (words === null || isOptional))
        .toSorted((one, other) => one.index - other.index),
      wrong: waysOut(table, state).filter(({ wrong }) => wrong),
      optional: waysOut(table, state).filter(({ words }) => words !== null && !isOptional),
    })),
  };
}

function leafOfName(region: AnyStateNode, name: string): AnyStateNode {
  return leavesOf(region).find(({ key }) => key === name)!;
}

function groupsOf(region: AnyStateNode): GroupView[] {
  return Object.values(region.states)
    .filter(({ states }) => Object.keys(states).length > 0)
    .map((node) => ({
      name: node.key,
      description: node.description ?? '',
      initial: node.initial.target?.[0]?.key ?? '',
      states: leavesOf(node).map(({ key }) => key),
    }));
}

function waysOut(table: Table, state: number): readonly Transition[] {
  return CHART_EVENTS.flatMap((_, event) => candidatesOf(table, state, event) ?? []);
}
