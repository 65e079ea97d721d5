import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { durationsText, invocationsText, memoryText, refusalOf, traceOf } from '../fixtures/texts.ts';
import { readOptions } from '../options.ts';
import { workloadOf } from '../workload.ts';
import type { Joined, TracedInvocation } from './real-trace.ts';

const FULL = ['HashOwner', 'HashApp', 'HashFunction'];
const NOBODY = { functions: 0, invocations: 0 };
const NOTHING: Joined = {
  leftOut: NOBODY,
  memoryOfApp: NOBODY,
  memoryDrawn: NOBODY,
  severalInvocations: NOBODY,
  severalDurations: NOBODY,
  severalMemory: NOBODY,
};

type Rows = (string | number)[][];
interface Case {
  invocations: Rows;
  durations: Rows;
  memory?: Rows;
  /** Columns that name functions, in all files or in each. */
  keys?: { invocations?: string[]; durations?: string[]; memory?: string[] };
  /** What is played: label, trigger, run time, memory; each once. */
  played: string[];
  joined: Partial<Joined>;
}

const textsOf = ({ invocations, durations, memory, keys = {} }: Case): Record<string, string> => ({
  invocations: invocationsText(keys.invocations ?? FULL, invocations),
  durations: durationsText(keys.durations ?? FULL, durations),
  ...(memory === undefined ? {} : { memory: memoryText(keys.memory ?? FULL.slice(0, 2), memory) }),
});

const shown = ({ function: label, trigger, runMs, memoryMb }: TracedInvocation): string =>
  `${label} ${trigger} ${runMs} ms ${memoryMb === undefined ? 'drawn' : `${memoryMb} MB`}`;

/** One function that is invoked 400 times and has several rows of durations, all of which are played. */
function withDurations(rows: { counted: number; ms: number }[]): Case {
  const all = { functions: 1, invocations: 400 };
  return {
    invocations: [['o', 'a', 'f', 'http', all.invocations]],
    durations: rows.map(({ counted, ms }) => ['o', 'a', 'f', counted, ms]),
    played: rows.map(({ ms }) => `a/f http ${ms} ms drawn`),
    joined: { memoryDrawn: all, severalDurations: all },
  };
}

const CASES: Record<string, Case> = {
  'two apps with a function of the same name are two functions, each with its trigger, durations and memory':
    {
      invocations: [
        ['o', 'a', 'main', 'timer', 2],
        ['o', 'b', 'main', 'http', 3],
      ],
      durations: [
        ['o', 'b', 'main', 1, 50],
        ['o', 'a', 'main', 1, 7],
      ],
      memory: [
        ['o', 'a', 1, 200],
        ['o', 'b', 1, 300],
      ],
      played: ['a/main timer 7 ms 200 MB', 'b/main http 50 ms 300 MB'],
      joined: {},
    },
  'two owners with an app and a function of the same names are told apart by their owners': {
    invocations: [
      ['o', 'a', 'f', 'timer', 2],
      ['p', 'a', 'f', 'http', 3],
      ['p', 'a', 'g', 'http', 1],
    ],
    durations: [
      ['o', 'a', 'f', 1, 5],
      ['p', 'a', 'f', 1, 6],
      ['p', 'a', 'g', 1, 7],
    ],
    memory: [
      ['o', 'a', 1, 100],
      ['p', 'a', 1, 200],
    ],
    played: ['a/g http 7 ms 200 MB', 'o/a/f timer 5 ms 100 MB', 'p/a/f http 6 ms 200 MB'],
    joined: {},
  },
  'a slash in a name makes no other name': {
    invocations: [
      ['o', 'a/b', 'c', 'timer', 1],
      ['o', 'a', 'b/c', 'http', 1],
    ],
    durations: [
      ['o', 'a/b', 'c', 1, 5],
      ['o', 'a', 'b/c', 1, 6],
    ],
    played: ['a%2Fb/c timer 5 ms drawn', 'a/b%2Fc http 6 ms drawn'],
    joined: { memoryDrawn: { functions: 2, invocations: 2 } },
  },
  'a function without durations is left out, even where its app has some': {
    invocations: [
      ['o', 'a', 'f', 'http', 2],
      ['o', 'a', 'g', 'http', 5],
      ['o', 'b', 'h', 'http', 4],
    ],
    durations: [['o', 'a', 'f', 1, 5]],
    memory: [
      ['o', 'a', 1, 100],
      ['o', 'b', 1, 100],
    ],
    played: ['a/f http 5 ms 100 MB'],
    joined: { leftOut: { functions: 2, invocations: 9 } },
  },
  'a function without invocations is not there, whatever else it has or lacks': {
    invocations: [
      ['o', 'a', 'f', 'http', 2],
      ['o', 'a', 'g', 'http', 0],
    ],
    durations: [
      ['o', 'a', 'f', 1, 5],
      ['o', 'c', 'i', 1, 5],
    ],
    memory: [
      ['o', 'a', 1, 100],
      ['o', 'c', 1, 1],
    ],
    played: ['a/f http 5 ms 100 MB'],
    joined: {},
  },
  'memory that neither the function nor its app has is drawn, and counted': {
    invocations: [
      ['o', 'a', 'f', 'http', 2],
      ['o', 'b', 'g', 'http', 5],
    ],
    durations: [
      ['o', 'a', 'f', 1, 5],
      ['o', 'b', 'g', 1, 6],
    ],
    memory: [['o', 'a', 1, 100]],
    played: ['a/f http 5 ms 100 MB', 'b/g http 6 ms drawn'],
    joined: { memoryDrawn: { functions: 1, invocations: 5 } },
  },
  'memory that a function lacks is that of its app, where a file has it by function': {
    invocations: [
      ['o', 'a', 'f', 'http', 2],
      ['o', 'a', 'g', 'http', 5],
      ['o', 'b', 'g', 'http', 1],
    ],
    durations: [
      ['o', 'a', 'f', 1, 5],
      ['o', 'a', 'g', 1, 6],
      ['o', 'b', 'g', 1, 7],
    ],
    memory: [['o', 'a', 'f', 1, 100]],
    keys: { memory: FULL },
    played: ['a/f http 5 ms 100 MB', 'a/g http 6 ms 100 MB', 'b/g http 7 ms drawn'],
    joined: { memoryOfApp: { functions: 1, invocations: 5 }, memoryDrawn: { functions: 1, invocations: 1 } },
  },
  'without a file of memory all memory is drawn': {
    invocations: [['o', 'a', 'f', 'http', 2]],
    durations: [['o', 'a', 'f', 1, 5]],
    played: ['a/f http 5 ms drawn'],
    joined: { memoryDrawn: { functions: 1, invocations: 2 } },
  },
  'several rows of durations are drawn from as often as they were counted': withDurations([
    { counted: 1, ms: 18_000 },
    { counted: 3, ms: 2 },
  ]),
  'several rows of memory are drawn from as often as they were sampled; one of no samples never is': {
    invocations: [['o', 'a', 'f', 'http', 400]],
    durations: [['o', 'a', 'f', 1, 5]],
    memory: [
      ['o', 'a', 1, 100],
      ['o', 'a', 1, 200],
      ['o', 'a', 0, 300],
    ],
    played: ['a/f http 5 ms 100 MB', 'a/f http 5 ms 200 MB'],
    joined: { severalMemory: { functions: 1, invocations: 400 } },
  },
  'several rows of which none was counted are as likely as one another': withDurations([
    { counted: 0, ms: 5 },
    { counted: 0, ms: 6 },
  ]),
  'several rows of invocations are added up, by trigger': {
    invocations: [
      ['o', 'a', 'f', 'http', 1, 0, 0],
      ['o', 'a', 'f', 'timer', 0, 0, 4],
      ['o', 'a', 'f', 'HTTP', 0, 2, 0],
      ['o', 'a', 'g', 'http', 0, 300, 0],
    ],
    durations: [
      ['o', 'a', 'f', 1, 5],
      ['o', 'a', 'g', 1, 6],
    ],
    memory: [['o', 'a', 1, 100]],
    played: ['a/f http 5 ms 100 MB', 'a/f timer 5 ms 100 MB', 'a/g http 6 ms 100 MB'],
    joined: { severalInvocations: { functions: 1, invocations: 7 } },
  },
  'files that name functions alone are joined by that': {
    invocations: [
      ['f', 'http', 1],
      ['g', 'timer', 1],
    ],
    durations: [
      ['f', 1, 5],
      ['g', 1, 6],
    ],
    memory: [
      ['g', 1, 100],
      ['f', 1, 200],
    ],
    keys: { invocations: ['HashFunction'], durations: ['HashFunction'], memory: ['HashFunction'] },
    played: ['f http 5 ms 200 MB', 'g timer 6 ms 100 MB'],
    joined: {},
  },
  'files without owners are joined by app and function': {
    invocations: [
      ['a', 'f', 'http', 1],
      ['b', 'f', 'timer', 1],
    ],
    durations: [
      ['o', 'a', 'f', 1, 5],
      ['o', 'b', 'f', 1, 6],
    ],
    memory: [
      ['b', 1, 100],
      ['a', 1, 200],
    ],
    keys: { invocations: ['HashApp', 'HashFunction'], memory: ['HashApp'] },
    played: ['a/f http 5 ms 200 MB', 'b/f timer 6 ms 100 MB'],
    joined: {},
  },
  'files of apps are played app by app, with the durations of all functions of an app': {
    invocations: [['a', 'http', 200]],
    durations: [
      ['o', 'a', 'f', 1, 5],
      ['o', 'a', 'g', 1, 6],
    ],
    memory: [['o', 'a', 1, 100]],
    keys: { invocations: ['HashApp'] },
    played: ['a http 5 ms 100 MB', 'a http 6 ms 100 MB'],
    joined: { severalDurations: { functions: 1, invocations: 200 } },
  },
  'durations of apps are those of all their functions': {
    invocations: [
      ['o', 'a', 'f', 'http', 1],
      ['o', 'a', 'g', 'timer', 1],
    ],
    durations: [['a', 1, 5]],
    keys: { durations: ['HashApp'] },
    played: ['a/f http 5 ms drawn', 'a/g timer 5 ms drawn'],
    joined: { memoryDrawn: { functions: 2, invocations: 2 } },
  },
};

const backwards = (text: string): string => {
  const [header, ...rows] = text.trimEnd().split('\n');
  return [header, ...rows.reverse()].join('\n');
};

describe('files of 2019 are joined by stated rules', () => {
  test.each(Object.entries(CASES))('%s', async (_rule, one) => {
    const texts = textsOf(one);
    const trace = await traceOf(texts);
    const items = [...trace.items(1)];
    expect([...new Set(items.map(shown))].sort()).toEqual(one.played);
    expect(trace.joined).toEqual({ ...NOTHING, ...one.joined });
    expect(items.length).toBe(trace.invocations);
    expect(new Set(items.map(({ function: label }) => label)).size).toBe(trace.functions);
    // The order of rows within a file decides nothing.
    const turned = await traceOf(
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, backwards(text)])),
    );
    expect(turned.joined).toEqual(trace.joined);
    expect(turned.runMs).toBeCloseTo(trace.runMs, 6);
    expect([...new Set([...turned.items(1)].map(shown))].sort()).toEqual(one.played);
  });

  test('a row that was counted three times as often is drawn three times as often', async () => {
    const trace = await traceOf(
      textsOf(CASES['several rows of durations are drawn from as often as they were counted']!),
    );
    const items = [...trace.items(1)];
    const short = items.filter(({ runMs }) => runMs === 2).length / items.length;
    expect(short).toBeGreaterThan(0.68);
    expect(short).toBeLessThan(0.82);
    expect(trace.runMs).toBeCloseTo(400 * (18_000 / 4 + (2 * 3) / 4), 6);
  });

  test('an invocation is of the class of the trigger that it came from', async () => {
    const trace = await traceOf(textsOf(CASES['several rows of invocations are added up, by trigger']!));
    const options = readOptions({ classes: 'low:1:1,middle:2:1,high:3:1' });
    const counts = new Map<string, number>();
    for (const item of workloadOf(trace.items(1), options)) {
      const key = `${item.function} ${item.class}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts].sort()).toEqual([
      ['a/f 0', 4],
      ['a/f 2', 3],
      ['a/g 2', 300],
    ]);
  });
});

describe('files that cannot be joined are refused in one line', () => {
  const OF_FUNCTIONS = invocationsText(['HashFunction'], [['f', 'http', 1]]);
  const OF_APPS = invocationsText(['HashApp'], [['a', 'http', 1]]);
  const DURATIONS = durationsText(FULL, [['o', 'a', 'f', 1, 5]]);
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'apps beside functions',
      { a: OF_APPS, b: durationsText(['HashFunction'], [['f', 1, 5]]) },
      /^b\.csv: line 1: expected HashApp or HashFunction as in a\.csv, which has HashApp; got HashFunction$/,
    ],
    [
      'functions beside the memory of apps',
      { a: OF_FUNCTIONS, b: DURATIONS, c: memoryText(['HashOwner', 'HashApp'], [['o', 'a', 1, 5]]) },
      /^c\.csv: line 1: expected HashApp or HashFunction as in a\.csv, which has HashFunction; got HashOwner, HashApp$/,
    ],
    [
      'owners alone',
      { a: invocationsText(['HashOwner'], [['o', 'http', 1]]), b: DURATIONS },
      /^a\.csv: line 1: expected a column HashFunction or HashApp, got neither$/,
    ],
    [
      'days that have no function in common',
      { a: invocationsText(FULL, [['o', 'a', 'other', 'http', 1]]), b: DURATIONS },
      /^b\.csv: has no function that is invoked in a\.csv, such as "o\/a\/other"; are both of the same day\?$/,
    ],
    [
      'a function without a trigger',
      { a: invocationsText(FULL, [['o', 'a', 'f', '', 1]]), b: DURATIONS },
      /^a\.csv: line 2: Trigger: expected a name, such as http or timer, got ""$/,
    ],
  ])('%s', async (_what, texts, message) => {
    expect(await refusalOf(texts)).toMatch(message);
  });
});

describe('minutes', () => {
  const durations = durationsText(['HashFunction'], [['f', 1, 5]]);
  const from = (firstMinute: number, counts: number[]): string =>
    invocationsText(['HashFunction'], [['f', 'http', ...counts]], firstMinute);

  test.prop([
    fc
      .integer({ min: 1, max: 1440 })
      .chain((first) =>
        fc.tuple(
          fc.constant(first),
          fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: Math.min(5, 1441 - first) }),
        ),
      ),
    fc.nat(),
  ])('may be any part of a day, in any order of columns', async ([first, counts], seed) => {
    fc.pre(counts.some((count) => count > 0));
    const shuffled = [...counts.keys()].sort((a, b) => ((a * 7919 + seed) % 11) - ((b * 7919 + seed) % 11));
    const columns = ['HashFunction', 'Trigger', ...shuffled.map((index) => first + index)];
    const row = ['f', 'http', ...shuffled.map((index) => counts[index])];
    const trace = await traceOf({ durations, invocations: `${columns}\n${row}\n` });
    const played = counts.map(() => 0);
    const empty = counts.findIndex((count) => count > 0);
    for (const { arriveMs } of trace.items(seed)) played[empty + Math.floor(arriveMs / 60_000)]!++;
    expect(played).toEqual(counts);
  });

  test.each<[string, string, RegExp]>([
    [
      'a gap',
      'HashFunction,Trigger,541,543\nf,http,1,0',
      /^a\.csv: line 1: expected minutes without gaps, got 541 and then 543; the column 542 is missing$/,
    ],
    [
      'a minute 0',
      'HashFunction,Trigger,0,1\nf,http,1,0',
      /^a\.csv: line 1: column 3: expected .* a minute from 1 to 1440, got "0"$/,
    ],
    [
      'a minute after the last',
      'HashFunction,Trigger,1440,1441\nf,http,1,0',
      /^a\.csv: line 1: column 4: .* got "1441"$/,
    ],
    [
      'a minute that is misspelt',
      'HashFunction,Trigger,1,Z\nf,http,1,0',
      /^a\.csv: line 1: column 4: .* got "Z"$/,
    ],
    [
      'a minute with a zero before it',
      'HashFunction,Trigger,1,02\nf,http,1,0',
      /^a\.csv: line 1: column 4: .* got "02"$/,
    ],
    ['half a minute', 'HashFunction,Trigger,1,1.5\nf,http,1,0', /^a\.csv: line 1: column 4: .* got "1\.5"$/],
    [
      'a minute twice',
      'HashFunction,Trigger,1,2,1\nf,http,1,0,1',
      /^a\.csv: line 1: column 5: "1" occurs twice$/,
    ],
    [
      'no minute',
      'HashFunction,Trigger\nf,http',
      /^a\.csv: line 1: expected a column for each minute, such as 1, 2, …; got none$/,
    ],
    [
      'a count beyond all bounds',
      from(1, [100_000_001]),
      /^a\.csv: line 2: minute 1: expected a whole number from 0 to 100000000, got "100000001"$/,
    ],
    ['half a count', from(9, [1, 1.5]), /^a\.csv: line 2: minute 10: expected a whole number .* got "1\.5"$/],
    ['a count below 0', from(1, [-1]), /^a\.csv: line 2: minute 1: .* got "-1"$/],
    [
      'a count that is a word',
      'HashFunction,Trigger,1\nf,http,many',
      /^a\.csv: line 2: minute 1: .* got "many"$/,
    ],
    ['no count', 'HashFunction,Trigger,1,2\nf,http,,1', /^a\.csv: line 2: minute 1: .* got ""$/],
  ])('%s is refused', async (_what, a, message) => {
    expect(await refusalOf({ a, durations })).toMatch(message);
  });

  test('a cell of a hundred million costs nothing but what is played of it', async () => {
    const trace = await traceOf({ durations, invocations: from(1, [99_999_999, 3]) });
    expect(trace.invocations).toBe(100_000_002);
    const first: number[] = [];
    for (const { arriveMs } of trace.items(1)) if (first.push(arriveMs) === 5000) break;
    // 5,000 of 100 million arrive in the first 3 ms of the minute.
    expect(first.at(-1)).toBeLessThan(4);
    expect(first).toEqual([...first].sort((a, b) => a - b));
  });
});
