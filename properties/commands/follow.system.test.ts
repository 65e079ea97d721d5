import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from 'vitest';
import { readOpenMetrics } from '../live/testing-openmetrics.ts';

/** `xx judge --follow` as it is started: with files that grow, pipes, ports and signals. */

const home = mkdtempSync(join(tmpdir(), 'xx-follow-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const LINES = readFileSync('docs/examples/inversion.trace.jsonl', 'utf8').trimEnd().split('\n');
const GOOD = readFileSync('docs/examples/home-page.trace.jsonl', 'utf8').trimEnd().split('\n');
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A running program: what it says, line by line as it is waited for, and how it ends. */
class Program {
  readonly child: ChildProcess;
  private readonly out: AsyncIterator<string>;
  private readonly err: AsyncIterator<string>;

  constructor(...argv: string[]) {
    this.child = spawn(process.execPath, [resolve('dist/cli.js'), 'judge', ...argv]);
    this.out = createInterface(this.child.stdout!)[Symbol.asyncIterator]();
    this.err = createInterface(this.child.stderr!)[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    return (await this.out.next()).value ?? '(nothing more)';
  }

  async said(): Promise<string> {
    return (await this.err.next()).value ?? '(nothing more)';
  }

  async json(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.line());
  }

  async end(signal?: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (signal !== undefined) child.kill(signal);
    if (child.exitCode === null) await once(child, 'exit');
    return child.exitCode;
  }
}

const name = (of: string): string => join(home, `${of}.jsonl`);

describe('xx judge - --follow', () => {
  test('says what is wrong while it grows, and ends with a summary and 1', async () => {
    const program = new Program('-', '--follow');
    program.child.stdin!.write(`${text(LINES)}{"at":`);
    expect(await program.line()).toMatch(
      /^line 7: refused: step 6: `pageOut 2 50 MB` is refused by page-out-lowest/,
    );
    program.child.stdin!.end('99,"stimulus":{"type":"tick"},"decisions":[]}');
    expect(await program.line()).toBe('refused: 1 step of 7');
    expect(await program.end()).toBe(1);
  });

  test('ends when its reader has gone, and what was refused stays refused', async () => {
    const program = new Program('-', '--follow');
    program.child.stdin!.on('error', () => {});
    program.child.stdin!.write(text(LINES));
    expect(await program.line()).toMatch(/^line 7: refused/);
    program.child.stdout!.destroy();
    const again = setInterval(() => program.child.stdin!.write(text(LINES)), 50);
    expect(await program.end()).toBe(1);
    clearInterval(again);
  });

  test('refuses a log that ends with its header', async () => {
    const program = new Program('-', '--follow');
    program.child.stdin!.end(text(LINES.slice(0, 1)));
    expect(await program.said()).toContain('the log ends with its header');
    expect(await program.end()).toBe(2);
  });

  test('goes on after a line that cannot be read, and ends with 2', async () => {
    const program = new Program('-', '--follow', '--json');
    program.child.stdin!.end(text([...GOOD, 'nonsense']));
    expect(await program.json()).toMatchObject({ type: 'unreadable', file: '-', line: GOOD.length + 1 });
    expect(await program.json()).toMatchObject({ type: 'summary', verdict: 'not whole', unreadable: 1 });
    expect(await program.end()).toBe(2);
  });

  test.each([
    ['nothing at all', ''],
    ['no header', `${GOOD[1]}\n`],
  ])('refuses %s', async (_name, input) => {
    const program = new Program('-', '--follow');
    program.child.stdin!.end(input);
    expect(await program.said()).toMatch(/^xx: standard input: line 1: .*header/);
    expect(await program.end()).toBe(2);
  });
});

describe('xx judge FILE --follow', () => {
  test('follows a log through both ways of rotating it, half lines and all', async () => {
    const file = name('rotated');
    const half = Math.floor(LINES[6]!.length / 2);
    writeFileSync(file, text(GOOD.slice(0, 4)));
    const program = new Program(file, '--follow', '--json', '--metrics-port', '0');
    const [address] = (await program.said()).match(/http:\S+/)!;
    const figures = async () => readOpenMetrics(await (await fetch(address)).text());
    while ((await figures()).xx_judge_steps_total! < 3);
    renameSync(file, `${file}.1`);
    writeFileSync(file, text(GOOD.slice(4)));
    expect(await program.said()).toContain('was replaced');
    appendFileSync(file, text(LINES.slice(0, 6)) + LINES[6]!.slice(0, half));
    appendFileSync(file, `${LINES[6]!.slice(half)}\n`);
    expect(await program.json()).toMatchObject({
      type: 'violation',
      rule: 'page-out-lowest',
      step: 6,
      mayFollowFrom: null,
    });
    copyFileSync(file, `${file}.2`);
    truncateSync(file);
    expect(await program.said()).toContain('was cut to nothing');
    appendFileSync(file, text(LINES));
    expect(await program.json()).toMatchObject({ type: 'violation', line: 7, mayFollowFrom: null });
    const response = await fetch(address);
    expect(response.headers.get('content-type')).toContain('application/openmetrics-text; version=1.0.0');
    expect(readOpenMetrics(await response.text())).toMatchObject({
      'xx_judge_violations_total{rule="page-out-lowest",follow_on="false"}': 2,
      'xx_judge_rotations_total{how="replaced"}': 1,
      'xx_judge_rotations_total{how="truncated"}': 1,
      xx_judge_restarts_total: 2,
    });
    expect((await fetch(address.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
    program.child.kill('SIGTERM');
    expect(await program.json()).toMatchObject({
      type: 'summary',
      verdict: 'refused',
      violations: 2,
      restarts: 2,
    });
    expect(await program.end()).toBe(143);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends at %s with a summary, the last figures and %i', async (signal, code) => {
    const [file, metrics] = [name(signal), join(home, `${signal}.prom`)];
    writeFileSync(file, text(LINES));
    const program = new Program(file, '--follow', '--metrics', metrics, '--metrics-interval', '1h');
    expect(await program.line()).toContain('refused');
    program.child.kill(signal);
    expect(await program.line()).toBe('refused: 1 step of 6');
    expect(await program.end()).toBe(code);
    expect(readOpenMetrics(readFileSync(metrics, 'utf8'))).toMatchObject({ xx_judge_steps_total: 6 });
  });

  test('needs a port that is free, and properties that can be judged from any state on', async () => {
    const file = name('refused');
    writeFileSync(file, text(GOOD));
    const first = new Program(file, '--follow', '--metrics-port', '0');
    const [, port] = (await first.said()).match(/:(\d+)\//)!;
    const second = new Program(file, '--follow', '--metrics-port', port!);
    expect(await second.said()).toMatch(
      new RegExp(`^xx: --metrics-port: port ${port} cannot be used \\(EADDRINUSE\\)`),
    );
    expect(await second.end()).toBe(2);
    expect(await first.end('SIGINT')).toBe(130);
    const third = new Program(file, '--follow', '--property', 'conservation');
    expect(await third.said()).toMatch(/^xx: --property: conservation needs an account of the whole log/);
    expect(await third.end()).toBe(2);
    const fourth = new Program(file, '--metrics', join(home, 'x'));
    expect(await fourth.said()).toBe('xx: --metrics: only of a growing log; add --follow');
    expect(await fourth.end()).toBe(2);
  });
});
