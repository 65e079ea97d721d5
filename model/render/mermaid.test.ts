import { describe, expect, test } from 'vitest';
import type { ChartEventType } from '../statecharts/chart.ts';
import type { GuardName } from '../statecharts/guards.ts';
import { CHART_EVENTS } from '../table.ts';
import { mermaidOfChart, mermaidOfRegion } from './mermaid.ts';
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
  return states.flatMap(({ transitions }) =>
    transitions.map(({ source, target, event, guard }) => ({ source, target, event, guard })),
  );
}

const sorted = (transitions: readonly Drawn[]): string[] =>
  transitions.map((transition) => JSON.stringify(transition)).toSorted();

describe('a Mermaid diagram', () => {
  test.each(regions)('shows every transition of %s, and no other', (_name, region) => {
    expect(sorted(drawn(mermaidOfRegion(region)))).toEqual(sorted(transitionsOf(region)));
  });

  test.each(CHART_VIEWS.map((view) => [view.name, view] as const))(
    'shows the chart %s with all its regions',
    (_name, view) => {
      const diagram = mermaidOfChart(view);
      expect(diagram.startsWith('stateDiagram-v2\n')).toBe(true);
      expect(sorted(drawn(diagram))).toEqual(sorted(view.regions.flatMap(transitionsOf)));
      expect(diagram.split('\n').filter((line) => line.trim() === '--')).toHaveLength(
        view.regions.length - 1,
      );
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
    for (const view of CHART_VIEWS) {
      for (const { event, guard } of drawn(mermaidOfChart(view))) {
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
