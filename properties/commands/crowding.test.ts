import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMPARED } from '../../reference-impl/schedulers/registry.ts';
import type { CrowdingReport } from '../../reference-impl/simulation/crowding/report.ts';
import { ask } from '../testing/command-line.ts';
import { simulationDataOf } from '../testing/simulation-data.ts';
import { main } from './main.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'xx-crowding-'));
const SMALL = ['simulate', 'crowding', '--scheduler', 'hermod,xx', '--machines', '4', '--duration', '60s'];

async function report(...more: string[]): Promise<CrowdingReport> {
  const { code, out, err } = await ask(main, ...SMALL, '--json', ...more);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

describe('xx simulate crowding', () => {
  test('compares every scheduler that it knows, unless it is told which', () => {
    expect(COMPARED).toEqual(expect.arrayContaining(['xx', 'hermod', 'kairos', 'xx-fifo']));
    for (const name of ['xx-immer', 'xx-room-first']) expect(COMPARED).not.toContain(name);
  });

  test("plays the paper's burst into each: the same functions, and whoever serves the highest class best is first", async () => {
    const { rows } = await report();
    expect(rows).toHaveLength(1);
    const [{ phases, untilMs, runs }] = rows as [CrowdingReport['rows'][number]];
    expect(phases).toEqual([
      { fromMs: 0, load: 0.7 },
      { fromMs: 25_000, load: 1.2 },
      { fromMs: 40_000, load: 0.7 },
    ]);
    expect(untilMs).toBe(120_000);
    expect(runs.map(({ scheduler }) => scheduler)).toEqual(['xx', 'hermod']);
    const counts = runs.map(({ classes }) => classes.map(({ count }) => count));
    expect(counts[0]).toEqual(counts[1]);
    const [xx, hermod] = runs.map(({ classes }) => classes.at(-1)!.slowdownOfAll.p99!);
    expect(xx).toBeLessThan(hermod!);
  });

  test('counts who has not ended as never completed', async () => {
    const { rows } = await report('--load', '6');
    const [{ phases, runs }] = rows as [CrowdingReport['rows'][number]];
    expect(phases).toBeNull();
    const lowest = runs.find(({ scheduler }) => scheduler === 'xx')!.classes[0]!;
    expect(lowest.unfinished).toBeGreaterThan(lowest.count / 2);
    expect(lowest.slowdownOfAll).toEqual({ p50: null, p99: null });
    expect(lowest.slowdown.p50).not.toBeNull();
    const { out } = await ask(main, ...SMALL, '--load', '6');
    expect(out).toMatch(/ lowest +never +never +never +never +\d+ +0 +0\n/);
  });

  test('says it in lines of at most 80 columns, with what no scheduler of its kind does as a dash', async () => {
    const { out } = await ask(main, ...SMALL);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(out.replaceAll('\n', ' ')).toContain(
      'at a load of 0.7 from 0 ms on, 1.2 from 25 s on and 0.7 from 40 s on',
    );
    expect(out).toMatch(/\n hermod +highest( +[\d.]+ (m?s)){2}( +[\d.]+x){2} +\d+ +- +0\n/);
  });

  test('sweeps over load, as a table, as CSV and as lines', async () => {
    const folder = join(FOLDER, 'sweep');
    const { rows } = await report('--sweep', 'load=0.5,2', '--csv', folder, '--svg', folder);
    expect(rows.map(({ load }) => load)).toEqual([0.5, 2]);
    const csv = readFileSync(join(folder, 'crowding.csv'), 'utf8').trimEnd().split('\n');
    expect(csv[0]).toMatch(/^load,scheduler,class,price,count,/);
    expect(csv).toHaveLength(1 + 2 * 2 * 5);
    expect(csv.filter((line) => /^2,hermod,/.test(line))).toHaveLength(5);
    expect(readFileSync(join(folder, 'crowding.svg'), 'utf8')).toContain('p99 of the highest class');
  });

  test('draws marks that are told apart without colours', async () => {
    const page = join(FOLDER, 'crowding.html');
    await report('--svg', FOLDER, '--html', page);
    const svg = readFileSync(join(FOLDER, 'crowding.svg'), 'utf8');
    expect(svg).toContain('Highest class, highest');
    const colours = new Set([...svg.matchAll(/#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b/gi)]);
    expect(colours.size).toBeGreaterThan(0);
    for (const [colour, ...parts] of colours) {
      const shades = parts.map((part) => Number.parseInt(part, 16));
      expect(Math.max(...shades) - Math.min(...shades), `${colour} is no grey`).toBeLessThan(16);
    }
    expect(simulationDataOf(page).dots!.panels.map(({ title }) => title)).toEqual([
      'Highest class, highest',
      'Lowest class, lowest',
    ]);
  });

  test('takes a real trace, as it is and at several loads', async () => {
    const trace = 'reference-impl/simulation/fixtures/small-azure-2021.csv';
    const { code, out } = await ask(
      main,
      ...['simulate', 'crowding', '--scheduler', 'hermod,xx', '--trace', trace, '--json'],
    );
    expect(code).toBe(0);
    const [{ trace: read, runs }] = JSON.parse(out).rows;
    expect(read.invocations).toBeGreaterThan(0);
    for (const { functions } of runs) expect(functions).toBe(read.invocations);
    const folder = join(FOLDER, 'trace');
    await ask(main, ...['simulate', 'crowding', '--scheduler', 'xx', '--trace', trace, '--svg', folder]);
    const svg = readFileSync(join(folder, 'crowding.svg'), 'utf8');
    expect(svg).toContain('Crowding: 1 scheduler on small-azure-2021.csv');
    expect(svg).not.toContain('fixtures/');
  });

  // biome-ignore format: a table, a row a line
  test.each<[string, string[], RegExp]>([
    ['a sweep over anything but load', ['--sweep', 'alpha=2,3'], /^xx: --sweep: crowding is swept over load only, got alpha/],
    ['a load beside a sweep over it', ['--sweep', 'load=1,2', '--load', '1'], /^xx: --load: --sweep already sets it/],
    ['run times beside a trace that has them', ['--trace', 'x.csv', '--alpha', '2'], /^xx: --alpha: not for a trace/],
    ['a judge', ['--judge'], /^xx: --judge: not for crowding/],
    ['an unknown scheduler', ['--scheduler', 'xy'], /^xx: --scheduler: there is no scheduler "xy"/],
    ['a load that is no number', ['--load', 'much'], /^xx: --load: expected a number .*"much"/],
    ['a preset', ['--preset', 'paper-text'], /^xx: --preset: not for crowding/],
  ])('refuses %s', async (_what, more, message) => {
    const { code, out, err } = await ask(main, 'simulate', 'crowding', ...more);
    expect(err).toMatch(message);
    expect(err).toMatch(/^xx: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});
