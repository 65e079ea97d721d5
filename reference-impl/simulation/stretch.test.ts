import { describe, expect, test } from 'vitest';
import type { Step } from '../../model/alphabet.ts';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../xx/xx.ts';
import { play } from './clock.ts';
import { configurationOf, readOptions } from './options.ts';
import { type InParts, type Stretch, type Stretched, stretchOf, worstArrivalOf } from './stretch.ts';
import { synthesize } from './synthetic.ts';

const options = readOptions({ machines: 2, duration: '120s', load: 1.1, ram: 1024 });

const run: Stretched = {
  configuration: configurationOf(options),
  turnMs: options.turnMs,
  scheduler: () => createXX(),
  workload: () =>
    synthesize({
      ...options,
      tickMs: 1000,
      phases: [{ fromMs: 0, load: 1.1 }],
      cores: 6,
      untilMs: 120_000,
      functions: Number.POSITIVE_INFINITY,
    }),
};

/** The whole run, and how many were alive at a time. */
function played(untilMs: number): { steps: Step[]; alive: number } {
  const steps: Step[] = [];
  let alive = 0;
  play({
    ...run,
    ...{ scheduler: run.scheduler(), workload: run.workload(), untilMs },
    observer: (step) => steps.push(step),
    onEnd: ({ ending }) => {
      if (ending === 'unfinished') alive++;
    },
  });
  return { steps, alive };
}

function inOne<Result>(parts: InParts<Result>): Result {
  for (;;) {
    const next = parts.next();
    if (next.done) return next.value;
  }
}

function verdictOf({ configuration, steps }: Stretch): string {
  const judge = new Judge(configuration);
  for (const { at, stimulus, decisions } of steps) {
    const violation = judge.step(at, stimulus, decisions);
    if (violation !== null) return violation.message;
  }
  return `accepted: ${steps.length} steps`;
}

describe('a stretch of a run', () => {
  test('that is short is the run itself, from its beginning up to there', () => {
    const { steps } = played(62_000);
    const stretch = inOne(stretchOf(run, 60_000, 62_000, steps.length));
    expect(stretch.steps).toEqual(steps);
    expect(stretch.alive).toBe(null);
    expect(steps[stretch.fromStep - 1]!.at).toBeGreaterThanOrEqual(60_000);
    expect(steps[stretch.fromStep - 2]!.at).toBeLessThan(60_000);
    expect(stretch.toStep).toBe(steps.length);
    expect(verdictOf(stretch)).toBe(`accepted: ${steps.length} steps`);
  });

  test.each([32_000, 47_000, 60_000])(
    'of a long run, at %d ms, begins with those who were alive then',
    (fromMs) => {
      const { steps, alive } = played(fromMs);
      expect(alive).toBeGreaterThan(3);
      const stretch = inOne(stretchOf(run, fromMs, fromMs + 6000, steps.length - 1));
      expect(stretch.alive).toBe(alive);
      expect(stretch.steps.length).toBeLessThan(steps.length);
      expect(verdictOf(stretch)).toBe(`accepted: ${stretch.steps.length} steps`);
      const types = stretch.steps.slice(0, 1 + alive).map(({ stimulus }) => stimulus.type);
      expect(types).toEqual(['boot', ...Array.from({ length: alive }, () => 'submit')]);
      // Those who arrive later are those of the run.
      const later = stretch.steps.filter(({ at, stimulus }) => at > 0 && stimulus.type === 'submit');
      const inTheRun = played(fromMs + 6000).steps.filter(
        ({ at, stimulus }) => at > fromMs && stimulus.type === 'submit',
      );
      expect(later.map(({ at }) => at + fromMs)).toEqual(inTheRun.map(({ at }) => at));
    },
  );

  test('has no more steps than it may, however long the time', () => {
    const stretch = inOne(stretchOf(run, 30_000, 120_000, 150));
    expect(stretch.steps.length).toBeLessThanOrEqual(151);
    expect(stretch.toMs).toBeLessThan(120_000);
    expect(verdictOf(stretch)).toContain('accepted');
  });
});

test('the worst arrival is that of the greatest latency beside the run time, of its class', () => {
  const slowdowns: { atMs: number; slowdown: number }[] = [];
  play({
    ...run,
    ...{ scheduler: run.scheduler(), workload: run.workload(), untilMs: 500_000 },
    onEnd: ({ item, submittedAtMs, endedAtMs }) => {
      if (item.class === 0)
        slowdowns.push({ atMs: submittedAtMs, slowdown: (endedAtMs - submittedAtMs) / item.runMs });
    },
  });
  const most = Math.max(...slowdowns.map(({ slowdown }) => slowdown));
  const atMs = inOne(worstArrivalOf(run, 0, 500_000));
  expect(slowdowns.find(({ slowdown }) => slowdown === most)!.atMs).toBe(atMs);
  expect(inOne(worstArrivalOf(run, 99, 500_000))).toBe(null);
});
