import { expect, test } from 'vitest';
import { CATALOGUE } from '../properties/catalogue.ts';
import { anchorsOf, linksOf } from './pages.ts';

/** That the map of the paper leaves nothing out. That its links lead somewhere is tested with those of all pages. */

const MAP = 'docs/paper-map.md';

function mapped(file: string): Set<string> {
  return new Set(linksOf(MAP).flatMap((link) => (link.file === file ? [link.anchor] : [])));
}

test('the map names every rule and every property, save those that are judged on request', () => {
  const named = mapped('docs/rules.md');
  expect(CATALOGUE.filter(({ id, onRequest }) => !onRequest && !named.has(id))).toEqual([]);
});

test('the map names only rules and properties that exist', () => {
  const ids = new Set<string>(CATALOGUE.map(({ id }) => id));
  expect([...mapped('docs/rules.md')].filter((id) => !ids.has(id))).toEqual([]);
});

test('the map names every reading', () => {
  const named = mapped('docs/readings.md');
  // The groups of readings have headings too, and the title.
  const groups = [
    'readings',
    'shards',
    'choosing-a-machine',
    'idle-lists',
    'machines',
    'classes-budgets-bills',
  ];
  const readings = [...anchorsOf('docs/readings.md')].filter((anchor) => !groups.includes(anchor));
  expect(readings.length).toBeGreaterThan(20);
  expect(readings.filter((anchor) => !named.has(anchor))).toEqual([]);
});

test('the map names every chart and every region of the machine', () => {
  const named = linksOf(MAP).map(({ file, anchor }) => `${file}#${anchor}`);
  const regions = [...anchorsOf('docs/charts/machine.md')].filter((anchor) =>
    /^the-region-[a-z]+$/.test(anchor),
  );
  expect(regions.length).toBe(3);
  for (const region of regions) expect(named).toContain(`docs/charts/machine.md#${region}`);
  expect(named).toEqual(expect.arrayContaining(['docs/charts/invocation.md#', 'docs/charts/swap.md#']));
});
