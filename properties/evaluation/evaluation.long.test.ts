import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { playScene, type SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import { sceneOf } from '../../reference-impl/simulation/figures/presets.ts';
import type { ExperimentRecord } from './evidence.ts';
import { rounded } from './rounded.ts';

describe('the records that the page quotes', () => {
  const records: ExperimentRecord[] = JSON.parse(readFileSync('docs/evaluation.json', 'utf8'));

  test('come out again: the run of figure 4 at load 0.5', () => {
    const record = records.find(({ figure, swept }) => figure === 'figure-4' && swept === 'load')!;
    const { value, digest } = record.runs[0]!;
    const scene = sceneOf('figure-4', 'paper-text');
    const played = playScene(
      { ...scene, runs: 3, workload: { ...scene.workload, phases: [{ fromMs: 0, load: value! }] } },
      { scheduler: 'xx' },
    );
    const figures = ({
      steps,
      completed,
      unfinished,
      phases,
      swapMb,
      cpuUtilization,
    }: Omit<SceneRun, 'ticks' | 'classes' | 'verdict'>) =>
      rounded({ steps, completed, unfinished, phases, swapMb, cpuUtilization });
    expect(figures(played)).toEqual(figures(digest));
  });
});
