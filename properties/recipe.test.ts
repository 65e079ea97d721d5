import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { traceText } from '../model/format/write.ts';
import { RULE_IDS } from '../model/rules/rule-set.ts';
import {
  arrives,
  cluster,
  enqueue,
  type Line,
  LOW,
  later,
  polls,
  type Story,
  start,
  story,
  submit,
  turn,
} from '../model/testing.ts';

/** A change to one place of a file: the lines that stand there, and those that shall. */
interface Hunk {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The blocks of the recipe for a rule, as CONTRIBUTING has them. */
function hunksOf(page: string): Hunk[] {
  const recipe = /^## How to add a rule\n([\s\S]*?)^## /m.exec(page)![1]!;
  return [...recipe.matchAll(/^ {3}```diff\n {3}--- (\S+)\n([\s\S]*?)^ {3}```$/gm)].flatMap(
    ([, path, block]) => {
      const lines = block!.split('\n').map((line) => line.slice(3));
      return lines
        .join('\n')
        .split(/^@@$\n?/m)
        .map((hunk) => ({ path: path!, before: side(hunk, '-'), after: side(hunk, '+') }));
    },
  );
}

/** What a hunk says that a file has before it, or after it. */
function side(hunk: string, sign: '-' | '+'): string {
  return hunk
    .split('\n')
    .filter((line) => line.startsWith(' ') || line.startsWith(sign))
    .map((line) => `${line.slice(1)}\n`)
    .join('');
}

const PARTS = ['model', 'reference-impl', 'properties', 'cli.ts'];
const FILES = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];
const RULE = 'at-most-cores';

const home = mkdtempSync(join(tmpdir(), 'xx-recipe-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function xx(...argv: string[]) {
  const { status, stdout } = spawnSync(process.execPath, [join(home, 'dist/cli.js'), ...argv], {
    cwd: home,
    encoding: 'utf8',
  });
  return { status, out: stdout };
}

/** A file with the trace of a story. */
function traceOf(name: string, { config, lines }: Story): string {
  const steps = lines.map(([at, stimulus, ...decisions]) => ({ at, stimulus, decisions }));
  const path = join(home, name);
  writeFileSync(path, traceText({ config, steps }));
  return path;
}

/** 1 runs on a machine of one core, and 2 is queued. */
const one = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, submit(2, LOW), enqueue(2, LOW)]);
const startsToo: Line = [0, turn(), polls(2, 0), start(2)];

describe('the recipe for a rule, walked to the letter in a copy of the project', () => {
  const hunks = hunksOf(readFileSync('CONTRIBUTING.md', 'utf8'));

  beforeAll(() => {
    for (const part of [...PARTS, ...FILES]) cpSync(part, join(home, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(home, 'node_modules'));
    for (const { path, before, after } of hunks) {
      const text = readFileSync(join(home, path), 'utf8');
      expect(text.split(before), `${path} has this once:\n${before}`).toHaveLength(2);
      writeFileSync(
        join(home, path),
        text.replace(before, () => after),
      );
    }
    const compiler = 'node_modules/typescript/bin/tsc';
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
      cwd: home,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  test('touches four files', () => {
    expect(RULE_IDS).not.toContain(RULE);
    expect([...new Set(hunks.map(({ path }) => path))]).toEqual([
      'model/rules/rule-set.ts',
      'model/rules/running.ts',
      'model/rules/index.ts',
      'model/judge.ts',
    ]);
  });

  test('gives a judge that refuses a trace by the new rule, and accepts one that keeps it', () => {
    const broken = traceOf('broken.trace.jsonl', later(one, startsToo));
    const refused = xx('judge', broken, '--property', RULE, '--json');
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.out).violation).toMatchObject({
      rule: RULE,
      entity: 'machine 0',
      message: expect.stringContaining('2 run on machine 0, and it has 1 cores'),
    });
    const kept = traceOf('kept.trace.jsonl', one);
    const accepted = xx('judge', kept, '--property', RULE, '--json');
    expect(accepted.status).toBe(0);
    expect(JSON.parse(accepted.out).properties).toEqual([
      expect.objectContaining({ id: RULE, verdict: 'holds' }),
    ]);
  });

  test('gives an `xx explain` that knows it, and a catalogue that lists it where its id stands', () => {
    const { properties } = JSON.parse(xx('explain', '--json').out);
    const index = properties.findIndex(({ id }: { id: string }) => id === RULE);
    expect(properties[index]).toMatchObject({ kind: 'obligation', section: '3.2', judgedIn: 'model/rules' });
    expect(properties[index - 1]).toMatchObject({ id: 'run-resident' });
  });
});
