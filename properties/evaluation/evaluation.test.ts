import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { playScene, type SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import { sceneOf } from '../../reference-impl/simulation/figures/presets.ts';
import type { Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { withValue } from '../../reference-impl/simulation/figures/sweep.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { simulationDataOf } from '../testing/simulation-data.ts';
import { judgeClaims } from './claims.ts';
import { commandOf, EXPERIMENTS, type ExperimentRecord } from './evidence.ts';
import play from './worker.ts';

const SMALL = ['--machines', '5', '--cores', '2', '--runs', '1'];

/** A scene with fewer machines, for a test. */
function small(scene: Scene, machines = 5): Scene {
  const { cores, workload } = scene;
  return { ...scene, machines, runs: 1, workload: { ...workload, cores: machines * cores } };
}

describe('a scene', () => {
  test.each(['paper-text', 'paper-code'] as const)(
    'gives every scheduler the same workload, and counts everybody: %s',
    (preset) => {
      for (const figure of ['figure-3', 'figure-4'] as const) {
        const scene = small(sceneOf(figure, preset));
        const runs = ['xx', 'hermod', 'hermod-hybrid'].map((scheduler) => playScene(scene, { scheduler }));
        const arrived = runs.map((run) => run.ticks.map(({ classes }) => classes.map((one) => one.arrived)));
        expect(arrived[1]).toEqual(arrived[0]);
        expect(arrived[2]).toEqual(arrived[0]);
        for (const run of runs) {
          expect(run.completed + run.killed + run.throttled + run.unfinished).toBe(run.functions);
          const inTicks = arrived[0]!.flat().reduce((sum, count) => sum + count, 0);
          const inPhases = run.phases.flatMap(({ classes }) => classes.map((one) => one.arrived));
          expect(inPhases.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(inTicks);
        }
      }
    },
  );

  test('of figure 4 is accepted by the judge, step by step, with swapping', () => {
    const run = play({ scene: small(sceneOf('figure-4', 'paper-text')), scheduler: 'xx', isJudged: true });
    expect(run.verdict).toMatch(/^accepted: \d+ steps$/);
    expect(run.swapMb.total).toBeGreaterThan(0);
    expect(run.peakSwapOfMachineMb.max).toBeLessThanOrEqual(500_000);
  });

  test('of figure 4 whose paging takes time is accepted too, and the slower the disk, the longer they wait', () => {
    const disk = { mbPerSecond: 500, latencyUs: 100, chunkMb: 50, reserveMb: 50 };
    const scene = { ...small(sceneOf('figure-4', 'paper-text'), 3), disk };
    const slow = play({ scene, scheduler: 'xx', isJudged: true });
    expect(slow.verdict).toMatch(/^accepted: \d+ steps$/);
    const fast = playScene(withValue(scene, 'bandwidth', 50_000), { scheduler: 'xx' });
    const waitOf = ({ disk: figures }: SceneRun): number => figures!.memoryWaitMs.reduce((a, b) => a + b, 0);
    expect(slow.disk!.transfers).toBeGreaterThan(100);
    expect(slow.disk!.utilization).toBeGreaterThan(fast.disk!.utilization);
    expect(waitOf(slow)).toBeGreaterThan(waitOf(fast));
  });

  test('with little swap never holds more than there is, and kills instead', () => {
    const scene = { ...small(sceneOf('figure-4', 'paper-text')), swapMb: 1000 };
    const run = playScene(scene, { scheduler: 'xx' });
    expect(run.killed).toBeGreaterThan(0);
    expect(run.peakSwapOfMachineMb.max).toBeLessThanOrEqual(1000);
    // Who is killed is in the latencies of its class, with the time until the run stops.
    const ample = playScene({ ...scene, swapMb: 500_000 }, { scheduler: 'xx' });
    const worstOf = ({ phases }: SceneRun): number => phases[0]!.classes[0]!.slowdown.p99!;
    expect(ample.killed).toBe(0);
    expect(worstOf(run)).toBeGreaterThan(worstOf(ample));
    for (const { swappedMb } of run.ticks) expect(swappedMb.max).toBeLessThanOrEqual(1000);
  });
});

describe('the records that the page quotes', () => {
  const records: ExperimentRecord[] = JSON.parse(readFileSync('docs/evaluation.json', 'utf8'));

  test('are those of the experiments', () => {
    expect(records.map(({ command }) => command)).toEqual(EXPERIMENTS.map(commandOf));
  });

  test('judge every claim, each with figures', () => {
    for (const { claim, verdict, outcome } of judgeClaims(records)) {
      expect(outcome, claim).toMatch(/\d/);
      expect(outcome, claim).not.toMatch(/NaN|undefined|Infinity/);
      expect(['yes', 'in part', 'no']).toContain(verdict);
    }
  });

  test('judge what section 4.3 calls a good result as criteria, and nothing else', () => {
    const criteria = judgeClaims(records).filter(({ origin }) => origin === 'criterion');
    expect(criteria.map(({ section }) => section)).toEqual(['4.3', '4.3', '4.3']);
    expect(criteria.map(({ claim }) => claim).join(' ')).toMatch(/spread .* small .*once .* high .* equally/);
  });

  test('say from which load on the highest class does worse under XX than under Hermod', () => {
    const runs = records.find(({ figure, swept }) => figure === 'figure-3' && swept === 'load')!.runs;
    const tailAt = (scheduler: string, load: number): number => {
      const run = runs.find(({ value, digest: one }) => value === load && one.scheduler === scheduler)!;
      return Math.max(...run.digest.phases.map(({ classes }) => classes.at(-1)!.slowdown.p99!));
    };
    const { verdict, outcome } = judgeClaims(records)[0]!;
    const [, worse, before] = /From load ([\d.]+) on it does worse .*; at load ([\d.]+) still/.exec(outcome)!;
    expect(tailAt('xx', Number(worse))).toBeGreaterThan(tailAt('hermod', Number(worse)));
    expect(tailAt('xx', Number(before))).toBeLessThan(tailAt('hermod', Number(before)));
    expect(verdict).toBe('in part');
  });
});

describe('xx simulate', () => {
  test.each([
    ['figure-3', 'figure-3-classes.csv', 'figure-3.svg'],
    ['figure-4', 'figure-4-machines.csv', 'figure-4.svg'],
  ])(
    '%s prints a summary of 80 columns, and writes tables, pictures and a page',
    async (figure, csv, svg) => {
      const out = mkdtempSync(join(tmpdir(), 'xx-figure-'));
      const page = join(out, 'page.html');
      const argv = ['simulate', figure, ...SMALL, '--csv', out, '--svg', out, '--html', page];
      const answer = await ask(main, ...argv);
      expect(answer.code).toBe(0);
      for (const line of answer.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      expect(readdirSync(out)).toEqual(expect.arrayContaining([csv, svg, 'page.html']));
      const rows = readFileSync(join(out, csv), 'utf8').trim().split('\n');
      expect(new Set(rows.map((row) => row.split(',').length)).size).toBe(1);
      const picture = readFileSync(join(out, svg), 'utf8');
      expect(picture).toContain('5 machines of 2 cores');
      const { picture: drawn, peaks } = simulationDataOf(page);
      for (const { title } of drawn!.panels) expect(picture).toContain(title);
      expect(peaks.length).toBeGreaterThan(0);
      expect(readFileSync(page, 'utf8')).not.toMatch(/(src|href)="http/);
      const again = await ask(main, ...argv);
      expect(again.out).toBe(answer.out);
      expect(readFileSync(join(out, svg), 'utf8')).toBe(picture);
    },
  );

  test('sweeps over a parameter, in one line a value and scheduler, and as JSON', async () => {
    const argv = ['simulate', 'figure-3', ...SMALL, '--sweep', 'load=0.8,1.2'];
    const { code, out } = await ask(main, ...argv);
    expect(code).toBe(0);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const json = JSON.parse((await ask(main, ...argv, '--json')).out);
    expect(json.runs.map((run: { load: number; scheduler: string }) => [run.load, run.scheduler])).toEqual([
      [0.8, 'xx'],
      [0.8, 'hermod'],
      [1.2, 'xx'],
      [1.2, 'hermod'],
    ]);
  });

  test('plays a drawn workload, judged, with call chains and turns that take time', async () => {
    const argv = [
      '--duration',
      '60s',
      '--calls',
      '0.3:2',
      '--turn',
      '20',
      '--scheduler',
      'xx,hermod',
      '--judge',
      '--json',
    ];
    const { code, out } = await ask(main, 'simulate', ...argv);
    expect(code).toBe(0);
    const { trace, runs } = JSON.parse(out);
    expect(trace).toBeNull();
    expect(runs[0].verdict).toMatch(/^accepted/);
    expect(runs[1].verdict).toBeNull();
    expect(runs[0].functions).toBe(runs[1].functions);
  });

  test('compares a queue of your own with theory', async () => {
    const { code, out } = await ask(
      main,
      'simulate',
      'theory',
      '--law',
      'erlang-c',
      '--cores',
      '3',
      '--functions',
      '2000',
      '--json',
    );
    const { rows } = JSON.parse(out);
    expect(rows.length).toBe(1);
    expect(Math.abs(rows[0].relativeError)).toBeLessThan(0.2);
    expect(code).toBe(rows[0].holds ? 0 : 1);
  });
});
