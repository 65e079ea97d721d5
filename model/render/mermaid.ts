import type { Transition } from '../table.ts';
import type { GroupView, RegionView, StateView } from './views.ts';

/**
 * Longer lines of labels are broken before the guard: a diagram that is narrow can be read on a narrow screen. From 26 on
 * Mermaid itself breaks them, and does so within the names of guards.
 */
const LONGEST_LINE = 16;

/**
 * A region of a chart as a Mermaid diagram (`stateDiagram-v2`), as GitHub renders it. All that leads from one state to
 * another is one arrow, whose label has a line for each guard; what leaves a state as it is stands in the box of the state.
 * A superstate is a frame, and what all states in it share is an arrow of the frame. States that last only within a step
 * have a dashed border.
 */
export function mermaidOfRegion(region: RegionView): string {
  const { initial, states, groups } = region;
  const grouped = new Set(groups.flatMap((group) => group.states));
  const inFrames = groups.map((group) => frame(region, group));
  const arrows = states.flatMap((state) => [
    ...groups
      .filter((group) => group.states[0] === state.name)
      .flatMap((group) => arrowsOfGroup(group, state)),
    ...arrowsOfState(state),
  ]);
  const drawn = new Set(inFrames.flatMap(({ arrows: inside }) => inside.map(keyOf)));
  const outside = arrows.filter((arrow) => !drawn.has(keyOf(arrow)));
  const ends = new Set(states.filter(({ final }) => final).map(({ name }) => name));
  const goesPastAll = ({ from, to }: Arrow) => from === initial && ends.has(to);
  return [
    'stateDiagram-v2',
    ...[
      `[*] --> ${initial}`,
      ...inFrames.flatMap(({ lines }) => lines),
      ...states.filter(({ name }) => !grouped.has(name)).flatMap(box),
      ...outside.filter((arrow) => !goesPastAll(arrow)).map(lineOf),
      // Unless the longest arrow comes last, Mermaid draws it over its neighbour, and under the neighbour's label.
      ...outside.filter(goesPastAll).map(lineOf),
      ...[...ends].map((name) => `${name} --> [*]`),
      ...dashed(states),
    ].map((line) => `  ${line}`),
  ].join('\n');
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

function keyOf({ from, to }: Arrow): string {
  return `${from} --> ${to}`;
}

function lineOf(arrow: Arrow): string {
  return `${keyOf(arrow)} : ${arrow.label}`;
}

/** A superstate with the states in it, and the arrows between these. */
function frame({ states }: RegionView, group: GroupView): { arrows: Arrow[]; lines: string[] } {
  const members = states.filter(({ name }) => group.states.includes(name));
  const arrows = members.flatMap(arrowsOfState).filter(({ to }) => group.states.includes(to));
  const lines = [...members.flatMap(box), ...arrows.map(lineOf)];
  return { arrows, lines: [`state ${group.name} {`, ...lines.map((line) => `  ${line}`), '}'] };
}

/** The name of a state and, below it, what happens without leaving it. */
function box({ name, transitions }: StateView): string[] {
  const staying = transitions.filter(({ target }) => target === name);
  if (staying.length === 0) return [];
  return [name, ...byGuard(staying).map(([events, guard]) => `${events}${guard}`)].map(
    (line) => `${name} : ${line}`,
  );
}

/** What leads out of a state, and is not shared with the others of its superstate. */
function arrowsOfState({ name, transitions }: StateView): Arrow[] {
  return arrowsFrom(
    name,
    transitions.filter(({ target, declaredBy }) => target !== name && declaredBy === name),
  );
}

/** What all states of a superstate share, as any of them has it. */
function arrowsOfGroup({ name }: GroupView, { transitions }: StateView): Arrow[] {
  return arrowsFrom(
    name,
    transitions.filter(({ declaredBy }) => declaredBy === name),
  );
}

function arrowsFrom(from: string, leaving: readonly Transition[]): Arrow[] {
  const targets = [...new Set(leaving.map(({ target }) => target))];
  return targets.map((to) => {
    const label = byGuard(leaving.filter(({ target }) => target === to)).map(([events, guard]) => {
      if (events.length + guard.length <= LONGEST_LINE) return `${events}${guard}`;
      return guard === '' ? broken(events) : `${events}<br/>${guard.trimStart()}`;
    });
    return { from, to, label: label.join('<br/>') };
  });
}

/** Events of a line that is too long, and that no guard ends, on several. */
function broken(events: string): string {
  const lines: string[] = [];
  for (const event of events.split(', ')) {
    const longer = `${lines.at(-1)}, ${event}`;
    if (lines.length > 0 && longer.length <= LONGEST_LINE) lines[lines.length - 1] = longer;
    else lines.push(event);
  }
  return lines.join('<br/>');
}

/** The events that share a guard, and the guard in brackets; no brackets where the guard is `always`. */
function byGuard(transitions: readonly Transition[]): [events: string, guard: string][] {
  const guards = [...new Set(transitions.map(({ guard }) => guard))];
  return guards.map((guard) => {
    const events = transitions.filter((transition) => transition.guard === guard).map(({ event }) => event);
    return [events.join(', '), guard === 'always' ? '' : ` [${guard}]`];
  });
}

function dashed(states: readonly StateView[]): string[] {
  const names = states.filter(({ withinAStep }) => withinAStep).map(({ name }) => name);
  if (names.length === 0) return [];
  return ['classDef withinAStep stroke-dasharray: 5 5', `class ${names.join(', ')} withinAStep`];
}
