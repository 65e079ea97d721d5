import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { builtFile } from '../../reference-impl/io/package-root.ts';
import { ratios, type Spread, spreadOf } from './measure.ts';

/** How much whole commands do, and how often each of them is started. */
export interface CommandEffort {
  /** Runs of the campaign whose speed is measured. */
  readonly runs: number;
  /** Options of the instance that is explored. */
  readonly instance: readonly string[];
  readonly rounds: number;
}

/** Commands as somebody starts them, from the start of the process to its end, by the clock on the wall. */
export interface CommandFigures {
  /** Judged steps a second. */
  readonly fuzz: WorkerFigures;
  readonly check: WorkerFigures;
  /** Until a command that does next to nothing has ended, in ms. */
  readonly starts: readonly { readonly what: string; readonly ms: Spread }[];
}

/** What one worker does, what two do, and how many times that is, round by round. */
export interface WorkerFigures {
  readonly one: Spread;
  readonly two: Spread;
  readonly ratio: Spread;
  /** Two processes of one worker each, side by side: no more can be had from two cores of the machine. */
  readonly apart: Spread;
  readonly ratioApart: Spread;
}

const CLI = fileURLToPath(builtFile('cli.js'));

const STARTS = ['--help', '--version', 'fuzz --runs 1 --workers 1', 'fuzz --runs 2 --workers 2'];

/** Starts whole commands in turn, round after round. They are the built ones: `npm run build` comes first. */
export async function measureCommands({ runs, instance, rounds }: CommandEffort): Promise<CommandFigures> {
  const out = mkdtempSync(join(tmpdir(), 'xx-bench-'));
  const speeds = { fuzz: noSpeeds(), check: noSpeeds() };
  const starts = STARTS.map((): number[] => []);
  try {
    for (let round = 0; round < rounds; round++) {
      for (const manner of MANNERS) {
        const [processes, workers] = manner === 'apart' ? [2, 1] : [1, manner === 'one' ? 1 : 2];
        const sideBySide = Array.from({ length: processes }, (_, index) => index + 1);
        const how = (process: number) => [
          '--workers',
          `${workers}`,
          '--out',
          join(out, `${process}`),
          '--json',
        ];
        const share = `${Math.ceil(runs / processes)}`;
        speeds.fuzz[manner].push(
          await stepsPerMs(sideBySide, (seed) => [
            'fuzz',
            '--runs',
            share,
            '--seed',
            `${seed}`,
            ...how(seed),
          ]),
        );
        speeds.check[manner].push(
          await stepsPerMs(sideBySide, (process) => ['check', ...instance, ...how(process)]),
        );
      }
      for (const [index, what] of STARTS.entries()) {
        const argv = what.split(' ');
        const { ms } = await timed(argv[0] === 'fuzz' ? [...argv, '--out', out] : argv);
        starts[index]!.push(ms);
      }
    }
  } finally {
    rmSync(out, { recursive: true });
  }
  return {
    fuzz: figuresOf(speeds.fuzz),
    check: figuresOf(speeds.check),
    starts: STARTS.map((what, index) => ({ what: `xx ${what}`, ms: spreadOf(starts[index]!) })),
  };
}

/** One worker; two; two processes of one worker each. */
const MANNERS = ['one', 'two', 'apart'] as const;
type Speeds = Record<(typeof MANNERS)[number], number[]>;

function noSpeeds(): Speeds {
  return { one: [], two: [], apart: [] };
}

/** Steps that processes side by side judge in all, by what they say of themselves, until the last of them has ended. */
async function stepsPerMs(
  processes: readonly number[],
  argv: (process: number) => readonly string[],
): Promise<number> {
  const ended = await Promise.all(processes.map((process) => timed(argv(process))));
  const done = ended.reduce((sum, { answer }) => sum + JSON.parse(answer).steps, 0);
  return done / Math.max(...ended.map(({ ms }) => ms));
}

function figuresOf({ one, two, apart }: Speeds): WorkerFigures {
  const perSecond = (speeds: readonly number[]): Spread => spreadOf(speeds.map((speed) => speed * 1000));
  return {
    one: perSecond(one),
    two: perSecond(two),
    ratio: ratios(two, one),
    apart: perSecond(apart),
    ratioApart: ratios(apart, one),
  };
}

/** Exit code 1 is that something was not shown, as in a campaign of one run. @throws Error for any other but 0. */
function timed(argv: readonly string[]): Promise<{ answer: string; ms: number }> {
  const startedAt = nowMs();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [CLI, ...argv], (error, answer, complaint) => {
      if (error !== null && error.code !== 1) reject(new Error(`xx ${argv.join(' ')}: ${complaint}`));
      else resolve({ answer, ms: nowMs() - startedAt });
    });
  });
}
