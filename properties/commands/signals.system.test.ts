import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

/** Signals, at whatever moment they come: somebody waits for the end, and for what there is so far. */

const home = mkdtempSync(join(tmpdir(), 'xx-signals-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const PROGRAM = resolve('dist/cli.js');
const TRACE = 'docs/examples/home-page.trace.jsonl';
const SCENARIO = 'docs/examples/home-page.scenario.jsonl';

/** What is started with it is in no group that could be ended with its parent; only Linux shows whose it is. */
const inSessionOfItsOwn = process.platform === 'linux' ? 'setsid' : '';

/** Answers slowly, is deaf to signals itself, and has started something else. */
const slow = (directory: string) =>
  `trap '' INT TERM HUP; sleep 1000 & echo $! > ${directory}/grandchild; echo $$ > ${directory}/child; read line; while read line; do sleep 0.2; echo '[]'; done`;
const hanging = (directory: string) =>
  `trap '' INT TERM HUP; echo $$ > ${directory}/child; ${inSessionOfItsOwn} sleep 1000 & echo $! > ${directory}/grandchild; wait; wait; sleep 1000`;

/** Runs a command, and sends it a signal so many ms after it was started, or after `begun` stands there. */
async function signalled(
  argv: readonly string[],
  signal: NodeJS.Signals,
  begun: string | null,
  afterMs: number,
): Promise<{ code: number | null; by: string | null; out: string; err: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk;
  });
  const ended = new Promise<{ code: number | null; by: string | null }>((done) =>
    child.on('close', (code, by) => done({ code, by })),
  );
  while (begun !== null && !existsSync(begun)) await pause(50);
  await pause(afterMs);
  child.kill(signal);
  return { ...(await ended), ...said };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Whether a process is gone at last: the system takes its time to end one. */
async function isGone(file: string): Promise<boolean> {
  const pid = Number(readFileSync(file, 'utf8'));
  for (let attempts = 0; attempts < 50; attempts++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await pause(100);
  }
  return false;
}

const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const codeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

// biome-ignore format: a table, a row a line
const PLAYED: [string, ((directory: string) => string[])][] = [
  ['a campaign on a slow process, one worker', (directory) => ['fuzz', '--runs', '500', '--workers', '1', '--json', '--out', directory, '--exec', slow(directory), '--property', 'conservation']],
  ['a campaign on a process that hangs', (directory) => ['fuzz', '--runs', '500', '--workers', '2', '--json', '--out', directory, '--exec', hanging(directory)]],
  ['a campaign that plays a corpus', (directory) => ['fuzz', '--runs', '500', '--corpus', 'properties/fixtures', '--json', '--out', directory, '--exec', hanging(directory)]],
  ['run', (directory) => ['run', SCENARIO, '--exec', hanging(directory)]],
  ['replay', (directory) => ['replay', SCENARIO, '--exec', hanging(directory)]],
  ['check', (directory) => ['check', '--json', '--out', directory, '--graph', join(directory, 'graph'), '--exec', hanging(directory)]],
  ['simulate', (directory) => ['simulate', '--functions', '50', '--scheduler', 'xx', '--json', '--exec', hanging(directory)]],
  ['simulate, of a slow process', (directory) => ['simulate', '--functions', '50', '--json', '--exec', slow(directory)]],
];

describe.each(SIGNALS)('%s', (signal) => {
  test.each(PLAYED)('ends %s, and all that it has started', async (name, argv) => {
    const directory = mkdtempSync(join(home, 'played-'));
    const begun = join(directory, 'child');
    const { code, out, err } = await signalled(argv(directory), signal, begun, 400);
    const told = name === 'run' ? 'interrupted: 0 steps played; what follows was not played\n' : '';
    expect({ code, err }).toEqual({ code: codeOf(signal), err: told });
    if (name === 'replay') expect(out).toContain('interrupted');
    if (name.startsWith('check')) expect(JSON.parse(out)).toMatchObject({ complete: false });
    if (name.startsWith('simulate')) expect(JSON.parse(out).interrupted).toHaveProperty('notSimulated');
    if (name.startsWith('a campaign')) expect(JSON.parse(out)).toMatchObject({ verdict: 'interrupted' });
    for (const one of ['child', 'grandchild']) expect(await isGone(join(directory, one))).toBe(true);
  });

  test('ends what only computes, with what there is so far', async () => {
    const fuzz = await signalled(['fuzz', '--budget', '10m', '--json', '--out', home], signal, null, 8000);
    expect(JSON.parse(fuzz.out)).toMatchObject({ verdict: 'interrupted' });
    const check = await signalled(
      ['check', '--invocations', '5', '--json', '--out', home],
      signal,
      null,
      8000,
    );
    const { complete, kept } = JSON.parse(check.out);
    expect({ complete, isKept: existsSync(kept) }).toEqual({ complete: false, isKept: true });
    expect([fuzz, check].map(({ code }) => code)).toEqual(Array(2).fill(codeOf(signal)));
  });

  test('leaves the verdict on what was read of a pipe', async () => {
    const directory = mkdtempSync(join(home, 'pipe-'));
    const [pipe, begun] = [join(directory, 'pipe'), join(directory, 'begun')];
    await new Promise((done) => spawn('mkfifo', [pipe]).on('close', done));
    // The pipe opens when somebody reads it.
    const writing = `exec > ${pipe}; touch ${begun}; cat ${TRACE}; exec sleep 1000`;
    const writer = spawn('sh', ['-c', writing], { stdio: 'ignore' });
    const { code, out } = await signalled(['judge', pipe, '--json'], signal, begun, 400);
    writer.kill();
    expect(code).toBe(codeOf(signal));
    expect(JSON.parse(out)).toMatchObject({ verdict: 'interrupted', violation: null });
  });
});

/** Far more than anybody waits for, and so what a signal leaves: an object that says what is not in it. */
// biome-ignore format: a table, a row a line
const COMPUTED: [string, string[]][] = [
  ['a simulation', ['simulate', '--functions', '100000000', '--scheduler', 'xx,hermod']],
  ['a comparison', ['simulate', 'crowding', '--sweep', `load=${Array.from({ length: 40 }, (_, step) => 0.5 + step / 100).join(',')}`]],
  ['a figure', ['simulate', 'figure-3', '--runs', '1000']],
  ['a sweep', ['simulate', 'figure-4', '--runs', '1000', '--sweep', 'swap=0,1000,2000']],
  ['theory', ['simulate', 'theory', '--functions', '1000000']],
];
test.each(COMPUTED)('of %s there is what was simulated so far, and what was not', async (_, argv) => {
  // A signal that comes before anybody listens ends the process as it ends any: then it came too early.
  for (let afterMs = 2_000; ; afterMs *= 2) {
    const { code, by, out } = await signalled([...argv, '--json'], 'SIGTERM', null, afterMs);
    if (by !== null || out === '') continue;
    expect(code).toBe(143);
    expect(JSON.parse(out).interrupted).toHaveProperty('notSimulated');
    break;
  }
});

test('a figure says in words which of its runs are pooled, and which schedulers it leaves out', async () => {
  for (let afterMs = 4_000; ; afterMs *= 2) {
    const argv = ['simulate', 'figure-3', '--runs', '1000'];
    const { by, out } = await signalled(argv, 'SIGINT', null, afterMs);
    if (by !== null || out === '') continue;
    const said = out.replaceAll(/\s+/g, ' ');
    expect(said).toMatch(
      /Interrupted: (runs that are pooled: (xx|hermod) \d+ of 1000|not simulated, and so not shown: (xx|hermod))/,
    );
    break;
  }
});

test('what was found is on disk as it is, and then as far as it was shrunk when the signal came', async () => {
  const directory = mkdtempSync(join(home, 'found-'));
  const command = `sh -c 'read line; while read line; do sleep 0.1; echo "[]"; done'`;
  const argv = ['fuzz', '--runs', '500', '--workers', '1', '--json', '--out', directory, '--exec', command];
  const looking = async () => {
    while (readdirSync(directory).length === 0) await pause(50);
    return true;
  };
  const [{ code, out }] = await Promise.all([
    signalled(argv, 'SIGTERM', join(directory, 'never-mind'), 0).catch(() => ({ code: null, out: '' })),
    looking().then(() =>
      import('node:fs').then(({ writeFileSync }) => writeFileSync(join(directory, 'never-mind'), '')),
    ),
  ]);
  expect(code).toBe(143);
  const { violations } = JSON.parse(out);
  expect(violations).toHaveLength(1);
  expect(existsSync(violations[0].file)).toBe(true);
  expect(readdirSync(directory).filter((name) => /^[a-z-]+-[0-9a-f]{8}\.json$/.test(name))).toHaveLength(1);
});

test('a process that ends leaves what it was asked, and every report says so', async () => {
  const directory = mkdtempSync(join(home, 'broken-'));
  const command = `node docs/examples/serve.mjs 2> ${directory}/log | sed -u 5q; echo "out of luck" >&2; exit 7`;
  const argv = ['fuzz', '--runs', '9', '--workers', '1', '--out', directory];
  const broken = [...argv, '--exec', command];
  const json = await signalled([...broken, '--json'], 'SIGCONT', null, 0);
  const said = JSON.parse(json.out);
  expect(json.code).toBe(3);
  expect(said).toMatchObject({ verdict: 'broken', run: 1, message: expect.stringContaining('out of luck') });
  const again = await signalled(['run', said.file, '--exec', command], 'SIGCONT', null, 0);
  expect(again.code).toBe(3);
  expect(again.err).toContain(`on step 6, `);
  const human = await signalled(broken, 'SIGCONT', null, 0);
  expect(human.err).toMatch(/\(run 1; the \d+ steps until then are (shortened to \d+ and )?written to /);
  expect(human.err).toContain(`written to ${said.file})`);
  expect(human.err).toMatch(
    new RegExp(`the ${said.step} steps until then are written|shortened to ${said.step} and written`),
  );
});

test('a budget bounds everything: a slow process is not waited for, and neither is the shortest scenario', async () => {
  const directory = mkdtempSync(join(home, 'budget-'));
  const command = `sh -c 'read line; while read line; do sleep 0.3; echo "[]"; done'`;
  const argv = ['fuzz', '--budget', '4s', '--workers', '1', '--json', '--out', directory, '--exec', command];
  const { code, out } = await signalled([...argv], 'SIGCONT', null, 0);
  expect(code).toBe(1);
  // Without the bound this takes half an hour, and the test runs out of its time.
  expect(JSON.parse(out).violations).toHaveLength(1);
});
