import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { InputError } from '../../model/input-error.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import { createHermod } from '../peers/hermod.ts';
import { createXX } from '../xx/xx.ts';
import { createFifo } from './fixtures/fifo.ts';
import { inventTrace } from './fixtures/invent.ts';
import { traceOf } from './fixtures/texts.ts';
import { OPTIONS, type RawOptions, readOptions } from './options.ts';
import { reportText } from './report.ts';
import { type SimulationInput, simulate } from './simulate.ts';
import { workloadOf } from './workload.ts';

const FIXTURE = new URL('./fixtures/small-azure-2021.csv', import.meta.url);
const trace = await traceOf({ 'small-azure-2021': readFileSync(FIXTURE, 'utf8') });
/** One core a machine, so that the few functions of the small trace get into one another's way. */
const CROWDED: RawOptions = { machines: 2, cores: 1, ram: 1024, shards: 1 };

const judged: SimulationInput['inspect'] = (configuration) => {
  const judge = new Judge(configuration);
  let violation: Violation | null = null;
  return {
    step({ at, stimulus, decisions }) {
      violation ??= judge.step(at, stimulus, decisions);
    },
    verdict: () => violation?.message ?? 'accepted',
  };
};

function simulateWith(raw: RawOptions, changes: Partial<SimulationInput> = {}) {
  return simulate({
    trace,
    options: readOptions(raw),
    schedulers: [createXX()],
    wallMs: () => 0,
    ...changes,
  });
}

test('the small trace is what its script invents', () => {
  expect(readFileSync(FIXTURE, 'utf8')).toBe(inventTrace(2021, 36));
});

describe('a simulation', () => {
  test('plays the whole trace, every step judged, with preemption and swapping', () => {
    const run = simulateWith(CROWDED, { inspect: judged }).runs[0]!;
    expect(run).toMatchObject({
      scheduler: 'xx',
      functions: 36,
      completed: 36,
      killed: 0,
      verdict: 'accepted',
    });
    expect(run.preemptions).toBeGreaterThan(0);
    expect(run.swapMb.peak).toBeGreaterThan(0);
    expect(run.swapMb.total).toBeGreaterThanOrEqual(run.swapMb.peak);
    for (const part of [run.cpuUtilization, run.memoryUtilization]) {
      expect(part).toBeGreaterThan(0);
      expect(part).toBeLessThanOrEqual(1);
    }
  });

  test.prop([fc.nat(), fc.integer({ min: 1, max: 60 }), fc.nat({ max: 3 }), fc.nat({ max: 300 })], {
    numRuns: 30,
  })(
    'of any trace counts everybody, whatever becomes of them, and no latency is below the run time',
    async (seed, rows, machines, swap) => {
      const invented = await traceOf({ invented: inventTrace(seed, rows) });
      const options = readOptions({ seed, machines: 1 + machines, cores: 1, ram: 1000, swap });
      const report = simulate({ trace: invented, options, schedulers: [createXX()], inspect: judged });
      const run = report.runs[0]!;
      expect(run.verdict).toBe('accepted');
      expect(run.functions).toBe(rows);
      expect(run.completed + run.killed + run.throttled + run.unfinished).toBe(rows);
      for (const { count, completed, slowdown, latencyMs } of run.classes) {
        expect(completed).toBeLessThanOrEqual(count);
        if (completed > 0) expect(Math.min(slowdown.p50!, slowdown.mean!)).toBeGreaterThanOrEqual(1);
        else expect(latencyMs.mean).toBeNull();
      }
      expect(run.classes.reduce((sum, { count }) => sum + count, 0)).toBe(rows);
    },
  );

  test.prop([fc.nat()], { numRuns: 10 })('with the same seed gives the same bytes', (seed) => {
    const [once, again] = [0, 1].map(() => simulateWith({ ...CROWDED, seed }));
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    expect(reportText(again!)).toBe(reportText(once!));
  });

  test('with another seed assumes something else', () => {
    expect(reportText(simulateWith({ seed: 2 }))).not.toBe(reportText(simulateWith({ seed: 3 })));
  });

  test('gives every scheduler the same workload', () => {
    const { runs } = simulateWith({}, { schedulers: [createXX(), createFifo()] });
    expect(runs.map(({ scheduler, completed }) => [scheduler, completed])).toEqual([
      ['xx', 36],
      ['fifo', 36],
    ]);
    const counts = runs.map(({ classes }) => classes.map(({ count }) => count));
    expect(counts[1]).toEqual(counts[0]);
  });
});

describe('what cannot be played is refused in one line', () => {
  test.each([
    ['one invocation', ['a,f,1,1']],
    ['several that arrive together', ['a,f,1,1', 'a,g,2,2', 'b,f,3.5,3.5']],
  ])('a load of a trace that arrives in one instant: %s', async (_what, rows) => {
    const instant = await traceOf({ at_once: ['app,func,end_timestamp,duration', ...rows].join('\n') });
    expect(() => simulateWith({ load: 0.5 }, { trace: instant })).toThrow(
      /^--load: all of at_once\.csv arrives in one instant, [^\n]*leave --load out/,
    );
    expect(simulateWith({}, { trace: instant }).runs[0]!.completed).toBe(rows.length);
  });

  test('more functions that have not ended than there is room for', () => {
    const many = { load: 10, functions: 100_000, machines: 1, cores: 1 };
    const input = { options: readOptions(many), schedulers: [createHermod()], mostLive: 500 };
    expect(() => simulate(input)).toThrow(
      /^hermod: \d+ functions had arrived and not ended at [\d.]+ s, .* 500; /,
    );
    expect(() => simulate(input)).toThrow(InputError);
    const { runs } = simulate({ ...input, options: readOptions({ ...many, load: 0.1, functions: 2000 }) });
    expect(runs[0]!.completed).toBe(2000);
  });
});

describe('what the trace lacks', () => {
  test.prop([fc.nat(), fc.integer({ min: 1, max: 500 }), fc.nat({ max: 500 }), fc.boolean()])(
    'is drawn within its range, and all invocations of a function are of one class',
    (seed, least, more, isLog) => {
      const options = readOptions({
        seed,
        memory: `${least}-${least + more}`,
        memoryDistribution: isLog ? 'log-uniform' : 'uniform',
      });
      const classOf = new Map<string, number>();
      for (const item of workloadOf(trace.items(1), options)) {
        expect(item.finalMemoryMb).toBeGreaterThanOrEqual(least);
        expect(item.finalMemoryMb).toBeLessThanOrEqual(least + more);
        expect(classOf.get(item.function) ?? item.class).toBe(item.class);
        classOf.set(item.function, item.class);
      }
    },
  );

  test('follows the weights, and a class of weight 0 is empty', () => {
    const options = readOptions({ classes: 'never:1:0,rare:2:10,often:3:90,never-either:4:0' });
    const many = Array.from({ length: 5000 }, (_, i) => ({ function: `f${i}`, arriveMs: i, runMs: 1 }));
    const counts = [0, 0, 0, 0];
    for (const item of workloadOf(many, options)) counts[item.class]!++;
    expect([counts[0], counts[3]]).toEqual([0, 0]);
    expect(counts[1]! / 5000).toBeCloseTo(0.1, 1);
  });
});

describe('the report', () => {
  const long = 'a-class-with-a-very-long-name-that-does-not-fit:1:1,b:2:1';
  test.each<[string, RawOptions]>([
    ['with the defaults', {}],
    ['of a crowded cluster', CROWDED],
    ['where everybody is killed', { ram: 100, memory: '200-300', swap: 0 }],
    ['of a single core', { machines: 1, cores: 1, shards: 1, growthSteps: 1, classes: 'only:1:1' }],
    [
      'without growth, of long names and large figures',
      { growthSteps: 0, classes: long, ram: 1e9, swap: 1e9 },
    ],
  ])('%s keeps to 80 columns and says what was assumed', (_what, raw) => {
    const text = reportText(simulateWith(raw, { trace: { ...trace, name: `${'long/'.repeat(40)}\n.csv` } }));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const prose = text.replaceAll('\n', ' ');
    expect(prose).toContain(' gives 36 invocations of 12 functions, when each arrived and how long it ran');
    expect(prose).toContain('It gives no classes and no memory. 3 invocations ran for less than half a ms');
    expect(prose).toContain('Assumed, and drawn with seed 1: each function belongs to one class');
    expect(prose).toContain('not judged');
    expect(prose).not.toContain('null');
  });

  test('looks like this', () => {
    expect(
      reportText(simulateWith(CROWDED, { inspect: judged }))
        .split('\n')
        .slice(-11),
    ).toMatchInlineSnapshot(`
      [
        "and 8192 MB of swap each, and 1 shard that takes 0 ms to place a function.",
        "",
        "xx: of 36 invocations 36 completed; 231 steps, accepted.",
        "Latency of those that completed, from submission to completion:",
        " class         done    mean     p50     p90     p99     max  slowdown",
        " interactive    3/3  16.7 s  305 ms  39.8 s  48.7 s  49.7 s        1x",
        " standard       6/6  22.9 s  21.5 s  47.3 s  50.8 s  51.2 s     62.0x",
        " background   27/27  45.8 s  38.5 s  85.5 s   100 s   102 s     82.1x",
        " Slowdown is the median of latency over run time.",
        "CPU 67 % busy, RAM 48 % used over 140 s; 4 preemptions; swapped at most 915 MB",
        "at once, 1205 MB in all.",
      ]
    `);
  });
});

describe('an option is refused with one line that names it', () => {
  const REFUSALS: [RawOptions, string | RegExp][] = [
    [{ machines: 0 }, '--machines: expected an integer from 1 to 100000, got "0"'],
    [{ machines: -1 }, /^--machines: .*got "-1"$/],
    [{ machines: 'many' }, /^--machines: .*got "many"$/],
    [{ machines: 1.5 }, /^--machines: .*got "1\.5"$/],
    [{ machines: '1e9999' }, /^--machines: /],
    [{ cores: 0 }, /^--cores: /],
    [{ ram: 0 }, /^--ram: /],
    [{ swap: -5 }, /^--swap: /],
    [{ shards: 0 }, /^--shards: /],
    [{ kMachines: 0 }, /^--k-machines: /],
    [{ kShards: '' }, /^--k-shards: .*got ""$/],
    [{ machines: 1e9 }, /^--machines: .*got "1000000000"$/],
    [{ machines: '10^9' }, /^--machines: .*got "10\^9"$/],
    [
      { machines: 100_000, shards: 100_000, kShards: 100_000 },
      '--k-shards: expected at most 100 idle lists that each of 100000 machines polls, got 100000',
    ],
    [{ seed: 2 ** 53 }, /^--seed: /],
    [{ turn: -1 }, /^--turn: /],
    [{ duration: '0s' }, '--duration: expected at least 1 ms, got "0s"'],
    [{ duration: '' }, /^--duration: expected a time with its unit, .*got ""$/],
    [{ functions: '' }, /^--functions: .*got ""$/],
    [{ load: '' }, /^--load: .*got ""$/],
    [{ growthSteps: 1001 }, /^--growth-steps: /],
    [{ initialMemory: 200, ram: 100 }, '--initial-memory: expected at most --ram (100), got 200'],
    [{ memory: '100' }, '--memory: expected LEAST-MOST in MB, such as 100-1000, got "100"'],
    [{ memory: '0-5' }, /^--memory: expected an integer from 1/],
    [{ memory: '5-4' }, /^--memory: expected LEAST-MOST with the lower figure first, got "5-4"$/],
    [
      { memoryDistribution: 'normal' },
      '--memory-distribution: expected uniform or log-uniform, got "normal"',
    ],
    [{ classes: 'a' }, '--classes: expected NAME:PRICE:WEIGHT, separated by commas, got "a"'],
    [{ classes: ':1:1' }, /^--classes: expected NAME:PRICE:WEIGHT/],
    [{ classes: 'a:1:1:1' }, /^--classes: expected NAME:PRICE:WEIGHT/],
    [{ classes: 'a:0:1' }, /^--classes: price of "a": expected an integer from 1/],
    [{ classes: 'a:1:-1' }, /^--classes: weight of "a": expected an integer from 0/],
    [{ classes: 'a:1:0,b:2:0' }, /^--classes: expected a weight above 0 in at least one class/],
    [{ classes: 'a:2:1,b:2:1' }, '--classes: expected the price of "b" above 2, cheapest first, got 2'],
    [{ classes: 'a:1:1,a:2:1' }, /^--classes: expected a name of its own for each class, got "a" twice$/],
    [
      { classes: `${'a'.repeat(300)}:1:1` },
      /^--classes: expected names of at most 256 characters, got "a+\.\.\.$/,
    ],
  ];

  test.each(REFUSALS)('%o', (raw, message) => {
    expect(() => readOptions(raw)).toThrow(message);
    expect(() => readOptions(raw)).toThrow(InputError);
  });

  test('and what is not given has its default', () => {
    const all = Object.fromEntries(
      Object.entries(OPTIONS).flatMap(([name, { default: value }]) => (value === '' ? [] : [[name, value]])),
    );
    expect(readOptions({})).toEqual(readOptions(all));
  });
});
