import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { constants as system, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { shellWord } from '../shell.ts';

/**
 * Readers that have stopped reading, and readers that never came: every option that names a file to write may be given a
 * pipe, and a command that waits for its reader must hear a signal, and must have said its verdict.
 */

const home = realpathSync(mkdtempSync(join(tmpdir(), 'xx-stalled-')));
const opened: number[] = [];
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const descriptor of opened.splice(0)) closeSync(descriptor);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const PROGRAM = resolve('dist/cli.js');
const TRACE = 'docs/examples/home-page.trace.jsonl';
const REFUSED = 'docs/examples/inversion.trace.jsonl';
const SCENARIO = 'docs/examples/home-page.scenario.jsonl';
const RECORD = 'counterexamples/kill-iff-d6bef0f2.json';
const SERVED = ['--exec', 'node docs/examples/serve.mjs'];

const found = () => ['--out', mkdtempSync(join(home, 'found-'))];

function newPipe(): string {
  const pipe = join(mkdtempSync(join(home, 'pipe-')), 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

/** Opens a pipe as one who reads nothing of it, and fills it: whoever writes to it has to wait. */
function stalled(pipe: string): number {
  const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  opened.push(descriptor);
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4096));
  } catch {
    return descriptor;
  }
}

interface Said {
  code: number | null;
  by: string | null;
  out: string;
  err: string;
}

function start(argv: readonly string[], output: 'pipe' | number = 'pipe') {
  const child = spawn(process.execPath, [PROGRAM, ...argv], { stdio: ['ignore', output, 'pipe'] });
  started.push(child);
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err += chunk;
  });
  const ended = new Promise<Said>((done) => child.on('close', (code, by) => done({ code, by, ...said })));
  return { child, said, ended };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Waits until a process has opened a file. */
async function hasOpened(pid: number, path: string): Promise<void> {
  for (;;) {
    const descriptors = readdirSync(`/proc/${pid}/fd`);
    const isOpen = descriptors.some((descriptor) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${descriptor}`) === path;
      } catch {
        return false;
      }
    });
    if (isOpen) return;
    await pause(20);
  }
}

/** Waits until a process computes nothing, or next to nothing: it has said what it can, and waits. */
async function isIdle(pid: number): Promise<void> {
  const ticks = (): number => {
    // The 14th and 15th field: the time that it has computed, in ticks of 10 ms (man 5 proc).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
    return Number(fields[13]) + Number(fields[14]);
  };
  for (let before = -10; ; ) {
    const now = ticks();
    if (now - before < 5) return;
    before = now;
    await pause(500);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What must have been said by the end, on standard output unless something else is in view. */
// biome-ignore format: a table, a row a line
const WRITERS: [string, (path: string) => string[], RegExp][] = [
  ['fuzz --observations', (path) => ['fuzz', '--runs', '500', '--workers', '1', ...found(), '--observations', path], /Interrupted/],
  ['fuzz --observations, of several threads', (path) => ['fuzz', '--runs', '500', '--workers', '2', ...found(), '--observations', path], /Interrupted/],
  ['fuzz --observations, of a process', (path) => ['fuzz', '--runs', '500', '--workers', '1', ...found(), '--observations', path, ...SERVED], /Interrupted/],
  ['fuzz --observations, of what fails', (path) => ['fuzz', '--runs', '50', '--workers', '1', ...found(), '--scheduler', 'kills-the-newest', '--observations', path], /violat/],
  ['fuzz --html', (path) => ['fuzz', '--runs', '500', '--workers', '1', ...found(), '--scheduler', 'kills-the-newest', '--html', path], /violated/],
  ['check --html', (path) => ['check', '--workers', '1', ...found(), '--scheduler', 'lifo-within-a-class', '--html', path], /violat/],
  ['run --judge --html', (path) => ['run', SCENARIO, '--judge', '--html', path], /xx-trace/],
  ['run --html, of a process', (path) => ['run', SCENARIO, '--html', path, ...SERVED], /xx-trace/],
  ['judge --html', (path) => ['judge', TRACE, '--html', path], /accepted/],
  ['judge --html, refused', (path) => ['judge', REFUSED, '--html', path], /refused/],
  ['judge --follow --metrics', (path) => ['judge', '--follow', TRACE, '--metrics', path], /steps/],
  ['judge --follow --metrics, at its end', (path) => ['judge', '--follow', '/dev/null', '--metrics', path], /^$/],
  ...(['html', 'perfetto', 'itf', 'mermaid'] as const).map((format): [string, (path: string) => string[], RegExp] =>
    [`replay --${format}`, (path) => ['replay', RECORD, '--scheduler', 'kills-the-newest', `--${format}`, path], /kill-iff/]),
  ['replay --json --html', (path) => ['replay', RECORD, '--json', '--html', path], /"results"/],
  ['simulate --html', (path) => ['simulate', '--functions', '50', '--html', path], /completed/],
  ['simulate crowding --html', (path) => ['simulate', 'crowding', '--scheduler', 'xx', '--functions', '50', '--html', path], /xx/],
  ['simulate figure-3 --html', (path) => ['simulate', 'figure-3', '--runs', '1', '--html', path], /xx/],
  ['simulate theory --html', (path) => ['simulate', 'theory', '--functions', '1000', '--replications', '2', '--law', 'erlang-c', '--html', path], /erlang-c/],
];

// What a process has opened is seen under /proc.
describe.runIf(process.platform === 'linux').each(WRITERS)('%s', (name, argv, verdict) => {
  const signal = SIGNALS[name.length % SIGNALS.length]!;

  test(`hears ${signal} while its reader does not read, and its verdict is not lost`, async () => {
    const pipe = newPipe();
    stalled(pipe);
    const { child, ended } = start(argv(pipe));
    await hasOpened(child.pid!, pipe);
    await isIdle(child.pid!);
    child.kill(signal);
    const { code, by, out, err } = await ended;
    expect(out).toMatch(verdict);
    if (by === null) expect([1, 128 + system.signals[signal]]).toContain(code);
    else expect(by).toBe(signal);
    expect(err).not.toMatch(/^ {4}at |a bug in xx-spec/m);
  });

  // Of other exports another table has this (pipes.system.test.ts).
  test.runIf(!/^replay --[pim]/.test(name))('does not wait for a reader that never comes', async () => {
    const { child, said, ended } = start(argv(newPipe()));
    // A log that grows is judged on.
    if (name === 'judge --follow --metrics') {
      while (said.err === '') await pause(20);
      child.kill(signal);
    }
    const { code, err } = await ended;
    expect(code).toBeGreaterThan(0);
    expect(err).toMatch(/is a pipe or a socket without a reader/);
  });
});

/** Commands that have more to say. */
// biome-ignore format: a table, a row a line
const SPEAKERS: [string, () => string[]][] = [
  ['judge --follow', () => ['judge', '--follow', REFUSED]],
  ['run, of a process', () => ['run', SCENARIO, ...SERVED]],
  ['replay', () => ['replay', RECORD, '--scheduler', 'kills-the-newest']],
  ['fuzz', () => ['fuzz', '--runs', '20', '--workers', '1', ...found()]],
  ['simulate', () => ['simulate', '--functions', '50', '--json']],
];

test.runIf(process.platform === 'linux').each(SPEAKERS)(
  '%s hears a signal while nobody reads its standard output',
  async (name, argv) => {
    const signal = SIGNALS[name.length % SIGNALS.length]!;
    const { child, ended } = start(argv(), stalled(newPipe()));
    await isIdle(child.pid!);
    child.kill(signal);
    const { code, by, err } = await ended;
    if (by === null) expect(code).toBe(128 + system.signals[signal]);
    else expect(by).toBe(signal);
    expect(err).not.toMatch(/^ {4}at |a bug in xx-spec/m);
  },
);

/** `script` runs a command in a terminal of its own. */
test.runIf(process.platform === 'linux' && existsSync('/usr/bin/script')).each(SPEAKERS)(
  '%s hears a signal while its terminal is stopped by Ctrl-S',
  async (name, argv) => {
    const signal = SIGNALS[name.length % SIGNALS.length]!;
    const begun = join(mkdtempSync(join(home, 'terminal-')), 'pid');
    const words = [process.execPath, PROGRAM, ...argv()].map(shellWord).join(' ');
    const line = `read go; echo $$ > ${begun}.new; mv ${begun}.new ${begun}; exec ${words}`;
    const child = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'pipe'] });
    started.push(child);
    const ended = new Promise<number | null>((done) => child.on('close', done));
    child.stdout.resume();
    // The terminal is stopped before the command begins, since it takes one after the other.
    child.stdin.write('\u0013go\n');
    while (!existsSync(begun)) await pause(20);
    const pid = Number(readFileSync(begun, 'utf8'));
    await isIdle(pid);
    process.kill(pid, signal);
    expect(await ended).toBe(128 + system.signals[signal]);
  },
);

test.runIf(process.platform === 'linux')(
  'a signal is not lost that comes while the last run of a campaign is under way',
  async () => {
    const directory = mkdtempSync(join(home, 'last-'));
    const [begun, sent, goals] = ['begun', 'sent', 'goals.mjs'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    // A goal is asked in the midst of a run: this one lets nothing else happen until the signal is sent.
    const waiting = `writeFileSync('${begun}', ''); while (!existsSync('${sent}'));`;
    const met = `() => { if (!existsSync('${begun}')) { ${waiting} } return true; }`;
    writeFileSync(
      goals,
      `import { existsSync, writeFileSync } from 'node:fs'; export const goals = [{ name: 'waits', met: ${met} }];`,
    );
    const argv = ['fuzz', '--runs', '5', '--workers', '1', '--goals', goals, ...found()];
    const { child, ended } = start(argv, stalled(newPipe()));
    while (!existsSync(begun)) await pause(20);
    child.kill('SIGTERM');
    writeFileSync(sent, '');
    const { code, by } = await ended;
    // The code of the verdict, which so few runs leave at `not shown`.
    expect({ code, by }).toEqual({ code: 1, by: null });
  },
);

/** Commands that read a file which somebody has named; it may be a pipe, too. */
// biome-ignore format: a table, a row a line
const READERS: [string, (path: string) => string[]][] = [
  ['judge', (path) => ['judge', path]],
  ['judge --unobserved', (path) => ['judge', path, '--unobserved', 'pages']],
  ['judge --follow', (path) => ['judge', '--follow', path]],
  ['judge, of nodes', (path) => ['judge', path, TRACE]],
  ['run', (path) => ['run', path]],
  ['run, of a process', (path) => ['run', path, ...SERVED]],
  ['simulate --trace', (path) => ['simulate', '--trace', path]],
];

describe.runIf(process.platform === 'linux').each(READERS)('%s', (name, argv) => {
  const signal = SIGNALS[name.length % SIGNALS.length]!;

  test.each(['before it comes', 'that has stopped writing'])(
    'hears a signal while it waits for a writer %s',
    async (what) => {
      const pipe = newPipe();
      // Whoever opens it for both is a writer for the others.
      if (what !== 'before it comes') opened.push(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
      const { child, ended } = start(argv(pipe));
      await hasOpened(child.pid!, pipe);
      await isIdle(child.pid!);
      child.kill(signal);
      const { code, err } = await ended;
      expect(code).toBe(128 + system.signals[signal]);
      expect(err).not.toMatch(/^ {4}at |a bug in xx-spec/m);
    },
  );
});

test.each([
  ['replay', (path: string) => ['replay', path]],
  ['fuzz --goals', (path: string) => ['fuzz', '--runs', '1', ...found(), '--goals', path]],
])('%s refuses a pipe', async (_, argv) => {
  const { code, err } = await start(argv(newPipe())).ended;
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/is not a regular file; name/) });
});
