import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PART_IDS } from '../../model/alphabet.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-first-part-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A campaign against the example, as somebody types it. */
function fuzz(claims: readonly string[], ...options: readonly string[]) {
  const exec = ['node docs/examples/first-part.mjs', ...claims].join(' ');
  const args = ['dist/cli.js', 'fuzz', '--exec', exec, '--out', home, '--json', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, summary: JSON.parse(stdout), stderr };
}

describe('a first part of XX', () => {
  test('passes within its part, and the report says what was not tried', () => {
    const { status, summary, stderr } = fuzz([], '--runs', '400', '--workers', '2');
    expect(stderr).toBe('');
    expect({ status, verdict: summary.verdict }).toEqual({ status: 0, verdict: 'accepted' });
    expect(summary.without).toEqual(PART_IDS);
    const verdicts = new Set(summary.properties.map(({ verdict }: { verdict: string }) => verdict));
    expect(verdicts).toEqual(new Set(['holds', 'not applicable']));
  });

  test('is the same whoever says what it lacks, and however many threads play it', () => {
    const said = ['--without', ...PART_IDS, '--runs', '120'];
    const [one, other] = [fuzz([], '--runs', '120', '--workers', '1'), fuzz([], ...said, '--workers', '2')];
    const figures = ({ summary }: typeof one) => ({ ...summary, seconds: 0, stepsPerSecond: 0 });
    expect(figures(other)).toEqual(figures(one));
  });

  /** What is reported of each part that it claims to have. */
  const MISSING = {
    calls: 'refuses-alike',
    budgets: 'admit',
    faults: 'refuses-alike',
    antagonists: 'refuses-alike',
    'idle-lists': 'idle-list-true',
    swap: 'kill-iff',
    shrink: 'refuses-alike',
    overflow: 'stays-exact',
  };
  test.each(Object.entries(MISSING))('fails as soon as it claims to have %s', (part, property) => {
    const { status, summary } = fuzz([part], '--runs', '400');
    expect(status).toBe(1);
    expect(summary.violations.map((violation: { property: string }) => violation.property)).toEqual([
      property,
    ]);
    expect(summary.without).not.toContain(part);
  });
});
