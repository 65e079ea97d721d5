import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escapedForXml } from '../../model/render/xml.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { annotation } from './github.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-reports-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const at = (name: string): string => join(home, name);
const SHARDS = [1, 2, 3];
const CAMPAIGN = ['--runs', '320', '--seed', '4', '--size', 'small', '--workers', '1'];

/** All bytes below a directory. */
function contentsOf(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );
}

async function fuzz(...options: string[]) {
  const { code, out } = await ask(main, 'fuzz', ...options, '--json');
  return { code, summary: JSON.parse(out) };
}

async function merge(out: string, ...directories: string[]) {
  const answer = await ask(main, 'fuzz', 'merge', ...directories.map(at), '--out', at(out), '--json');
  return { code: answer.code, summary: JSON.parse(answer.out) };
}

describe('the shards of a campaign', () => {
  let whole: Awaited<ReturnType<typeof fuzz>>;
  beforeAll(async () => {
    whole = await fuzz(...CAMPAIGN);
    for (const shard of SHARDS) await fuzz(...CAMPAIGN, '--shard', `${shard}/3`, '--out', at(`s${shard}`));
  });

  test('have together tried just what the campaign tries that is not divided', async () => {
    const { code, summary } = await merge('all', 's1', 's2', 's3');
    const { coverage, properties, runs, steps, verdict } = whole.summary;
    expect(summary).toMatchObject({
      coverage,
      properties,
      runs,
      steps,
      verdict,
      shard: null,
      missingShards: [],
    });
    expect(code).toBe(whole.code);
  });

  test('each try a part of it, and do not fail for what the others put to the test', async () => {
    const parts = await Promise.all(
      SHARDS.map((shard) => fuzz(...CAMPAIGN, '--shard', `${shard}/3`, '--out', at('again'))),
    );
    expect(parts.map(({ summary }) => summary.runs)).toEqual([120, 100, 100]);
    expect(parts.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  test('are the same united in any order, twice, or with their own union', async () => {
    await merge('once', 's1', 's2', 's3');
    const once = contentsOf(at('once'));
    for (const directories of [
      ['s3', 's1', 's2'],
      ['s1', 's1', 's2', 's3', 's2'],
      ['once'],
      ['once', 's2'],
    ]) {
      await merge('twice', ...directories);
      expect(contentsOf(at('twice'))).toEqual(once);
    }
    await merge('once', 'once', 's1');
    expect(contentsOf(at('once'))).toEqual(once);
  });

  test('count with what they have tried most, when one was run again and stopped early', async () => {
    await merge('once', 's1', 's2', 's3');
    const stopped = [...CAMPAIGN, '--shard', '1/3', '--budget', '1ms', '--out', at('stopped')];
    const { summary } = await fuzz(...stopped);
    expect(summary.runs).toBeLessThan(120);
    for (const directories of [
      ['stopped', 's1', 's2', 's3'],
      ['s3', 's2', 's1', 'stopped'],
    ]) {
      await merge('most', ...directories);
      expect(contentsOf(at('most'))).toEqual(contentsOf(at('once')));
    }
  });

  test('are not complete while one is missing, or cannot be read', async () => {
    const { code, summary } = await merge('two', 's1', 's3');
    expect(summary).toMatchObject({ verdict: 'incomplete', missingShards: [2] });
    expect(code).toBe(1);
    const junit = await ask(main, 'fuzz', 'merge', at('s1'), '--out', at('two'), '--reporter', 'junit');
    expect(junit.out).toContain('there is no report of shards 2, 3');
    expect(wellFormed(junit.out).failures).toBeGreaterThan(0);
    const [name] = readdirSync(at('s1'));
    await fuzz(...CAMPAIGN, '--shard', '2/3', '--out', at('torn'));
    const torn = join(at('torn'), readdirSync(at('torn'))[0]!);
    writeFileSync(torn, readFileSync(torn, 'utf8').slice(0, 200));
    const answer = await ask(main, 'fuzz', 'merge', at('s1'), at('torn'), at('s3'), '--out', at('three'));
    expect(answer.err).toMatch(/^xx: set aside: \S+\.report\.json: the report: not JSON: [^\n]+\n$/);
    expect(answer.code).toBe(1);
    expect(name).toMatch(/^campaign-[0-9a-f]{8}-1-of-3\.report\.json$/);
  });

  test('of another campaign are refused in one line, and nothing is written', async () => {
    await fuzz('--runs', '20', '--seed', '5', '--size', 'small', '--shard', '2/3', '--out', at('other'));
    const { code, out, err } = await ask(main, 'fuzz', 'merge', at('s1'), at('other'), '--out', at('none'));
    expect(err).toMatch(
      /^xx: \S+other\S+: belongs to another campaign than [^\n]*: its seed is 5, not 4; [^\n]+\n$/,
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(home)).not.toContain('none');
  });

  test('hand on what they have found, each finding once', async () => {
    for (const shard of SHARDS) {
      const options = ['--scheduler', 'kills-the-newest', '--shard', `${shard}/3`, '--out', at(`k${shard}`)];
      const { code } = await fuzz('--runs', '600', '--size', 'small', '--workers', '1', ...options);
      expect(code).toBe(1);
    }
    const { code, summary } = await merge('killed', 'k1', 'k2', 'k3');
    expect(code).toBe(1);
    const files = readdirSync(at('killed')).filter((name) => !name.endsWith('.report.json'));
    expect(summary.violations.map(({ file }: { file: string }) => file).sort()).toEqual(
      files.map((name) => join(at('killed'), name)).sort(),
    );
    const { code: replayed } = await ask(main, 'replay', at('killed'), '--scheduler', 'kills-the-newest');
    expect(replayed).toBe(1);
  });

  const DAMAGES: [string, (file: string) => void][] = [
    ['is missing', (file) => rmSync(file)],
    ['is truncated', (file) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200))],
    ['is something else', (file) => writeFileSync(file, '{}')],
  ];
  test.each(DAMAGES)('stay violated, in every report, when the counterexample %s', async (why, damage) => {
    const name = `lost, as it ${why}`;
    const options = ['--runs', '600', '--size', 'small', '--workers', '1', '--shard', '1/1'];
    await fuzz(...options, '--scheduler', 'kills-the-newest', '--out', at(name));
    damage(join(at(name), readdirSync(at(name)).find((file) => file.startsWith('kill-iff-'))!));
    const reports = await Promise.all(
      ['human', 'json', 'junit', 'github'].map((reporter) =>
        ask(main, 'fuzz', 'merge', at(name), '--out', at(`${name}, merged`), '--reporter', reporter),
      ),
    );
    expect(reports.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    const [human, json, junit, github] = reports.map(({ out }) => out);
    expect(human).toContain('Violated: kill-iff.');
    expect(JSON.parse(json!)).toMatchObject({
      verdict: 'violated',
      lost: [{ property: 'kill-iff', file: expect.stringContaining(at(name)) }],
    });
    expect(wellFormed(junit!).failures).toBeGreaterThan(0);
    expect(junit!.match(/<failure /g)).toHaveLength(Number(/failures="(\d+)"/.exec(junit!)![1]));
    expect(github).toMatch(/::error file=[^:]*kill-iff-[^:]*title=kill-iff is violated::/);
  });
});

test('the number of workers changes nothing that a campaign says', async () => {
  const said = await Promise.all(
    ['1', '2'].map(async (workers) => {
      const options = ['--runs', '400', '--scheduler', 'never-refreshes', '--size', 'small'];
      const { summary } = await fuzz(...options, '--workers', workers, '--out', at(`w${workers}`));
      const { seconds, stepsPerSecond, violations, ...rest } = summary;
      return { ...rest, found: contentsOfRecords(at(`w${workers}`)) };
    }),
  );
  expect(said[1]).toEqual(said[0]);
  expect(said[0]).toMatchObject({ verdict: 'violated' });
});

/** All bytes of what was found, reports aside: these say how long it took. */
function contentsOfRecords(directory: string): [string, string][] {
  return Object.entries(contentsOf(directory)).filter(([name]) => !name.endsWith('.report.json'));
}

/** Text of anything, and often of what XML or an annotation must not have as it is. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      '&',
      '<',
      '>',
      '"',
      '%',
      ':',
      ',',
      '\r',
      '\n',
      '\u0000',
      '\u001b',
      '\uffff',
      '%0A',
      '&lt;',
    ),
  ),
});

describe('the JUnit report', () => {
  const junit = (...options: string[]) =>
    ask(main, 'fuzz', ...options, '--reporter', 'junit', '--workers', '1', '--out', at('junit'));

  test('has a test case for each property, and counts them right', async () => {
    const { code, out } = await junit('--runs', '600', '--scheduler', 'kills-before-it-swaps');
    const xml = wellFormed(out);
    // The rule, and what falls with it; of a campaign that ended early nothing else is shown.
    expect(xml).toMatchObject({ failures: 2, errors: 0 });
    expect(xml.cases).toBe(xml.failures + xml.skipped);
    expect(xml.cases).toBe(Number(/tests="(\d+)"/.exec(out)![1]));
    expect(xml.skipped).toBe(Number(/skipped="(\d+)"/.exec(out)![1]));
    expect(out).toMatch(/<failure message="step \d+: [^"]*kill-iff[^"]*" type="violation">/);
    expect(out).toMatch(
      /npx xx replay \S+kill-iff-\w+\.json --scheduler kills-before-it-swaps\nnpx xx explain kill-iff/,
    );
    expect(code).toBe(1);
  });

  test('skips what was not shown, and fails for it where the exit code says so', async () => {
    const { code, out } = await junit('--runs', '1', '--size', 'small');
    expect(code).toBe(1);
    expect(wellFormed(out).failures).toBeGreaterThan(0);
    expect(out).toContain('type="untested"');
    expect(out).toContain('<skipped message="not shown: it never happened that');
    const shard = await junit('--runs', '1', '--size', 'small', '--shard', '1/2');
    expect(shard.code).toBe(0);
    expect(wellFormed(shard.out)).toMatchObject({ failures: 0 });
    expect(shard.out).toContain('<skipped');
  });

  test('is there, with an error, when the scheduler crashed', async () => {
    const { code, out } = await junit('--runs', '10', '--exec', 'echo "<&>" >&2; exit 1');
    expect(code).toBe(3);
    expect(wellFormed(out)).toMatchObject({ cases: 1, errors: 1 });
  });

  property.prop([anyText])('is XML whatever the text', (text) => {
    const out = `<a b="${escapedForXml(text)}">${escapedForXml(text)}</a>`;
    expect(out).toMatch(/^<a b="[^<"]*">[^<]*<\/a>$/);
    expect(out).not.toMatch(/&(?!(amp|lt|gt|quot);)/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML has no place for
    expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  });
});

describe('annotations for GitHub', () => {
  property.prop([anyText, anyText])('are one line, and read back as they were meant', (title, message) => {
    const line = annotation('error', { title }, message);
    expect(line).not.toMatch(/[\r\n]/);
    const [, property = '', data = ''] = /^::error title=([^:,]*)::(.*)$/s.exec(line)!;
    const read = (text: string): string =>
      text.replace(/%(25|0D|0A|3A|2C)/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
    expect({ title: read(property), message: read(data) }).toEqual({ title, message });
  });

  test('name the file, the property and what to type next, after the report for people', async () => {
    const { out } = await ask(
      main,
      ...[
        'fuzz',
        '--runs',
        '600',
        '--scheduler',
        'kills-before-it-swaps',
        '--reporter',
        'github',
        '--out',
        at('gh'),
      ],
    );
    const [line, ...others] = out.split('\n').filter((text) => text.startsWith('::'));
    expect(line).toMatch(
      /^::error file=\S+\.json,title=kill-iff%2C kills-are-the-last-resort are violated::.*%0Anpx xx replay /,
    );
    expect(others).toEqual([]);
    expect(out).toMatch(/Violated: .*kill-iff/);
  });
});

test('a campaign that stops early says how much of what was asked it has tried', async () => {
  const { out } = await ask(main, 'fuzz', '--runs', '100000', '--budget', '300ms', '--workers', '1');
  expect(out).toMatch(/[\d,]+ of 100,000 runs of xx from seed 1: [\d,]+ judged steps/);
});

/** What a reader of JUnit XML sees: refuses text that is not well-formed. */
function wellFormed(xml: string): { cases: number; failures: number; errors: number; skipped: number } {
  const open: string[] = [];
  const counts = new Map<string, number>();
  const token =
    /<\?xml version="1\.0" encoding="UTF-8"\?>|<\/([\w-]+)>|<([\w-]+)((?: \w+="[^"<]*")*)(\/?)>|[^<]+/y;
  while (token.lastIndex < xml.length) {
    const start = token.lastIndex;
    const found = token.exec(xml);
    if (found === null) throw new Error(`not well-formed at ${xml.slice(start, start + 60)}`);
    const [, closed, opened, , isEmpty] = found;
    if (closed !== undefined) expect(open.pop()).toBe(closed);
    if (opened === undefined) continue;
    counts.set(opened, (counts.get(opened) ?? 0) + 1);
    if (isEmpty === '') open.push(opened);
  }
  expect(open).toEqual([]);
  const count = (name: string): number => counts.get(name) ?? 0;
  return {
    cases: count('testcase'),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}
