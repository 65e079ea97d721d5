import { type AnyStateMachine, initialTransition, transition } from 'xstate';
import { type ChartEvent, leafOf } from '../../model/statecharts/chart.ts';
import { GUARD_NAMES } from '../../model/statecharts/guards.ts';
import { invocationChart } from '../../model/statecharts/invocation.ts';
import { swapChart } from '../../model/statecharts/swap.ts';
import { CHART_EVENTS, candidatesOf, invocationTable, swapTable, type Table } from '../../model/table.ts';
import { createGenerator, nextBelow } from '../../reference-impl/random.ts';
import { alternate, type Contender, type Effort, perSecond, ratios, type Spread } from './measure.ts';

/** Transitions a second: xstate's pure `transition()`, and a look-up in the table compiled from the same chart. */
export interface ChartFigures {
  readonly xstate: Spread;
  readonly table: Spread;
  readonly ratio: Spread;
}

/** One walk from the start of a chart to one of its ends. */
interface Walk {
  readonly chart: AnyStateMachine;
  readonly table: Table;
  readonly events: readonly { event: ChartEvent; number: number }[];
  /** The state in which it ends. */
  readonly end: number;
}

/** Lets both take the same walks through the charts of an invocation and of its memory. */
export async function measureCharts(walksOfEach: number, effort: Effort): Promise<ChartFigures> {
  const generator = createGenerator(1);
  const walks: Walk[] = [];
  for (let count = 0; count < walksOfEach; count++) {
    walks.push(randomWalk(invocationChart, invocationTable, (bound) => nextBelow(generator, bound)));
    walks.push(randomWalk(swapChart, swapTable, (bound) => nextBelow(generator, bound)));
  }
  const steps = walks.reduce((sum, { events }) => sum + events.length, 0);
  const micros = await alternate({ xstate: byXstate(walks, steps), table: byTable(walks, steps) }, effort);
  return {
    xstate: perSecond(micros.xstate),
    table: perSecond(micros.table),
    ratio: ratios(micros.xstate, micros.table),
  };
}

/** Walks are cut off after this many events, so that none goes round in a chart forever. */
const LONGEST_WALK = 40;

function randomWalk(chart: AnyStateMachine, table: Table, below: (bound: number) => number): Walk {
  const events: { event: ChartEvent; number: number }[] = [];
  let state = table.initial;
  while (events.length < LONGEST_WALK) {
    const heard = CHART_EVENTS.flatMap((_, number) =>
      (candidatesOf(table, state, number) ?? []).map((candidate) => ({ candidate, number })),
    );
    if (heard.length === 0) break;
    const { candidate, number } = heard[below(heard.length)]!;
    events.push({ event: { type: candidate.event, holds: { [candidate.guard]: true } }, number });
    state = candidate.targetState;
  }
  return { chart, table, events, end: state };
}

function byXstate(walks: readonly Walk[], steps: number): Contender {
  return {
    steps,
    play: () => {
      for (const { chart, table, events, end } of walks) {
        let [snapshot] = initialTransition(chart);
        for (const { event } of events) [snapshot] = transition(chart, snapshot, event);
        const last = leafOf(snapshot.value);
        if (last !== table.states[end]) throw new Error(`xstate ends in ${last}`);
      }
    },
  };
}

function byTable(walks: readonly Walk[], steps: number): Contender {
  return {
    steps,
    play: () => {
      for (const { table, events, end } of walks) {
        let state = table.initial;
        for (const { event, number } of events) state = next(table, state, number, event);
        if (state !== end) throw new Error(`the table ends in ${table.states[state]}`);
      }
    },
  };
}

/** The guard's outcome travels with the event here as it does under xstate. */
function next(table: Table, state: number, number: number, event: ChartEvent): number {
  for (const candidate of candidatesOf(table, state, number) ?? []) {
    if (event.holds[GUARD_NAMES[candidate.guardIndex]!] === true) return candidate.targetState;
  }
  return state;
}
