import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ChartEventType } from '../statecharts/chart.ts';
import type { GuardName } from '../statecharts/guards.ts';
import { CHART_EVENTS } from '../table.ts';
import { mermaidOfRegion } from './mermaid.ts';
import { CHART_VIEWS, chartView, type RegionView } from './views.ts';

const regions = CHART_VIEWS.flatMap((view) => view.regions.map((region) => [region.name, region] as const));

interface Drawn {
  source: string;
  target: string;
  event: ChartEventType;
  guard: GuardName;
}

/** The transitions that a diagram shows: its arrows, and what stands in the boxes of states. */
function drawn(diagram: string): Drawn[] {
  return diagram.split('\n').flatMap((line) => {
    const arrow = /^ +(\w+) --> (\w+) : (.+)$/.exec(line);
    if (arrow !== null) return labelled(arrow[1]!, arrow[2]!, arrow[3]!);
    const box = /^ +(\w+) : (.+)$/.exec(line);
    return box === null || box[1] === box[2] ? [] : labelled(box[1]!, box[1]!, box[2]!);
  });
}

function labelled(source: string, target: string, label: string): Drawn[] {
  const lines = label.replaceAll('<br/>[', ' [').split('<br/>');
  return lines.flatMap((line) => {
    const [, events, guard] = /^([^[]+?)(?: \[(.+)\])?$/.exec(line)!;
    return events!.split(', ').map((event) => ({
      source,
      target,
      event: event as ChartEventType,
      guard: (guard ?? 'always') as GuardName,
    }));
  });
}

function transitionsOf({ states }: RegionView): Drawn[] {
  const all = states.flatMap(({ transitions }) =>
    transitions.map(({ declaredBy: source, target, event, guard }) => ({ source, target, event, guard })),
  );
  // What a superstate declares is a transition of each state in it.
  return all.filter((one, index) => all.findIndex((other) => isDeepStrictEqual(one, other)) === index);
}

const sorted = (transitions: readonly Drawn[]): string[] =>
  transitions.map((transition) => JSON.stringify(transition)).toSorted();

describe('a Mermaid diagram', () => {
  test.each(regions)('shows every transition of %s, and no other', (_name, region) => {
    expect(sorted(drawn(mermaidOfRegion(region)))).toEqual(sorted(transitionsOf(region)));
  });

  test.each(regions)('draws the superstates of %s as frames around the states in them', (_name, region) => {
    const diagram = mermaidOfRegion(region);
    expect(diagram.startsWith('stateDiagram-v2\n')).toBe(true);
    const frames = [...diagram.matchAll(/^ {2}state (\w+) \{\n((?: {4}.*\n)*) {2}\}$/gm)];
    expect(frames.map(([, name]) => name)).toEqual(region.groups.map(({ name }) => name));
    for (const [index, { states }] of region.groups.entries()) {
      const named = [...frames[index]![2]!.matchAll(/^ {4}(\w+) (?:--> (\w+) )?:/gm)].flatMap(
        ([, ...names]) => names.filter((name) => name !== undefined),
      );
      expect(new Set(named)).toEqual(new Set(states));
    }
  });

  test('has one arrow for a kill, and one for a crash, of whoever lives on a machine', () => {
    const [invocation] = chartView('invocation').regions;
    const diagram = mermaidOfRegion(invocation!);
    expect(diagram.split('\n').filter((line) => /^ +onMachine /.test(line))).toEqual([
      '  onMachine --> killed : kill [kill-iff]',
      '  onMachine --> lost : crash',
    ]);
    expect(diagram.match(/: crash$/gm)).toHaveLength(1);
    expect(diagram.match(/kill \[kill-iff\]/g)).toHaveLength(1);
  });

  test.each(regions)(
    'draws the states of %s dashed that last only within a step, and no other',
    (_name, region) => {
      const diagram = mermaidOfRegion(region);
      const [, names = ''] = /^ {2}class (.+) withinAStep$/m.exec(diagram) ?? [];
      const passing = region.states.filter(({ withinAStep }) => withinAStep).map(({ name }) => name);
      expect(names).toBe(passing.join(', '));
      expect(diagram.includes('classDef withinAStep stroke-dasharray')).toBe(names.length > 0);
    },
  );

  test.each(regions)(
    'draws an arrow of %s that goes from its begin to an end after all others',
    (_name, region) => {
      const ends = region.states.filter(({ final }) => final).map(({ name }) => name);
      const arrows = [...mermaidOfRegion(region).matchAll(/^ {2}(\w+) --> (\w+) :/gm)];
      const past = arrows.map(([, from, to]) => from === region.initial && ends.includes(to!));
      expect(past).toEqual([...past].sort());
      expect(past.filter((goes) => goes)).toHaveLength(region.name === 'swap' ? 1 : 0);
    },
  );

  test.each(regions)('begins and ends where %s does', (_name, region) => {
    const diagram = mermaidOfRegion(region);
    expect(diagram).toContain(`  [*] --> ${region.initial}\n`);
    for (const { name, final } of region.states) {
      expect(diagram.includes(`${name} --> [*]`), name).toBe(final);
    }
  });

  test('has nothing in a label at which the grammar of Mermaid would end it', () => {
    for (const [, region] of regions) {
      for (const { event, guard } of drawn(mermaidOfRegion(region))) {
        expect(`${event}${guard}`).toMatch(/^[A-Za-z-]+$/);
        expect(CHART_EVENTS).toContain(event);
      }
    }
  });

  test('is made of charts that there are', () => {
    expect(chartView('swap').regions).toHaveLength(1);
    expect(() => chartView('weather')).toThrow('there is no chart weather');
  });
});
