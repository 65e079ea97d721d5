import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { InputError } from '../../model/input-error.ts';
import { createHermod } from '../peers/hermod.ts';
import { createXX } from '../xx/xx.ts';
import { inventTrace2019 } from './fixtures/invent-2019.ts';
import { readOptions } from './options.ts';
import { reportText } from './report.ts';
import { simulate } from './simulate.ts';
import { readTrace, type TraceFile } from './trace.ts';
import { workloadOf } from './workload.ts';

const small = inventTrace2019(2019, 8, 5);
const FIXTURE = 'reference-impl/simulation/fixtures/small-azure-2019-invocations.csv';

const filesOf = (texts: Record<string, string>): TraceFile[] =>
  Object.entries(texts).map(([name, text]) => ({ name: `${name}.csv`, lines: text.split('\n') }));

test('the small trace is what its script invents', () => {
  expect(readFileSync(FIXTURE, 'utf8')).toBe(small.invocations);
});

describe('a trace of 2019', () => {
  test.prop([fc.nat(), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), fc.nat()], {
    numRuns: 30,
  })(
    'gives as many invocations in each minute as it says, within its percentiles',
    (seed, functions, minutes, drawn) => {
      const texts = inventTrace2019(seed, functions, minutes);
      const trace = readTrace(filesOf(texts).reverse());
      const items = [...trace.items(drawn)];
      expect(items.length).toBe(trace.invocations);
      const counts = new Map<string, number[]>();
      let beforeMs = 0;
      for (const { function: label, arriveMs, runMs, memoryMb } of items) {
        expect(arriveMs).toBeGreaterThanOrEqual(beforeMs);
        beforeMs = arriveMs;
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

  test('lasts from its first invocation to its last, whatever stands empty around them', () => {
    const { durations } = small;
    const name = durations.split('\n')[1]!.split(',').slice(0, 3).join(',');
    const invocations = `HashOwner,HashApp,HashFunction,Trigger,1,2,3,4,5\n${name},http,0,2,0,1,0\n`;
    const trace = readTrace(filesOf({ invocations, durations }));
    expect(trace.arrivalSpanMs).toBe(3 * 60_000);
    const minutes = [...trace.items(1)].map(({ arriveMs }) => Math.floor(arriveMs / 60_000));
    expect(minutes).toEqual([0, 0, 2]);
  });

  test('makes http the highest class and everything else the lowest', () => {
    const options = readOptions({ classes: 'low:1:1,middle:2:1,high:3:1' });
    for (const item of workloadOf(readTrace(filesOf(small)).items(1), options)) {
      const isHttp = Number(item.function.split('-')[1]) % 4 === 0;
      expect(item.class).toBe(isHttp ? 2 : 0);
    }
  });

  test('runs at the load that is asked for, XX beside Hermod, on the same workload', () => {
    const trace = readTrace(filesOf(small));
    const options = readOptions({ load: 0.7, machines: 2, cores: 2 });
    const report = simulate({ trace, options, schedulers: [createXX(), createHermod()], wallMs: () => 0 });
    expect(report.trace!.playedSpanMs * 4 * 0.7).toBeCloseTo(trace.runMs, -2);
    const counts = report.runs.map(({ classes }) => classes.map(({ count }) => count));
    expect(counts[1]).toEqual(counts[0]);
    for (const { completed } of report.runs) expect(completed).toBe(trace.invocations);
    const prose = reportText(report).replaceAll('\n', ' ');
    expect(prose).toContain('for a load of 0.7');
    expect(prose).toContain('a function triggered by http is of class interactive');
    for (const line of reportText(report).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('needs no memory, and says that it is assumed then', () => {
    const { invocations, durations } = small;
    const trace = readTrace(filesOf({ invocations, durations }));
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
      'with a file of another schema',
      { a: INVOCATIONS, c: 'app,func,end_timestamp,duration\na,f,1,1' },
      /^c\.csv: line 1: expected a file of the 2019/,
    ],
    [
      'without minutes',
      { a: 'HashFunction,Trigger\nf,http', b: DURATIONS },
      /^a\.csv: line 1: expected a column for each minute/,
    ],
    [
      'without a name',
      { a: 'Trigger,1\nhttp,1', b: DURATIONS },
      /^a\.csv: line 1: expected a column HashFunction/,
    ],
    [
      'with half a count',
      { a: 'HashFunction,Trigger,1\nf,http,1.5', b: DURATIONS },
      /^a\.csv: line 2: minute 1: expected a whole number .* got "1\.5"$/,
    ],
    [
      'with a line cut off',
      { a: `${INVOCATIONS}\ng,http,1`, b: DURATIONS },
      /^a\.csv: line 3: expected 4 fields as in the header, got 3/,
    ],
    [
      'of nothing',
      { a: 'HashFunction,Trigger,1\nf,http,0', b: DURATIONS },
      /^a\.csv: line 1: no invocations/,
    ],
    [
      'of a header',
      { a: 'HashFunction,Trigger,1', b: DURATIONS },
      /^a\.csv: line 1: a header and no functions/,
    ],
    [
      'of a function without durations',
      { a: `${INVOCATIONS}\ng,http,1,1`, b: DURATIONS },
      /^a\.csv: line 3: function "g" has no durations in b\.csv$/,
    ],
    [
      'with percentiles that fall',
      { a: INVOCATIONS, b: DURATIONS.replace('f,1,1', 'f,2,1') },
      /^b\.csv: line 2: expected percentiles that do not fall, got 1 after 2$/,
    ],
    [
      'with a negative duration',
      { a: INVOCATIONS, b: DURATIONS.replace('f,1,1', 'f,-1,1') },
      /^b\.csv: line 2: percentile_Average_0: .* got "-1"$/,
    ],
    [
      'without a percentile',
      { a: INVOCATIONS, b: DURATIONS.replace('percentile_Average_50', 'median') },
      /^b\.csv: line 1: the column percentile_Average_50 is missing$/,
    ],
    [
      'without a minute in the middle',
      { a: 'HashFunction,Trigger,1,3\nf,http,1,0', b: DURATIONS },
      /^a\.csv: line 1: the column of minute 2 of 3 is missing$/,
    ],
    [
      'without triggers',
      { a: 'HashFunction,1,2\nf,1,0', b: DURATIONS },
      /^a\.csv: line 1: the column Trigger is missing$/,
    ],
    [
      'with a column twice',
      { a: INVOCATIONS.replace('1,2', '1,1'), b: DURATIONS },
      /^a\.csv: line 1: got the column "1" twice$/,
    ],
  ])('%s', (_name, texts, message) => {
    let refusal: unknown;
    try {
      readTrace(filesOf(texts));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(InputError);
    expect((refusal as InputError).message).toMatch(message);
    expect((refusal as InputError).message).not.toContain('\n');
  });
});
