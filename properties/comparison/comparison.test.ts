import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMPARED } from '../../reference-impl/schedulers/registry.ts';
import type { CrowdingReport } from '../../reference-impl/simulation/crowding/report.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { type ComparisonRecord, commandOf, EXPERIMENTS, type RunDigest, recordOf } from './evidence.ts';
import { hermodBesideOpenWhisk } from './published.ts';
import { weakSides } from './weak-sides.ts';

const records: ComparisonRecord[] = JSON.parse(readFileSync('docs/comparison.json', 'utf8'));

describe('what is kept of the comparison (otherwise: npm run comparison)', () => {
  test('is of every experiment, by its command', () => {
    expect(records.map(({ command }) => command)).toEqual(EXPERIMENTS.map(commandOf));
  });

  test('is of every scheduler that there is', () => {
    for (const { rows } of records) {
      for (const { runs } of rows) {
        expect(runs.map(({ scheduler }) => scheduler).toSorted()).toEqual(COMPARED.toSorted());
      }
    }
  });

  test('comes out again: the burst, of XX and Hermod', async () => {
    const [burst] = EXPERIMENTS as [(typeof EXPERIMENTS)[number]];
    const { out } = await ask(main, 'simulate', 'crowding', '--scheduler', 'xx,hermod', '--json');
    const again = recordOf(burst, JSON.parse(out) as CrowdingReport);
    const kept = records[0]!.rows[0]!.runs.filter(({ scheduler }) => ['xx', 'hermod'].includes(scheduler));
    expect(again.rows[0]!.runs).toEqual(kept);
  });
});

describe('Hermod beside OpenWhisk', () => {
  const runs = (hermod: number, openwhisk: number, unfinished = 0): RunDigest[] =>
    Object.entries({ hermod, openwhisk }).map(
      ([scheduler, slowdownMean]) =>
        ({ scheduler, classes: [{ count: 2, slowdownMean, unfinished }] }) as unknown as RunDigest,
    );
  const record = (rows: ComparisonRecord['rows']): ComparisonRecord => ({ id: 'load', command: '', rows });

  test('is compared at the load where most is gained, of loads at which both serve all', () => {
    const told = hermodBesideOpenWhisk(
      record([
        { load: 0.5, runs: runs(1, 2) },
        { load: 1, runs: runs(2, 10) },
        { load: 2, runs: runs(1, 100, 1) },
      ]),
    );
    expect(told).toContain('at most 80 % lower, at load 1 (2× and 10×), which agrees.');
  });

  test('is said to differ where it does, with the reason', () => {
    expect(hermodBesideOpenWhisk(record([{ load: 0.5, runs: runs(1, 2) }]))).toMatch(
      /50 % lower.*less skewed/,
    );
  });
});

describe('the short version of the comparison', () => {
  const classes = (p99: number | null) => [{ slowdownP99: p99 }];
  const record = (id: string, figures: Record<string, number | null>): ComparisonRecord =>
    ({
      id,
      rows: [
        {
          load: 3,
          runs: Object.entries(figures).map(([scheduler, p99]) => ({ scheduler, classes: classes(p99) })),
        },
      ],
    }) as unknown as ComparisonRecord;
  const told = (figures: Record<string, number | null>): string[] =>
    weakSides([
      ...['burst', 'load', 'azure-2019', 'azure-2021'].map((id) => record(id, figures)),
      record('turns', { xx: 100, 'xx-no-aging': 4, 'xx-machine-only': null }),
    ]);

  test('names who is better than XX, the best first, and leaves out who needs more than half of that', () => {
    const [first] = told({ xx: 10, hermod: 5.5, edf: 5, jiq: 2 });
    expect(first).toBe(
      'In the burst, p99 of the highest class is 10× with XX; 2 of the other 3 need half of that or less: jiq (2×) and edf (5×).',
    );
  });

  test('says what aging costs where turns take time', () => {
    expect(told({ xx: 1, hermod: 2 })[3]).toContain(
      '100× with xx, 4× with xx-no-aging and never with xx-machine-only',
    );
  });

  test('says so where nobody is better, and where XX never completes them', () => {
    expect(told({ xx: 1, hermod: 2 })[0]).toContain('none of the other 1 needs half of that or less');
    expect(told({ xx: null, hermod: 2 })[2]).toContain(
      'At load 3, p99 of the highest class is never with XX; 1 of',
    );
  });
});
