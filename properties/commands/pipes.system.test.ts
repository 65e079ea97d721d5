import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

/** The command as a process of its own: its streams, its names, and what it is given to write to. */

const home = mkdtempSync(join(tmpdir(), 'xx-pipes-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const PROGRAM = resolve('dist/cli.js');
const FULL = '/dev/full';
const TRACE = 'docs/examples/home-page.trace.jsonl';
const REFUSED = 'docs/examples/inversion.trace.jsonl';
const SCENARIO = 'docs/examples/home-page.scenario.jsonl';
const RECORD = 'counterexamples/kill-iff-d6bef0f2.json';
const NAIVE = ['--exec', 'node docs/examples/naive-scheduler.mjs'];

/** Runs the command; `left` are the streams whose reader has left before anything is said, `full` those of a full disk. */
function outcome(
  argv: readonly string[],
  { left = [], full = [] }: { left?: number[]; full?: number[] } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const stream = (descriptor: number) => (full.includes(descriptor) ? openSync(FULL, 'w') : 'pipe');
  const child = spawn(process.execPath, [PROGRAM, ...argv], {
    stdio: ['ignore', stream(1), stream(2)],
  });
  const said = { out: '', err: '' };
  for (const [descriptor, name] of [
    [1, 'out'],
    [2, 'err'],
  ] as const) {
    const pipe = child.stdio[descriptor];
    if (left.includes(descriptor)) pipe?.destroy();
    else
      pipe?.on('data', (chunk: Buffer) => {
        said[name] += chunk;
      });
  }
  return new Promise((done) => child.on('close', (code) => done({ code, ...said })));
}

const found = () => ['--out', mkdtempSync(join(home, 'found-'))];

const EVERY_COMMAND: [string, number, () => string[]][] = [
  ['help', 0, () => ['--help']],
  ['a command that there is not', 2, () => ['nonsense']],
  ['judge, accepted', 0, () => ['judge', TRACE]],
  ['judge, refused', 1, () => ['judge', REFUSED]],
  ['judge as JSON, refused', 1, () => ['judge', REFUSED, '--json']],
  ['judge, no such file', 2, () => ['judge', 'nowhere']],
  ['run', 0, () => ['run', SCENARIO]],
  ['run, accepted', 0, () => ['run', SCENARIO, '--judge']],
  ['run, refused', 1, () => ['run', SCENARIO, '--judge', ...NAIVE]],
  ['run, broken off', 3, () => ['run', SCENARIO, '--exec', 'exit 7']],
  ['fuzz, accepted', 0, () => ['fuzz', '--runs', '300', '--property', 'conservation', ...found()]],
  ['fuzz, violated', 1, () => ['fuzz', '--runs', '300', '--scheduler', 'kills-the-newest', ...found()]],
  [
    'fuzz for GitHub, broken off',
    3,
    () => ['fuzz', '--runs', '9', '--exec', 'exit 7', '--reporter', 'github'],
  ],
  ['check', 0, () => ['check', '--invocations', '1', '--workers', '1', ...found()]],
  ['replay, as recorded', 1, () => ['replay', RECORD, '--scheduler', 'kills-the-newest']],
  ['replay, no longer', 4, () => ['replay', RECORD, '--scheduler', 'xx']],
  ['simulate', 0, () => ['simulate', '--functions', '50']],
  ['simulate, bad option', 2, () => ['simulate', '--load', 'nonsense']],
  ['explain', 0, () => ['explain']],
];

describe.each(EVERY_COMMAND)('exit code of %s is %i', (_, expected, argv) => {
  test('whoever reads', async () => {
    const outcomes = await Promise.all([
      outcome(argv(), { left: [1] }),
      outcome(argv(), { left: [2] }),
      outcome(argv(), { full: [2] }),
    ]);
    expect(outcomes.map(({ code }) => code)).toEqual([expected, expected, expected]);
    for (const { out, err } of outcomes) expect(`${out}${err}`).not.toMatch(/^ {4}at /m);
  });
});

test('a full standard output is told, and fails what would have been accepted', async () => {
  const accepted = await outcome(['judge', TRACE], { full: [1] });
  expect(accepted).toEqual({
    code: 2,
    out: '',
    err: 'xx: standard output: the disk is full; make room, or name another place\n',
  });
  expect((await outcome(['judge', REFUSED], { full: [1] })).code).toBe(1);
});

describe('started under whatever name', () => {
  const link = join(home, 'linked');
  symlinkSync(PROGRAM, link);
  symlinkSync(resolve('dist'), join(home, 'dist'));
  symlinkSync(resolve('properties/commands/start.mjs'), join(home, 'xx'));
  const WAYS: [string, string[]][] = [
    ['the file', [PROGRAM]],
    ['the file without its ending', [PROGRAM.replace(/\.js$/, '')]],
    ['a link', [link]],
    [
      'a link that Node does not follow',
      ['--preserve-symlinks-main', '--preserve-symlinks', join(home, 'dist/cli.js')],
    ],
    ['a directory that is a link', [join(home, 'dist', 'cli.js')]],
    ['the command', [resolve('properties/commands/start.mjs')]],
    ['a link to the command', [join(home, 'xx')]],
    ['a link to the command that Node does not follow', ['--preserve-symlinks-main', join(home, 'xx')]],
  ];
  test.each(WAYS)('%s: the command does its work', async (_, argv) => {
    // Where links are not followed, what is next to the link has to be found.
    if (argv.includes('--preserve-symlinks'))
      symlinkSync(resolve('node_modules'), join(home, 'node_modules'));
    const child = spawn(process.execPath, [...argv, 'judge', REFUSED], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const code = await new Promise((done) => child.on('close', done));
    expect(said).toContain('refused: step 6');
    expect(code).toBe(1);
  });
});

/** With the exit code when only the writing fails: the verdict that a counterexample still fails is not hidden by that. */
const WRITERS: [string, (path: string) => string[], number][] = [
  ['replay --html', (path) => ['replay', RECORD, '--html', path], 1],
  ['replay --perfetto', (path) => ['replay', RECORD, '--perfetto', path], 1],
  ['replay --itf', (path) => ['replay', RECORD, '--itf', path], 1],
  ['simulate --html', (path) => ['simulate', '--functions', '50', '--html', path], 2],
];

describe.each(WRITERS)('%s', (_, argv, unwritten) => {
  test('writes to a device and to a pipe, and both stay what they are', async () => {
    const null1 = await outcome(argv('/dev/null'));
    expect(null1.err).toBe('');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);

    const directory = mkdtempSync(join(home, 'fifo-'));
    const fifo = join(directory, 'fifo');
    await new Promise((done) => spawn('mkfifo', [fifo]).on('close', done));
    const unread = await outcome(argv(fifo));
    expect(unread.code).toBe(unwritten);
    expect(unread.err).toMatch(/is a pipe or a socket without a reader/);
    const reader = spawn('cat', [fifo], { stdio: ['ignore', 'pipe', 'ignore'] });
    let read = '';
    reader.stdout.on('data', (chunk) => (read += chunk));
    const isRead = new Promise((done) => reader.on('close', done));
    // The reader may not have come yet.
    while ((await outcome(argv(fifo))).err.includes('without a reader'));
    await isRead;
    expect(read.length).toBeGreaterThan(100);
    expect(statSync(fifo).isFIFO()).toBe(true);
  });

  test('says in one line that a device is full, and that a path cannot be', async () => {
    const directory = mkdtempSync(join(home, 'bad-'));
    writeFileSync(join(directory, 'file'), 'kept');
    symlinkSync('circle', join(directory, 'circle'));
    mkdirSync(join(directory, 'directory'));
    for (const path of [
      FULL,
      join(directory, 'circle', 'out'),
      join(directory, 'file', 'out'),
      join(directory, 'directory'),
      join(directory, 'x'.repeat(300)),
      join(directory, 'x'.repeat(300), 'out'),
      join(directory, 'deep/'.repeat(2000), 'out'),
      '',
    ]) {
      const { code, err } = await outcome(argv(path));
      expect({ path, code }).toEqual({ path, code: path === FULL ? unwritten : 2 });
      expect(err).toMatch(/^xx: .+\n$/);
    }
    expect(statSync(FULL).isCharacterDevice()).toBe(true);
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('kept');
  });
});
