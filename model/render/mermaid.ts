import type { Transition } from '../table.ts';
import type { ChartView, RegionView, StateView } from './views.ts';

/** Mermaid breaks lines of labels that are longer, and does so within the names of guards. */
const LONGEST_LINE = 25;

/**
 * A chart as a Mermaid diagram (`stateDiagram-v2`), as GitHub renders it. All that leads from one state to another
 * is one arrow, whose label has a line for each guard; what leaves a state as it is stands in the box of the state.
 */
export function mermaidOfChart({ name, regions }: ChartView): string {
  if (regions.length === 1) return mermaidOfRegion(regions[0]!);
  return [
    'stateDiagram-v2',
    `  state ${name} {`,
    ...regions.flatMap((region, index) => [
      ...(index > 0 ? ['    --'] : []),
      `    state ${region.name} {`,
      ...linesOf(region, '      '),
      '    }',
    ]),
    '  }',
  ].join('\n');
}

/** One region by itself, larger than it is beside the others. */
export function mermaidOfRegion(region: RegionView): string {
  return ['stateDiagram-v2', ...linesOf(region, '  ')].join('\n');
}

function linesOf({ initial, states }: RegionView, indent: string): string[] {
  return [
    `[*] --> ${initial}`,
    ...states.flatMap(box),
    ...states.flatMap(arrows),
    ...states.filter(({ final }) => final).map(({ name }) => `${name} --> [*]`),
  ].map((line) => `${indent}${line}`);
}

/** The name of a state and, below it, what happens without leaving it. */
function box({ name, transitions }: StateView): string[] {
  const staying = transitions.filter(({ target }) => target === name);
  if (staying.length === 0) return [];
  return [name, ...byGuard(staying).map(([events, guard]) => `${events}${guard}`)].map(
    (line) => `${name} : ${line}`,
  );
}

function arrows({ name, transitions }: StateView): string[] {
  const leaving = transitions.filter(({ target }) => target !== name);
  const targets = [...new Set(leaving.map(({ target }) => target))];
  return targets.map((target) => {
    const label = byGuard(leaving.filter((transition) => transition.target === target)).map(
      ([events, guard]) =>
        events.length + guard.length > LONGEST_LINE
          ? `${events}<br/>${guard.trimStart()}`
          : `${events}${guard}`,
    );
    return `${name} --> ${target} : ${label.join('<br/>')}`;
  });
}

/** The events that share a guard, and the guard in brackets; nothing for what nothing can prevent. */
function byGuard(transitions: readonly Transition[]): [events: string, guard: string][] {
  const guards = [...new Set(transitions.map(({ guard }) => guard))];
  return guards.map((guard) => {
    const events = transitions.filter((transition) => transition.guard === guard).map(({ event }) => event);
    return [events.join(', '), guard === 'always' ? '' : ` [${guard}]`];
  });
}
