import { describe, expect, test } from 'vitest';
import { bench, QUICK } from './bench.ts';
import { reportText } from './report.ts';

describe('the bench', () => {
  test('measures everything in quick mode and shows it in 80 columns', async () => {
    const report = await bench(QUICK);
    expect(report.curve.map(({ machines }) => machines)).toEqual([10, 100]);
    expect(report.curve[0]!.reference.ratio.median).toBe(1);
    for (const figures of [report.loops, report.charts]) {
      for (const { min, median, max } of Object.values(figures)) {
        expect(min).toBeGreaterThan(0);
        expect(median).toBeGreaterThanOrEqual(min);
        expect(max).toBeGreaterThanOrEqual(median);
      }
    }
    const { fuzz, check, starts } = report.commands;
    for (const { one, two, ratio, apart, ratioApart } of [fuzz, check]) {
      expect(ratio.median).toBeCloseTo(two.median / one.median);
      expect(ratioApart.median).toBeCloseTo(apart.median / one.median);
      expect(one.min).toBeGreaterThan(0);
    }
    expect(starts.map(({ ms }) => ms.min > 0)).toEqual([true, true, true, true]);
    expect(report.parts.whole.median).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);

    const lines = reportText(report).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    for (const name of [
      'campaign loop',
      'stock build',
      'machines',
      'compiled table',
      'director',
      '  2 processes of 1 worker',
      'xx --help',
    ]) {
      expect(lines.join('\n')).toContain(name);
    }
  });
});
