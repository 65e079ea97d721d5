import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createHermod } from '../../peers/hermod.ts';
import { createXX } from '../../xx/xx.ts';
import { inventTrace2019 } from '../fixtures/invent-2019.ts';
import { durationsText, invocationsText, memoryText, refusalOf, traceOf } from '../fixtures/texts.ts';
import { readOptions } from '../options.ts';
import { reportText } from '../report.ts';
import { simulate } from '../simulate.ts';
import { workloadOf } from '../workload.ts';

const small = inventTrace2019(2019, 8, 5);
const FIXTURE = 'reference-impl/simulation/fixtures/small-azure-2019-invocations.csv';

test('the small trace is what its script invents', () => {
  expect(readFileSync(FIXTURE, 'utf8')).toBe(small.invocations);
});

describe('a trace of 2019', () => {
  test.prop([fc.nat(), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), fc.nat()], {
    numRuns: 30,
  })(
    'gives as many invocations in each minute as it says, within its percentiles',
    async (seed, functions, minutes, drawn) => {
      const texts = inventTrace2019(seed, functions, minutes);
      const trace = await traceOf(Object.fromEntries(Object.entries(texts).reverse()));
      const items = [...trace.items(drawn)];
      expect(items.length).toBe(trace.invocations);
      const counts = new Map<string, number[]>();
      let beforeMs = 0;
      for (const { function: name, arriveMs, runMs, memoryMb } of items) {
        expect(arriveMs).toBeGreaterThanOrEqual(beforeMs);
        beforeMs = arriveMs;
        const label = name.split('/')[1]!;
        const ofFunction = counts.get(label) ?? new Array(minutes).fill(0);
        ofFunction[Math.floor(arriveMs / 60_000)]++;
        counts.set(label, ofFunction);
        const durations = texts.durations
          .split('\n')
          .find((line) => line.includes(`,${label},`))!
          .split(',');
        expect(runMs).toBeGreaterThanOrEqual(Math.max(1, Math.floor(Number(durations[5]))));
        expect(runMs).toBeLessThanOrEqual(Math.max(1, Math.ceil(Number(durations[6]))));
        expect(memoryMb).toBeGreaterThanOrEqual(50);
        expect(memoryMb).toBeLessThanOrEqual(360);
      }
      for (const line of texts.invocations.trim().split('\n').slice(1)) {
        const [, , label, , ...perMinute] = line.split(',');
        expect(counts.get(label!)).toEqual(perMinute.map(Number));
      }
    },
  );

  test('lasts from its first invocation to its last, whatever stands empty around them', async () => {
    const { durations } = small;
    const name = durations.split('\n')[1]!.split(',').slice(0, 3).join(',');
    const invocations = `HashOwner,HashApp,HashFunction,Trigger,1,2,3,4,5\n${name},http,0,2,0,1,0\n`;
    const trace = await traceOf({ invocations, durations });
    expect(trace.arrivalSpanMs).toBe(3 * 60_000);
    const minutes = [...trace.items(1)].map(({ arriveMs }) => Math.floor(arriveMs / 60_000));
    expect(minutes).toEqual([0, 0, 2]);
  });

  test('makes http the highest class and everything else the lowest', async () => {
    const options = readOptions({ classes: 'low:1:1,middle:2:1,high:3:1' });
    const classes = new Set<number>();
    for (const item of workloadOf((await traceOf(small)).items(1), options)) {
      const isHttp = Number(item.function.split('-').at(-1)) % 4 === 0;
      expect(item.class).toBe(isHttp ? 2 : 0);
      classes.add(item.class);
    }
    expect(classes).toEqual(new Set([0, 2]));
  });

  test('runs at the load that is asked for, XX beside Hermod, on the same workload', async () => {
    const trace = await traceOf(small);
    const options = readOptions({ load: 0.7, machines: 2, cores: 2 });
    const report = simulate({ trace, options, schedulers: [createXX(), createHermod()], wallMs: () => 0 });
    expect(report.trace!.playedSpanMs * 4 * 0.7).toBeCloseTo(trace.runMs, -2);
    const counts = report.runs.map(({ classes }) => classes.map(({ count }) => count));
    expect(counts[1]).toEqual(counts[0]);
    for (const { completed } of report.runs) expect(completed).toBe(trace.invocations);
    const prose = reportText(report).replaceAll('\n', ' ');
    expect(prose).toContain('for a load of 0.7');
    expect(prose).toContain('functions triggered by http are of class interactive');
    for (const line of reportText(report).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('needs no memory, and says that it is assumed then', async () => {
    const { invocations, durations } = small;
    const trace = await traceOf({ invocations, durations });
    expect(trace.says).toEqual({ triggers: true, memory: false });
    const report = simulate({ trace, options: readOptions({}), schedulers: [createXX()], wallMs: () => 0 });
    expect(reportText(report)).toContain('It gives no memory');
  });
});

const INVOCATIONS = 'HashFunction,Trigger,1,2\nf,http,1,0';
const PERCENTS = [0, 1, 25, 50, 75, 99, 100].map((percent) => `percentile_Average_${percent}`);
const DURATIONS = `HashFunction,${PERCENTS.join(',')}\nf,1,1,1,1,1,1,2`;

describe('a trace of 2019 is refused with one line that says why', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['without durations', { a: INVOCATIONS }, /needs its file of durations/],
    ['without invocations', { b: DURATIONS }, /needs its file of invocations/],
    [
      'with two files of one kind',
      { a: INVOCATIONS, b: DURATIONS, c: INVOCATIONS },
      /^c\.csv: line 1: a second file of invocations/,
    ],
    [
      'of nothing',
      { a: 'HashFunction,Trigger,1\nf,http,0', b: DURATIONS },
      /^a\.csv: no invocations in any minute$/,
    ],
    [
      'with percentiles that fall',
      { a: INVOCATIONS, b: DURATIONS.replace('f,1,1', 'f,2,1') },
      /^b\.csv: line 2: percentile_Average_1: expected percentiles that do not fall, got 1 after 2$/,
    ],
    [
      'with a negative duration',
      { a: INVOCATIONS, b: DURATIONS.replace('f,1,1', 'f,-1,1') },
      /^b\.csv: line 2: percentile_Average_0: .* got "-1"$/,
    ],
    [
      'without a percentile',
      { a: INVOCATIONS, b: DURATIONS.replace(',percentile_Average_50', '') },
      /^b\.csv: line 1: the column percentile_Average_50 is missing$/,
    ],
  ])('%s', async (_name, texts, message) => {
    expect(await refusalOf(texts)).toMatch(message);
  });
});

describe('what a trace lacks is said in prose, within 80 columns, and in JSON', () => {
  const KEYS = ['HashApp', 'HashFunction'];
  const invocations = invocationsText(KEYS, [
    ['a', 'f', 'http', 3, 0],
    ['a', 'f', 'timer', 0, 2],
    ['a', 'g', 'queue', 0, 4],
    ['b', 'h', 'http', 7, 1],
    ['c', 'i', 'http', 1, 1],
  ]);
  const durations = durationsText(KEYS, [
    ['a', 'f', 1, 5],
    ['a', 'f', 3, 9],
    ['a', 'g', 1, 6],
    ['c', 'i', 1, 6],
  ]);
  const memory = memoryText(KEYS, [
    ['a', 'f', 1, 100],
    ['a', 'f', 1, 200],
  ]);
  const report = async (texts: Record<string, string>) =>
    simulate({
      trace: await traceOf(texts),
      options: readOptions({}),
      schedulers: [createXX()],
      wallMs: () => 0,
    });

  test('with a file of memory', async () => {
    const { trace, runs } = await report({ invocations, durations, memory });
    expect(trace!.joined).toEqual({
      leftOut: { functions: 1, invocations: 8 },
      memoryOfApp: { functions: 1, invocations: 4 },
      memoryDrawn: { functions: 1, invocations: 2 },
      severalInvocations: { functions: 1, invocations: 5 },
      severalDurations: { functions: 1, invocations: 5 },
      severalMemory: { functions: 1, invocations: 5 },
    });
    expect(runs[0]!.functions).toBe(11);
    const text = reportText(await report({ invocations, durations, memory }));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const prose = text.replaceAll('\n', ' ');
    for (const sentence of [
      'give 11 invocations of 3 functions',
      '1 function (8 invocations) without durations: left out.',
      "1 function (4 invocations) without memory: their app's is taken.",
      '1 function (2 invocations) without memory, whose app has none either: it is drawn.',
      '1 function (5 invocations) with several rows of invocations: these are added up.',
      '1 function (5 invocations) with several rows of durations: each invocation has one of them, drawn by Count.',
      '1 function (5 invocations) with several rows of memory: each invocation has one of them, drawn by SampleCount.',
      'to the memory of the trace, or where it has none to a memory drawn from 100 to 1000 MB (uniform)',
    ]) {
      expect(prose).toContain(sentence);
    }
  });

  test('and nothing is said of what it does not lack', async () => {
    const whole = { invocations: invocationsText(KEYS, [['a', 'f', 'http', 3]]), durations, memory };
    const once = durationsText(KEYS, [['a', 'f', 1, 5]]);
    const text = reportText(
      await report({ ...whole, durations: once, memory: memoryText(KEYS, [['a', 'f', 1, 100]]) }),
    ).replaceAll('\n', ' ');
    expect(text).not.toMatch(/left out|without|several/);
    expect(text).toContain('in 4 steps, to the memory of the trace; the cluster');
    const drawn = reportText(await report({ invocations: whole.invocations, durations: once }));
    expect(drawn.replaceAll('\n', ' ')).toContain('It gives no memory.');
    expect(drawn).not.toContain('without memory');
  });
});
