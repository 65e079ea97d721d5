import type { Transition } from '../table.ts';
import type { ChartView, GroupView, RegionView, StateView } from './views.ts';
import { escapedForXml } from './xml.ts';

/**
 * A chart as SCXML (W3C, State Chart XML 1.0), for other people's tools. Guards stand in `cond` as ECMAScript: their
 * outcomes travel with the event, as under xstate. What leaves a state as it is has the type `internal`. What the states of a
 * superstate share stands in the superstate.
 */
export function scxml({ name, description, regions }: ChartView): string {
  const parallel = regions.length > 1;
  const initial = parallel ? name : regions[0]!.initial;
  const body = parallel
    ? [`<parallel id="${name}">`, ...indented(regions.flatMap(stateOfRegion)), '</parallel>']
    : statesOf(regions[0]!);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...comment(`${description} Generated from the model.`),
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="${name}" initial="${initial}">`,
    ...indented(body),
    '</scxml>',
    '',
  ].join('\n');
}

function stateOfRegion(region: RegionView): string[] {
  const { name, description, initial } = region;
  return [
    ...comment(description),
    `<state id="${name}" initial="${initial}">`,
    ...indented(statesOf(region)),
    '</state>',
  ];
}

/** The states of a region; a superstate stands where the first of those in it would. */
function statesOf({ states, groups }: RegionView): string[] {
  return states.flatMap((each) => {
    const group = groups.find((candidate) => candidate.states.includes(each.name));
    if (group === undefined) return state(each);
    if (group.states[0] !== each.name) return [];
    return superstate(
      group,
      states.filter(({ name }) => group.states.includes(name)),
    );
  });
}

function superstate({ name, description, initial }: GroupView, members: readonly StateView[]): string[] {
  const shared = members[0]!.transitions.filter(({ declaredBy }) => declaredBy === name);
  return [
    ...comment(description),
    `<state id="${name}" initial="${initial}">`,
    ...indented(shared.flatMap(transitionElement)),
    ...indented(members.flatMap(state)),
    '</state>',
  ];
}

function state({ name, description, final, withinAStep, transitions }: StateView): string[] {
  if (final) return [...comment(description), `<final id="${name}"/>`];
  return [
    ...comment(withinAStep ? `${description} It lasts only within a step.` : description),
    `<state id="${name}">`,
    ...indented(transitions.filter(({ declaredBy }) => declaredBy === name).flatMap(transitionElement)),
    '</state>',
  ];
}

function transitionElement({ event, guard, source, target, description }: Transition): string[] {
  const condition = guard === 'always' ? '' : ` cond="${escapedForXml(`_event.data.holds['${guard}']`)}"`;
  const type = source === target ? ' type="internal"' : '';
  return [
    ...comment(description),
    `<transition event="${escapedForXml(event)}"${condition} target="${target}"${type}/>`,
  ];
}

/** XML forbids two hyphens in a comment. */
function comment(text: string): string[] {
  return text === '' ? [] : [`<!-- ${text.replaceAll('--', '- -')} -->`];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
