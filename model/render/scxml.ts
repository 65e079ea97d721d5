import type { Transition } from '../table.ts';
import type { ChartView, RegionView, StateView } from './views.ts';

/**
 * A chart as SCXML (W3C, State Chart XML 1.0), for other people's tools. Guards stand in `cond` as ECMAScript: their
 * outcomes travel with the event, as under xstate. What leaves a state as it is has the type `internal`.
 */
export function scxml({ name, description, regions }: ChartView): string {
  const parallel = regions.length > 1;
  const initial = parallel ? name : regions[0]!.initial;
  const body = parallel
    ? [`<parallel id="${name}">`, ...indented(regions.flatMap(stateOfRegion)), '</parallel>']
    : regions[0]!.states.flatMap(state);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...comment(`${description} Generated from the model.`),
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="${name}" initial="${initial}">`,
    ...indented(body),
    '</scxml>',
    '',
  ].join('\n');
}

function stateOfRegion({ name, description, initial, states }: RegionView): string[] {
  return [
    ...comment(description),
    `<state id="${name}" initial="${initial}">`,
    ...indented(states.flatMap(state)),
    '</state>',
  ];
}

function state({ name, description, final, transitions }: StateView): string[] {
  if (final) return [...comment(description), `<final id="${name}"/>`];
  return [
    ...comment(description),
    `<state id="${name}">`,
    ...indented(transitions.flatMap((transition) => transitionElement(transition))),
    '</state>',
  ];
}

function transitionElement({ event, guard, source, target, description }: Transition): string[] {
  const condition = guard === 'always' ? '' : ` cond="${escaped(`_event.data.holds['${guard}']`)}"`;
  const type = source === target ? ' type="internal"' : '';
  return [
    ...comment(description),
    `<transition event="${escaped(event)}"${condition} target="${target}"${type}/>`,
  ];
}

/** XML forbids two hyphens in a comment. */
function comment(text: string): string[] {
  return text === '' ? [] : [`<!-- ${text.replaceAll('--', '- -')} -->`];
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
