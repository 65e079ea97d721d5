import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { STAGES } from '../../properties/implement/departures.ts';

// Campaigns of a process wait for it at every step, and a busy machine lets each of the two wait for the other.
vi.setConfig({ testTimeout: 600_000 });

const home = mkdtempSync(join(tmpdir(), 'xx-languages-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const TRACES = 'properties/fixtures/independent';
const HEADER = readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8').split('\n')[0]!;
const BOOT = '{"at":0,"stimulus":{"type":"boot"}}';
const TICK = '{"at":1,"stimulus":{"type":"tick"}}';

const LANGUAGES = [
  {
    language: 'Python',
    words: ['python3', 'docs/examples/python/xx_scheduler.py'],
    fault: 'retry-forgets-the-caller',
    property: 'admit',
    mostSteps: 8,
  },
  {
    language: 'Go',
    words: [join(home, 'xx-scheduler')],
    fault: 'oversized-keep-their-pages',
    property: 'page-out-lowest',
    mostSteps: 11,
  },
];

beforeAll(() => {
  const build = ['build', '-o', join(home, 'xx-scheduler'), 'main.go', 'types.go'];
  const { status, stderr, error } = spawnSync('go', build, { cwd: 'docs/examples/go', encoding: 'utf8' });
  const why = error === undefined ? stderr : `${error.message}: .ci/run installs what is missing`;
  if (status !== 0) throw new Error(`go ${build.join(' ')}: ${why}`);
}, 300_000);

/** `xx` with some words, as somebody types it. */
function xx(...words: readonly string[]) {
  return spawnSync(process.execPath, ['dist/cli.js', ...words], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

describe.each(LANGUAGES)('the scheduler in $language', ({ words, fault, property, mostSteps }) => {
  const command = words.join(' ');

  test('is all of XX: a campaign finds nothing, and leaves nothing out', () => {
    const fuzz = ['fuzz', '--exec', command, '--runs', '1000', '--seed', '1', '--out', home, '--json'];
    const { status, stdout, stderr } = xx(...fuzz);
    expect(stderr).toBe('');
    const { verdict, without, properties } = JSON.parse(stdout);
    expect({ status, verdict, without }).toEqual({ status: 0, verdict: 'accepted', without: [] });
    // There is no second way to run a process.
    const unjudged = properties.filter(({ verdict }: { verdict: string }) => verdict !== 'holds');
    expect(unjudged.map(({ id }: { id: string }) => id)).toEqual(['immer-equals-direct']);
  });

  test.each(readdirSync(TRACES))('plays what happens in %s as the rules have it', (name) => {
    // What happens in it makes sense to one that chooses as the reference does where the rules leave a choice.
    const { status, stderr } = xx('run', join(TRACES, name), '--exec', command, '--judge');
    expect(stderr).toMatch(/^accepted: \d+ steps\n$/);
    expect(status).toBe(0);
  });

  test(`has a fault that is found as ${property}, and made short`, () => {
    const fuzz = ['fuzz', '--exec', `${command} --fault=${fault}`, '--runs', '1000', '--seed', '1'];
    const { status, stdout } = xx(...fuzz, '--out', join(home, fault), '--json');
    expect(status).toBe(1);
    const [violation] = JSON.parse(stdout).violations;
    expect(violation.property).toBe(property);
    expect(violation.steps).toBeLessThanOrEqual(mostSteps);
  });

  test('holds whatever happens in the small cluster in which everything is tried', () => {
    const { status, stdout, stderr } = xx('check', '--exec', command, '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ complete: true, states: 3_764 });
  });

  test('holds whatever happens in a small cluster where paging takes time', () => {
    const small = '--ram 2 --swap 3 --max-demand 2 --max-age 0 --chunk 1'.split(' ');
    const { status, stdout, stderr } = xx('check', '--exec', command, ...small, '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ complete: true, states: 1_232 });
  });

  test('knows no other faults, and says so', () => {
    const { status, stderr } = spawnSync(words[0]!, [...words.slice(1), '--fault=laziness'], {
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('laziness');
  });

  test('answers thousands of lines that come at once', () => {
    const lines = Array.from({ length: 5_000 }, () => [HEADER, BOOT, TICK, TICK, TICK]).flat();
    const options = { input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
    const { status, stdout } = spawnSync(words[0]!, words.slice(1), options);
    expect(status).toBe(0);
    const [hello, ...answers] = stdout.trimEnd().split('\n');
    expect(JSON.parse(hello!)).toEqual({ hello: expect.stringContaining('XX in ') });
    expect(answers).toHaveLength(20_000);
  });

  test('does not keep an answer back because half of the next line has come', {
    timeout: 120_000,
  }, async () => {
    const child = spawn(words[0]!, words.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stdin.write(`${HEADER}\n${BOOT}\n${TICK.slice(0, 9)}`);
    expect((await answers.next()).value).toMatch(/^\{"hello".*\}$/);
    expect((await answers.next()).value).toMatch(/^\[\{.*"list".*\]$/);
    child.stdin.end(`${TICK.slice(9)}\n`);
    expect((await answers.next()).value).toBe('[]');
    expect((await answers.next()).done).toBe(true);
  });
});

describe('the types that are made from the JSON Schemas', () => {
  const pyright = join(dirname(createRequire(import.meta.url).resolve('pyright/package.json')), 'index.js');

  /** What a type checker says of the scheduler in Python, with one thing in it replaced by another. */
  function checked(word = '', other = '') {
    const directory = mkdtempSync(join(home, 'types-'));
    copyFileSync('docs/examples/python/xx_types.py', join(directory, 'xx_types.py'));
    const text = readFileSync('docs/examples/python/xx_scheduler.py', 'utf8');
    expect(text).toContain(word);
    writeFileSync(join(directory, 'xx_scheduler.py'), text.replace(word, other));
    const version = ['--pythonversion', '3.11'];
    return spawnSync(process.execPath, [pyright, ...version, '.'], { cwd: directory, encoding: 'utf8' });
  }

  test('are what the scheduler in Python reads and writes', () => {
    const { status, stdout } = checked();
    expect(stdout).toContain('0 errors');
    expect(status).toBe(0);
  });

  test.each([
    ['a decision without a field', '"shard": i.shard, ', '', 'Enqueue'],
    ['a word that is none', '"reason": "attempts"', '"reason": "attempt"', 'parameter "decision"'],
    ['a field of a stimulus that is none', 's["demand"] > i', 's["memory"] > i', '"memory"'],
  ])('refuse %s', (_what, word, other, named) => {
    const { status, stdout } = checked(word, other);
    expect(stdout).toContain(named);
    expect(status).toBe(1);
  });
});

describe('the schedulers that docs/implement.md builds', () => {
  const parts = STAGES.slice(STAGES.indexOf('shrink')) as readonly string[];
  const builds: [string, string[]][] = [
    ['first_part.py', ['--except', 'refuses-alike', 'bill-exact']],
    ['part_by_part.py bills', ['--except', 'refuses-alike']],
    ...['refusals', ...parts].map((part): [string, string[]] => [`part_by_part.py ${part}`, []]),
  ];

  test.each(builds)('%s is green within its part', (script, options) => {
    const exec = `python3 docs/examples/python/${script}`;
    const { status, stdout, stderr } = xx(
      'fuzz',
      '--exec',
      exec,
      ...options,
      '--runs',
      '200',
      '--out',
      home,
      '--json',
    );
    expect(stderr).toBe('');
    const { verdict, without } = JSON.parse(stdout);
    expect({ status, verdict }).toEqual({ status: 0, verdict: 'accepted' });
    const had = parts.slice(0, parts.indexOf(script.split(' ')[1] ?? '') + 1);
    expect([...without].sort()).toEqual(parts.filter((part) => !had.includes(part)).sort());
  });
});
