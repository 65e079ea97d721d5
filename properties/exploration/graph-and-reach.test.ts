import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { exploreAgain } from '../testing/second-explorer/explore.ts';
import { linesTooWide } from '../testing/too-wide.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

function check(...options: string[]) {
  return ask(main, 'check', '--workers', '1', '--out', directory, ...options);
}

const TWO = ['--invocations', '2', '--machines', '1'];

describe('xx check --graph', () => {
  test('writes every state and every edge, a line each, as a second explorer finds them', async () => {
    const file = join(directory, 'graph.jsonl');
    const { code } = await check(...TWO, '--crashes', '1', '--budget', '6', '--graph', file);
    expect(code).toBe(0);
    const lines = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [header, ...rest] = lines;
    expect(header).toMatchObject({ format: 'xx-graph', version: 1, subject: 'xx', complete: true });
    const second = exploreAgain({ ...header.instance });
    const text: string[] = [];
    for (const { state, ...canonical } of rest) {
      if (state !== undefined) text[state] = JSON.stringify(canonical);
    }
    expect(new Set(text)).toEqual(second.states);
    const edges = rest
      .filter(({ from }) => from !== undefined)
      .map(({ from, to, stimulus }) => `${text[from]} ${JSON.stringify(stimulus)} ${text[to]}`);
    expect(new Set(edges)).toEqual(second.edges);
    expect(rest.at(-1)).toEqual({
      ...{ end: true, states: second.states.size, edges: edges.length, steps: edges.length + 1 },
    });
  });

  test('draws a small one for Graphviz, and says that a large one is no picture', async () => {
    const file = join(directory, 'graph.dot');
    await check('--invocations', '1', '--machines', '1', '--graph', file);
    const picture = readFileSync(file, 'utf8');
    expect(picture).toMatch(/^digraph exploration \{\n/);
    expect(picture).toContain('s0 -> s1 [label="submit 0 (f, tenant 0, class 0) at shard 0"];');
    const { code, out, err } = await check('--graph', file);
    expect(code).toBe(2);
    expect(out).toContain('3,764 states');
    expect(err).toMatch(
      /^xx: --graph: 3,764 states are too many for a picture, which shows up to 500; [^\n]+\n$/,
    );
  });

  test.each([
    ['accepted', 2, []],
    ['accepted, as JSON', 2, ['--json']],
    ['violated', 1, ['--scheduler', 'no-inheritance']],
  ])('says the verdict when the disk is full: %s', async (_, expected, more) => {
    const { code, out, err } = await check(...TWO, '--graph', '/dev/full', ...more);
    expect({ code, err }).toEqual({
      code: expected,
      err: expect.stringMatching(/^xx: \/dev\/full: [^\n]+\n$/),
    });
    expect(out).toMatch(/"states":|states at depth/);
  });

  test('refuses a place that cannot be written to before it explores', async () => {
    const { code, err } = await check('--graph', '/dev/full/graph.jsonl');
    expect(code).toBe(2);
    expect(err).toMatch(/^xx: [^\n]+\n$/);
  });
});

describe('xx check --reach', () => {
  test('says what was found where the way to it cannot be kept', async () => {
    const found = join(mkdtempSync(join(directory, 'kept-')), 'here');
    const query = ['--reach', 'invocation 0 is running', '--out', found];
    const { file } = JSON.parse((await check(...query, '--json')).out).reached;
    // A directory of that name is in the way.
    rmSync(file);
    mkdirSync(file);
    const { code, out, err } = await check(...query);
    expect(code).toBe(2);
    expect(out).toMatch(/Reached in \d+ steps, and in no fewer/);
    expect(out).toMatch(/not written:\s/);
    expect(err).toMatch(/^xx: [^\n]+\n$/);
  });

  const asked = 'any invocation is killed and machine 0 is listed';

  test('finds a shortest way to a state, as a scenario that leads there when it is replayed', async () => {
    const { code, out } = await check('--machines', '1', '--reach', asked, '--json');
    expect(code).toBe(0);
    const { reached } = JSON.parse(out);
    expect(reached).toMatchObject({ query: asked, length: 10, canonical: { machines: [{ order: [] }] } });
    const second = exploreAgain({ ...QUOTED_INSTANCE, machines: 1 });
    expect(second.states).toContain(JSON.stringify(reached.canonical));
    const judged = await ask(main, 'judge', reached.trace, '--json');
    expect(JSON.parse(judged.out)).toMatchObject({ verdict: 'accepted', steps: 10 });
    const played = await ask(main, 'run', reached.file);
    expect(played.out).toContain('"type":"kill"');
    const replayed = await ask(main, 'replay', reached.file);
    expect(replayed.code).toBe(0);
  });

  test('says in words what was found, or that there is nothing, in at most 80 columns', async () => {
    const found = await check('--machines', '1', '--reach', asked);
    expect(found.out).toContain('Reached in 10 steps, and in no fewer: any invocation is killed');
    expect(linesTooWide(found.out)).toEqual([]);
    const never = await check(...TWO, '--reach', 'every invocation is running and has demand 3');
    expect(never.code).toBe(1);
    expect(never.out).toContain('Not reached: no state is as asked: every invocation is running');
  });

  test('takes a predicate in a module, on the state as it is written down', async () => {
    const file = join(directory, 'both-run.mjs');
    writeFileSync(
      file,
      `export default ({ invocations }) => invocations.every(({ phase }) => phase === 'running');\n`,
    );
    const { code, out } = await check('--invocations', '2', '--reach', file, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).reached.length).toBe(5);
  });

  test.each([
    ['nowhere.mjs', '', /there is no such file$/],
    ['syntax.mjs', 'export default (', /cannot be loaded: /],
    ['figure.mjs', 'export default 3;', /expected a function as its default export/],
    ['throws.mjs', 'export default (state) => state.nothing.there;', /failed: /],
  ])('refuses %s in one line', async (name, text, message) => {
    const file = join(directory, name);
    if (text !== '') writeFileSync(file, text);
    const { code, err } = await check('--reach', file);
    expect(code).toBe(2);
    expect(err).toMatch(/^xx: --reach: [^\n]+\n$/);
    expect(err.trimEnd()).toMatch(message);
  });

  test('refuses a query that it does not understand in one line', async () => {
    const { code, err } = await check('--reach', 'invocation 1 is swaped');
    expect(code).toBe(2);
    expect(err).toMatch(/^xx: --reach: [^\n]+ \(did you mean swapped\?\)\n$/);
  });
});
