import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { durationsText, invocationsText } from '../../reference-impl/simulation/fixtures/texts.ts';
import { ask } from '../testing/command-line.ts';
import { main } from './main.ts';

const INVOCATIONS = 'reference-impl/simulation/fixtures/small-azure-2019-invocations.csv';
const SMALL = 'reference-impl/simulation/fixtures/small-azure-2021.csv';
const FOLDER = mkdtempSync(join(tmpdir(), 'xx-simulate-'));
const HEADER_2021 = 'app,func,end_timestamp,duration';

function file(name: string, ...lines: string[]): string {
  const path = join(FOLDER, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

async function expectRefusal(argv: readonly string[], message: RegExp): Promise<void> {
  const { code, out, err } = await ask(main, ...argv);
  expect(err).toMatch(message);
  expect(err).toMatch(/^xx: [^\n]+\n$/);
  expect({ code, out }).toEqual({ code: 2, out: '' });
}

// biome-ignore format: a table, a row a line
const BAD_VALUES: [string, string[], RegExp][] = [
  ['load 0', ['simulate', '--load', '0'], /^xx: --load: expected a number from 0\.001 to 10, got "0"/],
  ['a negative α', ['simulate', '--alpha', '-1.5'], /^xx: --alpha: expected a number from 1\.01 .*"-1\.5"/],
  ['an α without a mean', ['simulate', 'figure-3', '--alpha', '1'], /^xx: --alpha: .*"1"/],
  ['an unknown experiment', ['simulate', 'figure-5'], /figure-3, figure-4, theory/],
  ['an unknown preset', ['simulate', '--preset', 'x'], /^xx: --preset: expected paper-text or paper-code/],
  ['a sweep over nothing', ['simulate', 'figure-4', '--sweep', 'x=1'], /^xx: --sweep: expected load, alpha, swap/],
  ['a sweep with a bad value', ['simulate', 'figure-4', '--sweep', 'swap=1,-2'], /^xx: --sweep: swap: .*"-2"/],
  ['a disk that is none', ['simulate', '--disk', 'fast'], /^xx: --disk: expected ssd, nvme, or BANDWIDTH:LATENCY, such as 500MB\/s:100us, got "fast"/],
  ['a disk that moves nothing', ['simulate', 'figure-4', '--disk', '0MB/s:1us'], /^xx: --disk: expected from 1 to 1000000 MB\/s, got "0MB\/s:1us"/],
  ['a chunk of nothing', ['simulate', '--disk', 'ssd', '--chunk', '0'], /^xx: --chunk: expected an integer from 1/],
  ['a disk for one that does not page', ['simulate', '--disk', 'ssd', '--scheduler', 'xx,hermod'], /^xx: --disk: expected schedulers that page, and hermod does not/],
  ['a disk for the schedulers of a figure', ['simulate', 'figure-3', '--disk', 'ssd'], /^xx: --disk: expected schedulers that page, and hermod does not/],
  ['a disk where paging is left out', ['simulate', '--disk', 'ssd', '--without', 'paging'], /^xx: --disk: expected none, since paging is left out/],
  ['a disk where peers are compared', ['simulate', 'crowding', '--disk', 'ssd'], /^xx: --disk: not for crowding/],
  ['a reserve without a disk', ['simulate', '--reserve', '3'], /^xx: --reserve: only with --disk/],
  ['a sweep over parts of a MB', ['simulate', 'figure-4', '--sweep', 'swap=0.5'], /^xx: --sweep: swap: expected an integer from 0 .*"0.5"/],
  ['a bandwidth without a disk', ['simulate', 'figure-4', '--sweep', 'bandwidth=3'], /^xx: --sweep: bandwidth: only with --disk/],
  ['a bandwidth of nothing', ['simulate', 'figure-4', '--disk', 'ssd', '--sweep', 'bandwidth=0'], /^xx: --sweep: bandwidth: expected a number from 1/],
  ['two loads where there is one', ['simulate', 'figure-4', '--load', '1,2'], /^xx: --load: expected one load/],
  ['a queue without an end', ['simulate', 'theory', '--law', 'erlang-c', '--load', '1'], /^xx: --load: expected below 1/],
  ['an unknown law', ['simulate', 'theory', '--law', 'x'], /^xx: --law: expected processor-sharing or/],
  ['a duration without unit', ['simulate', '--duration', '5'], /^xx: --duration: .*90s or 10m/],
  ['calls that are certain', ['simulate', '--calls', '1.5:2'], /^xx: --calls: probability: .*"1\.5"/],
  ['half a trace of 2019', ['simulate', '--trace', INVOCATIONS], /needs its file of durations/],
  ['a trace of 2019 without a column', ['simulate', '--trace', INVOCATIONS, file('2019', 'HashFunction,percentile_Average_50', 'f,1')], /line 1: the column percentile_Average_[0-9]+ is missing/],
  ['zero machines', ['simulate', '--trace', 'x', '--machines', '0'], /--machines: .*"0"/],
  ['a trace that is no CSV of this schema', ['simulate', '--trace', 'package.json'], /package\.json: line 1: not a file of an Azure trace: expected a header/],
  ['zero machines in a figure', ['simulate', 'figure-3', '--machines', '0'], /^xx: --machines: .*"0"/],
  ['no cores', ['simulate', '--cores', '0'], /^xx: --cores: .*"0"/],
  ['load 0 in a figure', ['simulate', 'figure-4', '--load', '0'], /^xx: --load: .*"0"/],
  ['load 0 in theory', ['simulate', 'theory', '--law', 'erlang-c', '--load', '0'], /^xx: --load: .*"0"/],
  ['a negative α in a figure', ['simulate', 'figure-3', '--alpha', '-1'], /^xx: --alpha: .*"-1"/],
  ['a negative α beside other run times', ['simulate', '--runtime', 'exponential:5', '--alpha', '-1'], /^xx: --alpha: expected a number/],
  ['a duration of nothing', ['simulate', '--duration', '0s'], /^xx: --duration: expected at least 1 ms, got "0s"/],
  ['a duration without text', ['simulate', '--duration', ''], /^xx: --duration: expected a time with its unit/],
  ['a scheduler named twice', ['simulate', '--scheduler', 'xx,hermod,xx'], /^xx: --scheduler: expected each once, got "xx" twice/],
  ['a value swept twice', ['simulate', 'figure-4', '--sweep', 'load=0.5,0.50'], /^xx: --sweep: load: expected each value once, got 0.5 twice/],
  ['a theory of too few', ['simulate', 'theory', '--functions', '10'], /^xx: --functions: expected an integer from 1000/],
  ['a theory of a class without anybody', ['simulate', 'theory', '--law', 'delay-dependent', '--classes', 'a:1:1,b:2:0'], /^xx: --classes: expected a weight above 0 in each class, got 0 of "b"/],
  ['a theory of times that rounding changes', ['simulate', 'theory', '--law', 'erlang-c', '--runtime', 'exponential:5'], /^xx: --runtime: expected a mean of at least 1000 ms.* got 5/],
  ['a trace that is not there', ['simulate', '--trace', '/nowhere/at.all'], /^xx: \/nowhere\/at.all: no such file/],
  ['a trace of very many invocations', ['simulate', '--trace', file('many', 'HashFunction,Trigger,1', 'f,http,99999999'), file('many-durations', durationsText(['HashFunction'], [['f', 1, 5]]).trimEnd())], /^xx: --trace: has 99999999 invocations, .* --functions, or how long with --duration/],
  ['a trace without a name', ['simulate', '--trace', ''], /^xx: --trace: expected a file, got ""/],
  ['a trace that is a directory', ['simulate', '--trace', tmpdir()], /is a directory; name a file in it/],
  ['a trace that is empty', ['simulate', '--trace', file('empty')], /line 1: is empty; expected a header: of 2021 app,func/],
  ['a trace of a header alone', ['simulate', '--trace', file('header', HEADER_2021)], /line 1: a header of single invocations, and no rows/],
  ['a trace of 2021 without a column', ['simulate', '--trace', file('column', 'app,func,end_timestamp', 'a,b,1')], /line 1: .*duration is missing/],
  ['a row that is cut off', ['simulate', '--trace', file('row', HEADER_2021, 'a,b,1')], /line 2: expected 4 fields as in the header, got 3/],
  ['one that ends before it begins', ['simulate', '--trace', file('backwards', HEADER_2021, 'a,b,1,-1')], /line 2: duration: expected seconds from 0/],
  ['a load of one instant', ['simulate', '--load', '0.5', '--trace', file('instant', HEADER_2021, 'a,b,1,1', 'a,c,2,2')], /^xx: --load: all of .*instant arrives in one instant/],
  ['a load of one instant by a preset', ['simulate', '--preset', 'paper-text', '--trace', file('instant-2', HEADER_2021, 'a,b,1,1')], /arrives in one instant, .* any --preset/],
  ['a line without end', ['simulate', '--trace', file('endless', HEADER_2021, 'a'.repeat(17 * 1024 * 1024))], /line 2 is longer than 16 MiB; is this a file of CSV/],
  ['more machines than there are', ['simulate', '--trace', SMALL, '--machines', '1000000000'], /^xx: --machines: expected an integer from 1 to 100000, got "1000000000"/],
  ['more polled than there is room for', ['simulate', 'figure-4', '--machines', '100000', '--shards', '100000'], /^xx: --shards: expected at most 100 idle lists/],
  ['percentiles that run backwards', ['simulate', '--trace', INVOCATIONS, file('percentiles', `HashFunction,${[0, 1, 25, 50, 75, 99, 100].map((percent) => `percentile_Average_${percent}`).join(',')}`, 'fn-0,1,2,3,2,4,5,6')], /line 2: .*got/],
];

test.each(BAD_VALUES)('a bad value is one clear line and exit 2: %s', async (_name, argv, message) => {
  await expectRefusal(argv, message);
});

// biome-ignore format: a table, a row a line
const IGNORED: [string, string[], RegExp][] = [
  ['a law of a figure', ['figure-3', '--law', 'erlang-c'], /^xx: --law: not for figure-3, only for theory/],
  ['a law of a workload', ['--law', 'erlang-c'], /^xx: --law: not for a drawn workload, only for theory/],
  ['machines of theory', ['theory', '--machines', '4'], /^xx: --machines: not for theory, only for .* figure-4/],
  ['tables of theory', ['theory', '--csv', FOLDER], /^xx: --csv: not for theory/],
  ['a scheduler of theory', ['theory', '--scheduler', 'xx'], /^xx: --scheduler: not for theory/],
  ['a load of all laws', ['theory', '--load', '0.5'], /^xx: --load: only with --law/],
  ['an α of all laws', ['theory', '--alpha', '3'], /^xx: --alpha: only with --law/],
  ['an α of exponential run times', ['theory', '--law', 'erlang-c', '--alpha', '3'], /^xx: --alpha: only for Pareto run times; add --runtime pareto/],
  ['an α beside a constant', ['--runtime', 'deterministic:5', '--alpha', '3'], /^xx: --alpha: only for Pareto run times/],
  ['run times of a trace', ['--trace', SMALL, '--runtime', 'pareto'], /^xx: --runtime: not for a trace/],
  ['arrivals of a trace', ['--trace', SMALL, '--arrivals', 'poisson'], /^xx: --arrivals: not for a trace/],
  ['a figure of a trace', ['figure-3', '--trace', SMALL], /^xx: --trace: not for figure-3, only for a trace/],
  ['the duration of a figure', ['figure-3', '--duration', '5s'], /^xx: --duration: not for figure-3/],
  ['polled idle lists of a figure', ['figure-4', '--k-shards', '2'], /^xx: --k-shards: not for figure-4/],
  ['replications of a figure', ['figure-4', '--replications', '5'], /^xx: --replications: not for figure-4, only for theory/],
  ['replications of a workload', ['--replications', '5'], /^xx: --replications: not for a drawn workload/],
  ['a sweep of a workload', ['--sweep', 'load=1'], /^xx: --sweep: not for a drawn workload, only for figure-3, figure-4 and crowding/],
  ['runs of a workload', ['--runs', '2'], /^xx: --runs: not for a drawn workload/],
  ['pictures of a workload', ['--svg', FOLDER], /^xx: --svg: not for a drawn workload/],
  ['a value of what is swept', ['figure-4', '--sweep', 'load=0.5,0.7', '--load', '0.9'], /^xx: --load: --sweep already sets it/],
  ['memory that nobody grows to', ['--growth-steps', '0', '--memory', '5-6'], /^xx: --memory: no function grows to it/],
  ['memory where it is ample', ['figure-3', '--memory', '5-6'], /^xx: --memory: no function grows to it/],
  ['a judge of nobody', ['--scheduler', 'hermod', '--judge'], /^xx: --judge: none of the schedulers is bound/],
  ['a judge of nobody in a figure', ['figure-3', '--scheduler', 'hermod,hermod-hybrid', '--judge'], /^xx: --judge: none of the schedulers/],
];

test.each(IGNORED)('what would change nothing is refused: %s', async (_name, argv, message) => {
  await expectRefusal(['simulate', ...argv], message);
});

// biome-ignore format: a table, a row a line
const UNWRITABLE: [string, string[], RegExp][] = [
  ['tables into a file', ['--csv', 'package.json'], /^xx: package.json: .*is a file, not a directory/],
  ['tables below a file', ['--csv', 'package.json/out'], /^xx: package.json\/out: .*is a file, not a directory/],
  ['a page below a file', ['--html', 'package.json/a.html'], /^xx: package.json\/a.html: is below a file, not a directory/],
  ['a page that is a directory', ['--html', FOLDER], /^xx: .*: is not a file; name a file to write/],
  ['a page without a name', ['--html', ''], /^xx: an empty name: is not a file; name a file to write/],
  ['pictures into a file', ['figure-3', '--svg', 'package.json'], /^xx: package.json: .*is a file/],
];

test.each(UNWRITABLE)(
  'what cannot be written is noticed before the run: %s',
  async (_name, argv, message) => {
    // Played first, this would take hours.
    const load = argv[0] === 'figure-3' ? ['--runs', '10000'] : ['--functions', '1000000000'];
    await expectRefusal(['simulate', ...argv, ...load], message);
  },
);

describe('a simulation as JSON', () => {
  test('says of Hermod that its memory has no bound, of a workload and of a figure', async () => {
    for (const experiment of [
      ['--duration', '20s'],
      ['figure-4', '--machines', '2', '--runs', '1'],
    ]) {
      const { out } = await ask(main, 'simulate', ...experiment, '--scheduler', 'xx,hermod', '--json');
      const { runs } = JSON.parse(out);
      expect(runs.map(({ memory }: { memory: string }) => memory)).toEqual(['bounded', 'unbounded']);
      expect(runs[1]).toMatchObject({ killed: 0, swapMb: { peak: 0, total: 0 } });
    }
  });

  test('counts until the duration ends or so many have arrived, whichever is first', async () => {
    const count = async (...argv: string[]): Promise<number> =>
      JSON.parse((await ask(main, 'simulate', ...argv, '--json')).out).runs[0].functions;
    expect(await count('--duration', '1m', '--functions', '5')).toBe(5);
    expect(await count('--duration', '1m', '--functions', '100000')).toBe(await count('--duration', '1m'));
  });
});

describe('a trace from files', () => {
  const ROWS = ['app,func,end_timestamp,duration', 'a,f,1,0.5', 'a,g,2,0.5', 'b,f,3,0.25'];
  const reportOf = async (name: string, text: string) => {
    const path = join(FOLDER, name);
    writeFileSync(path, text);
    const { code, out } = await ask(main, 'simulate', '--trace', path, '--functions', '2', '--json');
    expect(code).toBe(0);
    const { trace, runs } = JSON.parse(out);
    return { ...trace, name: '', completed: runs[0].completed };
  };

  test('says the same in whatever dress, with figures of all of it though a part is played', async () => {
    const plain = await reportOf('plain.csv', `${ROWS.join('\n')}\n`);
    expect(plain).toMatchObject({ invocations: 3, functions: 3, runMs: 1250, joined: null, completed: 2 });
    expect(await reportOf('mark.csv', `\ufeff${ROWS.join('\n')}`)).toEqual(plain);
    expect(await reportOf('crlf.csv', `${ROWS.join('\r\n')}\r\n\r\n`)).toEqual(plain);
    expect(await reportOf('commas.csv', `${ROWS.join(',,\n')},,\n`)).toEqual(plain);
    expect(
      await reportOf('quotes.csv', ROWS.map((row) => `"${row.replaceAll(',', '","')}"`).join('\r\n')),
    ).toEqual(plain);
  });

  test('says as JSON how many functions and invocations did not fit', async () => {
    const keys = ['HashApp', 'HashFunction'];
    const a = file(
      'joined-a',
      invocationsText(keys, [
        ['a', 'main', 'timer', 3],
        ['b', 'main', 'http', 4],
      ]).trimEnd(),
    );
    const b = file('joined-b', durationsText(keys, [['b', 'main', 1, 5]]).trimEnd());
    const { out } = await ask(main, 'simulate', '--trace', b, a, '--json');
    const { trace } = JSON.parse(out);
    expect(trace).toMatchObject({ invocations: 4, functions: 1, shorterThanOneMs: null });
    expect(trace.joined).toMatchObject({
      leftOut: { functions: 1, invocations: 3 },
      memoryDrawn: { functions: 1, invocations: 4 },
      severalDurations: { functions: 0, invocations: 0 },
    });
  });
});

test.each(['fuzz', 'check', 'run', 'replay', 'simulate'])(
  'a scheduler may be a process: xx %s',
  async (command) => {
    const { out } = await ask(main, command, '--help');
    expect(out).toMatch(/--exec <command>\s+a scheduler of your own/);
  },
);

test.each(['simulate', 'check'])('a scheduler that there is not is named: xx %s', async (command) => {
  const { err } = await ask(main, command, '--scheduler', 'nobody');
  expect(err).toMatch(/there is no scheduler "nobody".*`xx explain --schedulers` lists all/);
});

describe('theory as text', () => {
  test('tells a run that is too short from one that refutes theory, and keeps its columns apart', async () => {
    const argv = [
      '--law',
      'preemptive-priorities',
      '--load',
      '0.99',
      '--functions',
      '1000',
      '--replications',
      '3',
    ];
    const { code, out } = await ask(main, 'simulate', 'theory', ...argv, '--runtime', 'exponential:90000000');
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}latency of class 0, ms .* % \?$/m);
    expect(out).toContain('?: too short to tell, since theory lies within ±');
    const [row] = out.split('\n').filter((line) => line.includes('class 0, ms'));
    expect(row!.replace(/^.*ms/, '').trim().split(/\s+/).length).toBe(7);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('a simulation as text', () => {
  test('has no row for a class of which the trace has nobody', async () => {
    const rows = [HEADER_2021, 'a,b,1,0.5', 'a,b,2,0.5'];
    const { out } = await ask(main, 'simulate', '--trace', file('one-function', ...rows));
    expect(out).toMatch(/^ +(background|standard|interactive) +2\/2 /m);
    expect(out).not.toContain('0/0');
  });

  test('says that Hermod neither swaps nor kills, and has no figures for it', async () => {
    const argv = ['simulate', 'figure-4', '--machines', '2', '--runs', '1', '--scheduler', 'xx,hermod'];
    const { out } = await ask(main, ...argv, '--csv', join(FOLDER, 'tables'));
    expect(out.replaceAll('\n', ' ')).toMatch(/hermod: .* unbounded memory/);
    expect(out).toMatch(/^lowest +hermod .* - *$/m);
    expect(out).not.toMatch(/\d MB\b.*swap|swap.*\d TB/);
    expect(readdirSync(join(FOLDER, 'tables'))).toContain('figure-4-classes.csv');
  });

  test('makes the folders that it writes into', async () => {
    mkdirSync(join(FOLDER, 'there'));
    const page = join(FOLDER, 'there', 'not-yet', 'page.html');
    const { code } = await ask(main, 'simulate', '--duration', '5s', '--html', page);
    expect(code).toBe(0);
    expect(readdirSync(join(FOLDER, 'there', 'not-yet'))).toEqual(['page.html']);
  });
});
