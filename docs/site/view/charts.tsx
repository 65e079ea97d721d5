import { useEffect, useRef } from 'preact/hooks';
import {
  availabilityTable,
  COUNTED,
  diskTable,
  idleListTable,
  invocationTable,
  pressureTable,
  swapTable,
  type Table,
} from '../../../model/table.ts';
import { invocationOf } from '../../../model/unended.ts';
import { isUsed } from '../../../model/used-ids.ts';
import { placeOf } from '../../../properties/replay/entity.ts';
import type { PlayedFilm, Still } from '../run/film.ts';
import type { Desk } from './desk.ts';

/** A chart as it was laid out when the page was built, from the tables of the model. */
interface Layout {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly states: readonly { id: string; x: number; y: number; width: number; height: number }[];
  readonly edges: readonly {
    from: string;
    to: string;
    events: string;
    points: readonly [number, number][];
  }[];
}

declare const CHART_LAYOUTS: readonly Layout[];

interface Props {
  readonly desk: Desk;
  readonly film: PlayedFilm;
  readonly still: Still;
}

/** The statecharts, with where the chosen invocation and machine are, and the transitions that they took last. */
export function Charts({ desk, film, still }: Props) {
  const { state } = still.judge;
  const subject = desk.subject(film);
  const invocation = subject?.kind === 'invocation' ? invocationOf(state.invocations, subject.id) : undefined;
  const machineId = placeOf(state, subject).machine ?? (state.machines.length === 1 ? 0 : null);
  const machine = machineId === null ? undefined : state.machines[machineId];
  return (
    <section class="card charts">
      <h2>Statecharts</h2>
      <div class="chart-row">
        {invocation !== undefined && (
          <>
            <Chart
              by={film.name}
              title={`invocation ${invocation.id}`}
              table={invocationTable}
              now={invocation.phase}
              last={invocation.lastPhaseChange}
            />
            <Chart
              by={film.name}
              title="its memory"
              table={swapTable}
              now={invocation.image}
              last={invocation.lastImageChange}
            />
          </>
        )}
        {subject?.kind === 'invocation' && invocation === undefined && (
          <p class="faint">
            Invocation {subject.id} {isUsed(state.usedIds, subject.id) ? 'has ended' : 'does not exist yet'}.
          </p>
        )}
        {machine !== undefined && (
          <>
            <Chart
              by={film.name}
              title={`machine ${machine.id}: availability`}
              table={availabilityTable}
              now={machine.availability}
              last={machine.lastAvailabilityChange}
            />
            <Chart
              by={film.name}
              title={`machine ${machine.id}: idle list`}
              table={idleListTable}
              now={machine.listing}
              last={machine.lastListingChange}
            />
            <Chart
              by={film.name}
              title={`machine ${machine.id}: pressure`}
              table={pressureTable}
              now={machine.pressure}
              last={machine.lastPressureChange}
            />
            {film.transfers !== null && (
              <Chart
                by={film.name}
                title={`machine ${machine.id}: disk`}
                table={diskTable}
                now={machine.disk}
                last={machine.lastDiskChange}
              />
            )}
          </>
        )}
        {invocation === undefined && machine === undefined && (
          <p class="faint">
            Press a bar, or the name of an invocation or a machine, to see where its charts stand.
          </p>
        )}
      </div>
    </section>
  );
}

interface ChartProps {
  /** Who plays. */
  readonly by: string;
  readonly title: string;
  readonly table: Table;
  /** The number of its state. */
  readonly now: number;
  /** The transition that it took last, by index; -1 before the first. */
  readonly last: number;
}

function Chart({ by, title, table, now, last }: ChartProps) {
  const layout = CHART_LAYOUTS.find(({ name }) => name === table.name)!;
  const state = table.states[now]!;
  const transition = COUNTED[last];
  const box = useRef<HTMLElement>(null);
  const { x: left, width: wide } = layout.states.find(({ id }) => id === state)!;
  useEffect(() => {
    const { clientWidth } = box.current!;
    box.current!.scrollLeft = left + wide / 2 - clientWidth / 2;
  }, [left, wide]);
  const arrow = `arrow-${table.name}`;
  const beginning = now === table.initial ? ', as it began' : '';
  const sentence =
    transition === undefined
      ? `It is ${state}${beginning}.`
      : `It is ${state}; last: ${transition.event}, from ${transition.source} to ${transition.target}. ${transition.description}`;
  return (
    <div class="chart-box">
      <h3>{title}</h3>
      <section
        ref={box}
        class="scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has only keys must be able to scroll it
        tabIndex={0}
        aria-label={`Chart ${table.name}, ${title}, ${by}`}
      >
        <svg
          class="chart"
          role="img"
          aria-label={sentence}
          width={layout.width}
          height={layout.height}
          viewBox={`0 0 ${layout.width} ${layout.height}`}
        >
          <defs>
            <marker
              id={arrow}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0 L8 4 L0 8 z" class="head" />
            </marker>
          </defs>
          {layout.edges.map(({ from, to, events, points }) => (
            <polyline
              key={`${from} ${to}`}
              class={transition?.source === from && transition.target === to ? 'edge last' : 'edge'}
              points={points.map((point) => point.join(',')).join(' ')}
              marker-end={`url(#${arrow})`}
            >
              <title>
                {from} to {to}: {events}
              </title>
            </polyline>
          ))}
          {layout.states.map(({ id, x, y, width, height }) => (
            <g key={id} class={id === state ? 'state now' : 'state'}>
              <rect x={x} y={y} width={width} height={height} rx={6} />
              <text x={x + width / 2} y={y + height / 2 + 4} text-anchor="middle">
                {id}
              </text>
            </g>
          ))}
        </svg>
      </section>
      <p class="faint">{sentence}</p>
    </div>
  );
}
