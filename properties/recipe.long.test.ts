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
  complete,
  enqueue,
  finish,
  LOW,
  later,
  pageOut,
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

/** The blocks of a recipe, as CONTRIBUTING has them below this heading. */
function hunksOf(heading: string): Hunk[] {
  const page = readFileSync('CONTRIBUTING.md', 'utf8');
  const recipe = page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
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
const COMPILER = 'node_modules/typescript/bin/tsc';

/** A copy of the project to which the hunks of a recipe are applied, and which is then built. */
class Copy {
  private readonly home = mkdtempSync(join(tmpdir(), 'xx-recipe-'));

  build(hunks: readonly Hunk[]): void {
    for (const part of [...PARTS, ...FILES]) cpSync(part, join(this.home, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.home, 'node_modules'));
    for (const { path, before, after } of hunks) {
      const text = readFileSync(join(this.home, path), 'utf8');
      expect(text.split(before), `${path} has this once:\n${before}`).toHaveLength(2);
      writeFileSync(
        join(this.home, path),
        text.replace(before, () => after),
      );
    }
    expect(this.node(COMPILER, '-p', 'tsconfig.build.json')).toEqual({ status: 0, out: '' });
  }

  /** What `xx` says of a trace or a rule as JSON, and its exit code. */
  xx(...argv: string[]) {
    const { status, out } = this.node('dist/cli.js', ...argv, '--json');
    return { status, said: JSON.parse(out) };
  }

  judge(rule: string, { config, lines }: Story) {
    const steps = lines.map(([at, stimulus, ...decisions]) => ({ at, stimulus, decisions }));
    const path = join(this.home, 'asked.trace.jsonl');
    writeFileSync(path, traceText({ config, steps }));
    return this.xx('judge', path, '--property', rule);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  private node(...argv: string[]) {
    const { status, stdout } = spawnSync(process.execPath, argv, { cwd: this.home, encoding: 'utf8' });
    return { status, out: stdout };
  }
}

interface Recipe {
  readonly heading: string;
  readonly rule: string;
  readonly kind: string;
  readonly files: readonly string[];
  /** The rule whose id stands before it. */
  readonly after: string;
  readonly section: string;
  readonly breaks: Story;
  readonly refusal: { readonly entity: string; readonly message: string };
  readonly keeps: Story;
}

/** 1 runs on a machine of one core, and 2 is queued. */
const one = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, submit(2, LOW), enqueue(2, LOW)]);

const RECIPES: readonly Recipe[] = [
  {
    heading: 'How to add a rule',
    rule: 'at-most-cores',
    kind: 'obligation',
    files: [
      'model/rules/rule-set.ts',
      'model/partial/not-shown.ts',
      'model/rules/running.ts',
      'model/rules/index.ts',
      'model/judge.ts',
    ],
    after: 'run-resident',
    section: '3.2',
    breaks: later(one, [0, turn(), polls(2, 0), start(2)]),
    refusal: { entity: 'machine 0', message: '2 run on machine 0, and it has 1 cores' },
    keeps: one,
  },
  {
    heading: 'How to add a permission',
    rule: 'complete-resident',
    kind: 'permission',
    files: [
      'model/rules/rule-set.ts',
      'model/partial/not-shown.ts',
      'model/rules/running.ts',
      'model/statecharts/guards.ts',
      'model/statecharts/invocation.ts',
      'model/rules/index.ts',
    ],
    after: 'preempt-outranked',
    section: '3.2',
    breaks: later(one, [0, finish(1), pageOut(1, 1), complete(1)]),
    refusal: {
      entity: 'invocation 1',
      message:
        'invocation 1 (class low, finishing, 1 MB with 0 MB resident) completes, and lacks 1 MB in RAM',
    },
    keeps: later(one, [0, finish(1), complete(1)]),
  },
];

describe.each(RECIPES)('$heading, walked to the letter in a copy of the project', (recipe) => {
  const { rule, breaks, refusal, keeps } = recipe;
  const copy = new Copy();
  const hunks = hunksOf(recipe.heading);
  beforeAll(() => copy.build(hunks));
  afterAll(() => copy.remove());

  test('touches these files, and no others', () => {
    expect(RULE_IDS).not.toContain(rule);
    expect([...new Set(hunks.map(({ path }) => path))]).toEqual(recipe.files);
  });

  test('gives a judge that refuses a trace by the new rule, and accepts one that keeps it', () => {
    const { status, said } = copy.judge(rule, breaks);
    expect(said.violation).toMatchObject({
      rule,
      entity: refusal.entity,
      message: expect.stringContaining(refusal.message),
    });
    expect(status).toBe(1);
    expect(copy.judge(rule, keeps)).toMatchObject({
      status: 0,
      said: { properties: [{ id: rule, verdict: 'holds' }] },
    });
  });

  test('gives an `xx explain` that knows it, and a catalogue that lists it where its id stands', () => {
    const { properties } = copy.xx('explain').said;
    const index = properties.findIndex(({ id }: { id: string }) => id === rule);
    expect(properties[index]).toMatchObject({
      kind: recipe.kind,
      section: recipe.section,
      judgedIn: 'model/rules',
    });
    expect(properties[index - 1]).toMatchObject({ id: recipe.after });
  });
  test('gives a campaign in which the premise is met, and the reference keeps the rule', () => {
    const { status, said } = copy.xx('fuzz', '--runs', '50', '--seed', '1', '--property', rule);
    expect(said.properties).toEqual([expect.objectContaining({ id: rule, verdict: 'holds' })]);
    expect(said.properties[0].met).toBeGreaterThan(0);
    expect(status).toBe(0);
  });
});
