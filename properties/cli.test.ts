import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CATALOGUE, STATISTICAL } from './catalogue.ts';
import { explanationText } from './commands/explanation.ts';
import { main } from './commands/main.ts';
import { ask } from './testing/command-line.ts';
import { linesTooWide } from './testing/too-wide.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

const TRACES = 'properties/fixtures/independent';
const SCENARIO = 'docs/examples/home-page.scenario.jsonl';
const RECORD = 'counterexamples/kill-iff-d6bef0f2.json';
/** Without threads, which take longer to start than a few runs take. */
const ALONE = ['--workers', '1'];
const LINES = readFileSync(SCENARIO, 'utf8').trimEnd().split('\n');
const HEADER = LINES[0]!;

function file(name: string, ...lines: string[]): string {
  const path = join(directory, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

/** A file of 700 MB that takes no room: nothing but zeros. */
function vast(name: string): string {
  const path = file(name);
  truncateSync(path, 700 * 1024 * 1024);
  return path;
}

/** A directory with the report of a campaign of 2^32 shards. */
function vastCampaign(name: string): string {
  const path = join(directory, name);
  mkdirSync(path, { recursive: true });
  const campaign = {
    version: '1',
    model: 'm',
    scheduler: 'xx',
    seed: 1,
    size: 'small',
    properties: [],
    goals: [],
  };
  const report = {
    format: 'xx-campaign',
    version: 1,
    campaign: { ...campaign, runsAsked: 1, of: 2 ** 32 },
    parts: [],
  };
  writeFileSync(join(path, 'c.report.json'), JSON.stringify(report));
  return path;
}

/** A copy of a file that begins with a byte order mark. */
function marked(name: string, original: string): string {
  const path = join(directory, name);
  writeFileSync(path, `\ufeff${readFileSync(original, 'utf8')}`);
  return path;
}

const stimulus = (json: string): string[] => [...LINES.slice(0, 2), `{"at":0,"stimulus":${json}}`];

describe('xx run', () => {
  test.each(readdirSync(TRACES))('reproduces %s byte for byte from its stimuli', async (name) => {
    const { code, out, err } = await ask(main, 'run', join(TRACES, name), '--judge');
    expect(out).toBe(readFileSync(join(TRACES, name), 'utf8'));
    expect(err).toMatch(/^accepted: \d+ steps\n$/);
    expect(code).toBe(0);
  });

  test('counts a single step as one', async () => {
    const { err } = await ask(main, 'run', file('boot-only', ...LINES.slice(0, 2)), '--judge');
    expect(err).toBe('accepted: 1 step\n');
  });

  test('names the stimulus that a scheduler refuses and its step; whether it may is a matter of the judge', async () => {
    const path = file(
      'nameless',
      ...LINES.slice(0, 2),
      LINES[2]!.replace(/"function":"[^"]*"/, '"function":""'),
    );
    const run = ['run', path, '--scheduler', 'takes-no-empty-name'];
    const alone = await ask(main, ...run);
    expect(alone.err).toMatch(
      /nameless: line 3: step 2, submit 1 \(, tenant 0, class 0\) at shard 0 at 0 ms: takes-no-empty-name calls it impossible: .*; --judge says whether it is\n$/,
    );
    expect({ code: alone.code, out: alone.out }).toEqual({ code: 2, out: '' });
    const judged = await ask(main, ...run, '--judge');
    expect(judged.err.replaceAll(/\s+/g, ' ')).toContain(
      'step 2: refuses-alike does not hold: the scheduler refuses submit 1 (, tenant 0, class 0) at shard 0 at 0 ms, which is possible: ',
    );
    expect(judged.code).toBe(1);
    expect(judged.out.trimEnd().split('\n')).toHaveLength(2);
  });

  test('prints nothing of a scenario that is refused at its last line', async () => {
    const path = file('late', ...LINES, '{"at":99,"stimulus":{"type":"finish","id":2}}');
    const { code, out, err } = await ask(main, 'run', path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(`xx: ${path}: line ${LINES.length + 1}: finish 2: invocation 2 has ended\n`);
  });
});

describe('xx judge', () => {
  test('names the rule, the step, the entity and what was permitted', async () => {
    const { code, out } = await ask(main, 'judge', 'docs/examples/inversion.trace.jsonl', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      verdict: 'refused',
      steps: 6,
      violation: {
        step: 6,
        rule: 'page-out-lowest',
        entity: 'invocation 2',
        message: expect.stringContaining('invocation 2 (class high, ready, 100 MB resident)'),
        allowed: [{ type: 'preempt', id: 1 }],
        falls: [expect.objectContaining({ property: 'nothing-swapped-for-a-lower-class' })],
      },
    });
  });

  test('refuses a scenario, which has no decisions to judge', async () => {
    const { code, err } = await ask(main, 'judge', SCENARIO);
    expect(code).toBe(2);
    expect(err).toContain('xx run');
  });
});

describe('xx fuzz', () => {
  test('reports what was tried as one JSON object with all that the contract names: it hears every guard say yes and no', async () => {
    const { code, out, err } = await ask(main, 'fuzz', '--runs', '400', ...ALONE, '--json');
    const summary = JSON.parse(out);
    expect(summary).toMatchObject({
      scheduler: 'xx',
      seed: 1,
      runs: 400,
      violations: [],
      verdict: 'accepted',
    });
    const { transitions, guards } = summary.coverage;
    const { missing } = transitions;
    expect(guards).toEqual({ covered: guards.total, total: guards.total, missing: [] });
    expect(missing.filter((name: string) => !name.startsWith('disk: '))).toEqual([]);
    expect(summary.coverage.rules.met).toBe(summary.coverage.rules.total);
    expect(Object.keys(summary)).toEqual(
      expect.arrayContaining(['steps', 'seconds', 'stepsPerSecond', 'properties']),
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('fails when a premise was never met, and says which', async () => {
    const { code, out } = await ask(main, 'fuzz', '--runs', '1', '--size', 'small');
    expect(code).toBe(1);
    expect(out).toMatch(/Nothing found, but not shown: /);
    expect(out).toMatch(/ {2}\d+ properties: |it never happened that/);
  });

  test('prints lines of at most 80 columns, also of what is wrong', async () => {
    // The fewer runs, the more lines: also of what was never met.
    const { out } = await ask(main, 'fuzz', '--runs', '60', ...ALONE);
    expect(linesTooWide(out)).toEqual([]);
    const wrong = await ask(
      main,
      'fuzz',
      '--runs',
      '600',
      ...ALONE,
      '--scheduler',
      'kills-the-newest',
      '--out',
      directory,
    );
    expect(linesTooWide(wrong.out)).toEqual([]);
    const { sentence } = CATALOGUE.find(({ id }) => id === 'kill-iff')!;
    expect(wrong.out.replaceAll(/\s+/g, ' ')).toContain(`What should hold: ${sentence}`);
  });

  test('lists only a few things that it did not come to when it ended early, and how many more there are', async () => {
    const { out } = await ask(main, 'fuzz', '--runs', '8', ...ALONE);
    expect(out).toMatch(/never taken: \d+ more; --json lists all/);
    expect(out.match(/never taken/g)!.length).toBeLessThanOrEqual(4);
    const { transitions } = JSON.parse(
      (await ask(main, 'fuzz', '--runs', '8', ...ALONE, '--json')).out,
    ).coverage;
    expect(out).toContain(`never taken: ${transitions.missing.length - 3} more`);
  });
});

describe('xx explain', () => {
  test('lists everything, and explains each in lines that fit a terminal', async () => {
    const { out } = await ask(main, 'explain', '--json');
    const { properties } = JSON.parse(out);
    expect(properties).toHaveLength(CATALOGUE.length + STATISTICAL.length);
    for (const property of properties) {
      const text = explanationText(property);
      expect(text.replace(/\s+/g, ' ')).toContain(property.sentence);
      expect(linesTooWide(text)).toEqual([]);
    }
    // Each call reads every record anew, so that one of each kind speaks for all.
    for (const one of [properties[0], properties.at(-1)]) {
      expect(await ask(main, 'explain', one.id)).toEqual({
        code: 0,
        out: `${explanationText(one)}\n`,
        err: '',
      });
    }
  });
});

// biome-ignore format: a table, a row a line
const BAD_INPUT: [string, string[], RegExp][] = [
  ['no command', [], /Usage: xx/],
  ['an unknown command', ['frob'], /unknown command 'frob'/],
  ['an unknown option', ['fuzz', '--frob'], /unknown option '--frob'/],
  ['neither runs nor budget', ['fuzz'], /--runs 5000 or --budget 30s/],
  ['no runs', ['fuzz', '--runs', '0'], /'0' is invalid. Expected a whole number from 1/],
  ['runs that are no number', ['fuzz', '--runs', 'many'], /'many' is invalid/],
  ['a seed below 0', ['fuzz', '--runs', '1', '--seed', '-1'], /'-1' is invalid/],
  ['a seed beyond the safe integers', ['fuzz', '--runs', '1', '--seed', '9007199254740993'], /is invalid/],
  ['a budget without unit', ['fuzz', '--budget', '5'], /such as 500ms, 30s or 5m/],
  ['an unknown size', ['fuzz', '--runs', '1', '--size', 'huge'], /small, medium, large/],
  ['an unknown property', ['fuzz', '--runs', '1', '--property', 'nope'], /no property "nope"/],
  ['an unknown scheduler', ['run', SCENARIO, '--scheduler', 'nope'], /no scheduler "nope"; `xx explain --schedulers` lists all: xx/],
  ['an unknown rule', ['explain', 'nope'], /no rule or property "nope"/],
  ['no file', ['judge'], /missing required argument 'file'/],
  ['a missing file', ['judge', '/nowhere/at.all'], /nowhere\/at\.all: no such file/],
  ['a directory', ['run', tmpdir()], /is a directory/],
  ['not JSON', ['run', file('a', 'nonsense')], /line 1: not JSON/],
  ['an empty file', ['run', file('b')], /line 1: the file is empty/],
  ['a truncated line', ['run', file('c', HEADER, LINES[1]!.slice(0, 20))], /line 2: .*truncated/],
  ['a wrong version', ['run', file('d', HEADER.replace('"version":1', '"version":2'))], /line 1: version/],
  ['an unknown field', ['run', file('e', ...stimulus('{"type":"tick","tock":1}'))], /line 3: stimulus.*tock/],
  ['a key __proto__', ['run', file('f', ...stimulus('{"type":"tick","__proto__":1}'))], /line 3: .*__proto__/],
  ['2^53 + 1', ['run', file('g', ...stimulus('{"type":"finish","id":9007199254740993}'))], /line 3: .*9007199254740993/],
  ['1e400', ['run', file('h', ...stimulus('{"type":"finish","id":1e400}'))], /line 3: .*1e400/],
  ['NaN', ['run', file('i', ...stimulus('{"type":"finish","id":NaN}'))], /line 3: .*NaN/],
  ['a negative number', ['run', file('j', ...stimulus('{"type":"finish","id":-1}'))], /line 3: stimulus.id: .*-1/],
  ['a duplicate id', ['run', file('k', ...LINES, LINES[2]!.replace('"at":0', '"at":29'))], /line 9: .*id.* 1/],
  ['an unknown class', ['run', file('l', ...LINES.slice(0, 2), LINES[2]!.replace('"class":0', '"class":2'))], /line 3: .*class 2/],
  ['nesting 10,000 deep', ['run', file('m', HEADER, '['.repeat(10_000))], /line 2: nested deeper/],
  ['a line of 100 MB', ['run', file('n', HEADER, ' '.repeat(100 * 1024 * 1024))], /line 2 is longer than 16 MiB/],
  ['a sum beyond the safe integers', ['run', file('o', HEADER, LINES[1]!, LINES[2]!, LINES[3]!, '{"at":5,"stimulus":{"type":"resize","id":1,"demand":300}}', '{"at":9007199254740991,"stimulus":{"type":"finish","id":1}}')], /line 6: .*safe integers/],
  ['a shard beyond the last', ['fuzz', '--runs', '1', '--shard', '5/4'], /'5\/4' is invalid. Expected i\/n/],
  ['a threshold for one shard', ['fuzz', '--runs', '1', '--shard', '1/2', '--min-coverage', 'rules=1'], /xx fuzz merge/],
  ['a threshold that nobody watches', ['fuzz', '--runs', '1', '--property', 'answered', '--min-coverage', 'transitions=1,boundaries=1'], /--min-coverage: with --property nobody watches boundaries of/],
  ['a price beyond the safe integers', ['check', '--prices', '2,88888888888888888888'], /whole numbers up to 9007199254740991/],
  ['queues that fill the memory', ['run', file('q', HEADER.replace('"shards":1', '"shards":200000').replace(/"classes":\[[^\]]*\]/, `"classes":[${Array.from({ length: 700 }, (_, price) => `{"name":"c${price}","price":${price + 1}}`)}]`))], /line 1: config.shards: expected at most 800000 queues/],
  ['a run of a file that no string can hold', ['run', vast('vast.json')], /line 1 is longer than 16 MiB/],
  ['a verdict on a file that no string can hold', ['judge', vast('vast.json')], /line 1 is longer than 16 MiB/],
  ['a replay of a file that no string can hold', ['replay', vast('vast.json')], /is larger than 16 MiB/],
  ['a merge of very many shards', ['fuzz', 'merge', vastCampaign('many')], /campaign\.of: expected at most 999999 shards, got 4294967296/],
  ['a budget of millions of years', ['fuzz', '--budget', '99999999999d'], /'99999999999d' is invalid\. Expected at most 365d/],
  ['a budget of no time', ['fuzz', '--budget', '0.5ms'], /'0\.5ms' is invalid\. Expected at least 1ms/],
  ['an answer in no time', ['run', 'x', '--exec', 'x', '--exec-timeout', '0.0000001s'], /is invalid\. Expected at least 1ms/],
  ['an answer that may take years', ['run', 'x', '--exec', 'x', '--exec-timeout', '366d'], /'366d' is invalid\. Expected at most 365d/],
  ['a start that may take years', ['replay', 'x', '--exec', 'x', '--exec-start-timeout', '9y'], /'9y' is invalid\. Expected at most 365d/],
  ['a simulation of millions of years', ['simulate', '--duration', '99999999999d'], /--duration: expected at most 36500d, got/],
  ['a record with a byte order mark', ['run', marked('marked.json', 'counterexamples/kill-iff-d6bef0f2.json')], /marked\.json: the record: line 1: begins with a byte order mark \(U\+FEFF\); save the file as UTF-8 without one/],
  ['a replay of one', ['replay', marked('marked.json', 'counterexamples/kill-iff-d6bef0f2.json')], /line 1: begins with a byte order mark \(U\+FEFF\); save the file as UTF-8 without one/],
  ['an unknown reporter', ['fuzz', '--runs', '1', '--reporter', 'xml'], /human, json, junit, github/],
  ['two schedulers', ['fuzz', '--runs', '1', '--scheduler', 'xx', '--exec', 'cat'], /cannot be used with/],
  ['a limit without unit', ['run', SCENARIO, '--exec', 'cat', '--exec-timeout', '5'], /such as 500ms/],
  ['a corpus that is a file', ['fuzz', '--runs', '1', '--corpus', 'package.json'], /xx: package.json: is a file, not a directory/],
  ['findings into a file', ['fuzz', '--runs', '1', '--out', 'package.json/found'], /package.json is a file, not a directory/],
  ['a merge of nothing', ['fuzz', 'merge', 'docs'], /docs: no report/],
  ['a merge of what is not there', ['fuzz', 'merge', '/nowhere'], /nowhere: cannot be read/],
  ['a merge into no name', ['fuzz', 'merge', 'docs', '--out', ''], /an empty name: is not a directory/],
  ['all but a property that is not there', ['fuzz', '--runs', '1', '--except', 'stays-exac'], /--except: there is no property "stays-exac".*stays-exact/],
  ['all but some, and only some', ['fuzz', '--runs', '1', '--except', 'stays-exact', '--property', 'answered'], /cannot be used with/],
  ['without a part that there is not', ['fuzz', '--runs', '1', '--without', 'idle-list'], /--without: there is no part "idle-list".*idle-lists.*the parts are calls, budgets, /],
  ['without a property', ['fuzz', '--runs', '1', '--without', 'stays-exact'], /stays-exact is a property, and this takes parts of XX .*`xx fuzz --except stays-exact`/],
  ['all but a part', ['fuzz', '--runs', '1', '--except', 'calls'], /calls is a part of XX, and this takes properties; `--without calls`/],
  ['a scenario without what it has', ['run', SCENARIO, '--without', 'swap'], /line 1: config\.machines\[0\]\.swap: expected 0, since --without leaves out swap, got 200/],
  ['a replay of something else', ['replay', 'package.json'], /set aside: package.json: the record: format: expected/],
  ['a replay of nothing', ['replay', 'docs/charts'], /docs\/charts: no counterexample/],
  ['a trace that is none', ['judge', 'package.json'], /line 1: /],
  ['states of a log to carry, of logs of nodes', ['judge', SCENARIO, SCENARIO, '--candidates', '4'], /--candidates: not of the logs of several nodes/],
  ['states of a log to carry, while it grows', ['judge', SCENARIO, '--follow', '--candidates', '4'], /--follow: not of a log that is not whole; leave out --candidates/],
  ['a counterexample to judge', ['judge', RECORD], /has no decisions to judge; type npx xx replay counterexamples/],
  ['the model by itself and a scheduler', ['check', '--model', '--scheduler', 'xx'], /cannot be used with/],
  ['findings where nobody can make anything', ['check', '--out', '/proc/nope'], /\/proc\/nope: cannot be written/],
  ['findings into no name', ['check', '--out', ''], /an empty name: is not a directory/],
  ['findings below a file', ['check', '--out', 'package.json/found'], /package.json is a file, not a directory/],
];

test.each(BAD_INPUT)('bad input is one clear line and exit 2: %s', async (_name, argv, message) => {
  const { code, out, err } = await ask(main, ...argv);
  expect(err).toMatch(message);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  if (argv.length > 0) {
    expect(err).toMatch(/^xx: [^\n]+\n$/);
    expect(err.length).toBeLessThan(400);
  }
  expect(err).not.toContain('    at ');
});
