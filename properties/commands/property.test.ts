import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readRecord } from '../records/record.ts';
import { FOUND_ALONE } from '../teeth/alone.ts';
import { ask } from '../testing/command-line.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { main } from './main.ts';

/** `--property` means the same in every command: only these are judged, each on its own evidence. */

const home = mkdtempSync(join(tmpdir(), 'xx-property-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const INVERSION = 'docs/examples/inversion.trace.jsonl';

async function fuzz(...options: string[]) {
  const out = join(home, String(readdirSync(home).length));
  return { ...(await ask(main, 'fuzz', '--workers', '1', '--out', out, ...options)), directory: out };
}

describe('xx fuzz --property', () => {
  test.each(
    (
      ['no-priority-inversion', 'bounded-low-class-starvation', 'memory-never-exceeds-ram-plus-swap'] as const
    ).flatMap((id) => FOUND_ALONE[id]!.map((name) => [id, name] as const)),
  )('%s finds %s, shrinks what shows it, and keeps it so that a replay fails alike', async (id, name) => {
    const { code, out, directory } = await fuzz(
      '--runs',
      '300',
      '--scheduler',
      name,
      '--property',
      id,
      '--json',
    );
    const { verdict, properties, violations } = JSON.parse(out);
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'violated' });
    expect(properties).toEqual([expect.objectContaining({ id, verdict: 'violated' })]);
    expect(violations).toEqual([expect.objectContaining({ property: id, rule: null, falls: [] })]);
    expect(violations[0].steps).toBeLessThanOrEqual(9);
    const [file] = readdirSync(directory).filter((each) => each.startsWith(id));
    expect(readRecord(readFileSync(join(directory, file!), 'utf8'))).toMatchObject({
      property: id,
      alone: true,
    });
    const again = await ask(main, 'replay', join(directory, file!), '--scheduler', name, '--json');
    expect(JSON.parse(again.out).results).toEqual([expect.objectContaining({ reproduced: true, rule: id })]);
    expect((await ask(main, 'replay', join(directory, file!), '--scheduler', 'xx')).code).toBe(4);
  });

  test('does not say that what nobody looked at was never met: guards and boundaries of other rules', async () => {
    const { code, out } = await fuzz('--runs', '50', '--property', 'conservation');
    expect(code).toBe(0);
    expect(out).toContain('transitions covered: ');
    expect(out).not.toMatch(/boundaries: |rules put to the test: |guard outcomes: |never met|never found/);
    const { coverage } = JSON.parse((await fuzz('--runs', '50', '--property', 'conservation', '--json')).out);
    expect(coverage).toMatchObject({ guards: null, rules: null, boundaries: null });
    expect(coverage.transitions.covered).toBeGreaterThan(0);
  });

  test('accepts Hermod by what it keeps, and refuses it by what it does not, in a few steps', async () => {
    const kept = await fuzz('--runs', '200', '--scheduler', 'hermod', '--property', 'conservation', '--json');
    expect(kept.code).toBe(0);
    expect(JSON.parse(kept.out)).toMatchObject({
      verdict: 'accepted',
      properties: [{ id: 'conservation', verdict: 'holds', why: null }],
    });
    const inverted = await fuzz(
      '--runs',
      '200',
      '--scheduler',
      'hermod',
      '--property',
      'no-priority-inversion',
    );
    expect(inverted.code).toBe(1);
    expect(inverted.out).toContain('The shortest scenario found, 5 steps of');
    expect(linesTooWide(inverted.out)).toEqual([]);
  });

  test('says of what it cannot show that it is not shown, or not applicable, and ends with 1', async () => {
    const never = await fuzz('--runs', '3', '--size', 'small', '--property', 'budget-bound');
    expect(never.code).toBe(1);
    expect(never.out).toContain('not shown');
    expect(never.out.replaceAll(/\s+/g, ' ')).toContain('it never happened that a root is submitted while');
    const twinless = ['--runs', '3', '--scheduler', 'hermod', '--property', 'immer-equals-direct'];
    const none = await fuzz(...twinless);
    expect(none.code).toBe(1);
    expect(none.out).toContain('not applicable');
    expect(none.out).not.toContain('every property held');
    const junit = await fuzz(...twinless, '--reporter', 'junit');
    expect(junit.out).toContain('<skipped message="not applicable: ');
  });

  test('finds each of several, and only those', async () => {
    const { out } = await fuzz(
      '--runs',
      '300',
      '--scheduler',
      'kills-the-newest',
      '--property',
      'bill-exact',
      'admit',
      '--json',
    );
    expect(
      JSON.parse(out).properties.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
    ).toEqual([
      ['admit', 'holds'],
      ['bill-exact', 'holds'],
    ]);
  });
});

describe('xx judge --property', () => {
  test.each([
    [['nothing-swapped-for-a-lower-class'], 1, 'violated'],
    [['page-out-lowest'], 1, 'violated'],
    [['memory-bound'], 0, 'holds'],
    [['no-priority-inversion'], 0, 'not shown'],
  ])('judges a trace by %s alone', async (ids, code, verdict) => {
    const answer = await ask(main, 'judge', INVERSION, '--json', '--property', ...ids);
    expect(answer.code).toBe(code);
    expect(JSON.parse(answer.out).properties).toEqual(
      ids.map((id) => expect.objectContaining({ id, verdict })),
    );
  });

  test('says in words what a trace does not show', async () => {
    const { out, code } = await ask(main, 'judge', INVERSION, '--property', 'no-priority-inversion');
    expect(code).toBe(0);
    expect(out).toMatch(/^accepted: 6 steps\nnot shown: no-priority-inversion; /);
    expect(linesTooWide(out)).toEqual([]);
  });
});

describe('xx check --property', () => {
  const small = [
    '--invocations',
    '2',
    '--machines',
    '1',
    '--workers',
    '1',
    '--out',
    join(home, 'check'),
    '--json',
  ];

  test('explores beyond what other rules refuse, to the shortest way to what is asked', async () => {
    const wrong = [...small.slice(0, -1), '--scheduler', 'never-preempts'];
    const { code, out } = await ask(main, 'check', ...wrong, '--property', 'no-priority-inversion', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).violations).toEqual([
      expect.objectContaining({ rule: 'no-priority-inversion', length: 5, falls: [] }),
    ]);
    const other = await ask(main, 'check', ...wrong, '--property', 'idle-list-true', '--json');
    expect(other.code).toBe(0);
    const { complete, violations, properties } = JSON.parse(other.out);
    expect({ complete, violations }).toEqual({ complete: true, violations: [] });
    expect(properties).toEqual([expect.objectContaining({ id: 'idle-list-true', verdict: 'holds' })]);
  });

  test('does not follow what is not possible, nor what leads out of the instance, and says so', async () => {
    const wrong = ['--scheduler', 'a-lost-wake', '--property', 'memory-bound'];
    const { code, out } = await ask(main, 'check', ...small, '--invocations', '3', ...wrong);
    expect(code).toBe(1);
    const { complete, leftOut, violations } = JSON.parse(out);
    expect(complete).toBe(false);
    expect(leftOut.outside).toBeGreaterThan(0);
    expect(violations.map(({ rule }: { rule: string }) => rule)).toEqual(['possible-decision']);
  });

  test('ends with 1 when nothing that was asked was put to the test', async () => {
    const { code, out } = await ask(main, 'check', ...small, '--property', 'budget-bound');
    expect(code).toBe(1);
    expect(JSON.parse(out).properties).toEqual([expect.objectContaining({ verdict: 'not shown' })]);
  });
});

describe('a property that cannot be judged so is refused in one line', () => {
  test.each([
    ['fuzz', ['--runs', '1'], 'nonsense', 'there is no property "nonsense"'],
    ['fuzz', ['--runs', '1'], 'pages-in-parts', 'is a property of the model alone'],
    ['check', [], 'determinism', 'is about whole runs'],
    ['check', [], 'nonsense', 'there is no property "nonsense"'],
    ['judge', [INVERSION], 'determinism', 'is judged by playing a scheduler again'],
    ['judge', [INVERSION], 'pages-in-parts', 'is a property of the model alone'],
    ['replay', ['counterexamples'], 'nonsense', 'there is no property "nonsense"'],
    [
      'run',
      ['docs/examples/home-page.scenario.jsonl'],
      'refuses-alike',
      'is judged by playing a scheduler again',
    ],
  ])('xx %s %j --property %s', async (command, options, id, why) => {
    const { code, out, err } = await ask(main, command, ...options, '--property', id);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^xx: --property: [^\n]+\n$/);
    expect(err).toContain(why);
  });
});
