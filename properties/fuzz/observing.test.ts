import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { fuzz } from './fuzz.ts';
import type { FuzzOptions } from './options.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-observations-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(home, 'a-'));
});

const campaign = (...more: string[]) =>
  ask(main, 'fuzz', '--size', 'small', '--seed', '7', '--out', join(dir, 'out'), ...more);

async function observed(...more: string[]): Promise<string> {
  const path = join(dir, 'observed.jsonl');
  await campaign('--observations', path, ...more);
  return readFileSync(path, 'utf8');
}

/** The same 120 runs of one worker, for the tests that compare others with them. */
let whole: Promise<string> | null = null;
const wholeOnce = (): Promise<string> => {
  whole ??= observed('--runs', '120', '--workers', '1');
  return whole;
};

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

describe('a file of observations', () => {
  test('has the same bytes for the same seed and runs, whatever the number of workers', async () => {
    const alone = await wholeOnce();
    expect(linesOf(alone)).toHaveLength(120);
    expect(await observed('--runs', '120', '--workers', '3')).toBe(alone);
    expect(await observed('--runs', '120', '--workers', '1', '--seed', '8')).not.toBe(alone);
  });

  test('of fewer runs is the beginning of that of more', async () => {
    const more = await observed('--runs', '60', '--workers', '1');
    const fewer = await observed('--runs', '55', '--workers', '1');
    expect(linesOf(more).slice(0, 55)).toEqual(linesOf(fewer));
  });

  test('of all shards has the lines of the whole campaign', async () => {
    const parts = [];
    for (const shard of ['1/2', '2/2']) {
      parts.push(...linesOf(await observed('--runs', '120', '--workers', '1', '--shard', shard)));
    }
    expect(parts.toSorted()).toEqual(linesOf(await wholeOnce()).toSorted());
  });

  test('ends with the run that failed', async () => {
    const lines = linesOf(
      await observed('--runs', '200', '--scheduler', 'kills-the-newest', '--workers', '2'),
    );
    const statuses = lines.map((line) => JSON.parse(line).status);
    expect(statuses.at(-1)).toBe('failed');
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set(['passed']));
    expect(JSON.parse(lines.at(-1)!).property).toBe('kills-the-newest: is XX');
  });

  test('ends with the run in which a process broke off', async () => {
    const text = await observed('--runs', '10', '--workers', '1', '--exec', 'exit 3');
    const [only, ...others] = linesOf(text).map((line) => JSON.parse(line));
    expect(others).toEqual([]);
    expect(only.status_reason).toMatch(/^the scheduler broke off: /);
  });

  test('of a campaign that is interrupted has whole lines, one for each run that it counts', async () => {
    let isInterrupted = false;
    const path = join(dir, 'interrupted.jsonl');
    const options: FuzzOptions = {
      ...{ candidate: { scheduler: 'xx' }, runs: 1000, seed: 7, size: 'small', workers: 1 },
      ...{ properties: [], out: join(dir, 'out'), report: false, observations: path },
    };
    const { summary } = await fuzz(options, {
      nowMs: () => 0,
      interrupted: () => isInterrupted,
      onProgress: ({ runs }) => {
        isInterrupted = runs > 0;
      },
    });
    const text = readFileSync(path, 'utf8');
    expect(summary.verdict).toBe('interrupted');
    expect(text.endsWith('}\n')).toBe(true);
    expect(linesOf(text).map((line) => JSON.parse(line).status)).toEqual(Array(summary.runs).fill('passed'));
  });

  test('replaces what was there once it is whole, and leaves nothing else behind', async () => {
    writeFileSync(join(dir, 'observed.jsonl'), 'old\n'.repeat(1000));
    expect(await observed('--runs', '2', '--workers', '1')).not.toContain('old');
    expect(readdirSync(dir).filter((name) => name !== 'out')).toEqual(['observed.jsonl']);
  });

  test('can be a pipe', async () => {
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { code, err } = await campaign('--runs', '1', '--workers', '1', '--observations', pipe);
      // One run tests too little, and that is all that is wrong.
      expect({ code, err }).toEqual({ code: 1, err: '' });
      const bytes = Buffer.alloc(65_536);
      const text = bytes.toString('utf8', 0, readSync(reader, bytes));
      expect(text).toBe(await observed('--runs', '1', '--workers', '1'));
    } finally {
      closeSync(reader);
    }
  });
});

describe('where observations cannot be written', () => {
  const refused = async (...more: string[]): Promise<string> => {
    const { code, out, err } = await campaign('--runs', '5', ...more);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(dir)).not.toContain('out');
    return err.replaceAll(dir, 'DIR');
  };

  test.each([
    ['a directory', 'full', 'xx: DIR/full: is not a file; name a file to write\n'],
    [
      'a place below a file',
      'plain/in',
      'xx: DIR/plain/in: is below a file, not a directory; name another place\n',
    ],
    ['a pipe that nobody reads', 'pipe', /^xx: DIR\/pipe: .*start its reader first\n$/],
  ])('%s is refused before anything is run', async (_what, name, message) => {
    mkdirSync(join(dir, 'full'));
    writeFileSync(join(dir, 'plain'), '');
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    expect(await refused('--observations', join(dir, name))).toMatch(message);
  });

  test('standard output is refused where a program reads the report', async () => {
    for (const reporter of [['--json'], ['--reporter', 'junit']]) {
      expect(await refused('--observations', '/dev/stdout', ...reporter)).toBe(
        'xx: --observations: /dev/stdout is where the report goes; name another file, or leave out --json and --reporter\n',
      );
    }
  });

  test('the file of --html is refused', async () => {
    const path = join(dir, 'both');
    expect(await refused('--observations', path, '--html', path)).toBe(
      'xx: --observations: DIR/both would be written over what --html writes; name another file\n',
    );
  });

  test('a full disk is told after the verdict', async () => {
    const { code, out, err } = await campaign(
      '--runs',
      '400',
      '--workers',
      '1',
      '--observations',
      '/dev/full',
    );
    expect(out).toMatch(/violated|Nothing found|not shown/i);
    expect(code).not.toBe(0);
    expect(err).toMatch(/^xx: --observations: \/dev\/full: the disk is full/m);
  });
});
