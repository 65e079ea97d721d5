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
  /** Explored states a second. */
  readonly check: WorkerFigures;
  /** Until a command that does next to nothing has ended, in ms. */
  readonly starts: readonly { readonly what: string; readonly ms: Spread }[];
}

/** What one worker does, what two do, and how many times that is, round by round. */
export interface WorkerFigures {
  readonly one: Spread;
  readonly two: Spread;
  readonly ratio: Spread;
}

const CLI = fileURLToPath(builtFile('cli.js'));

const STARTS = ['--help', '--version', 'fuzz --runs 1 --workers 1', 'fuzz --runs 2 --workers 2'];

/** Starts whole commands in turn, round after round. They are the built ones: `npm run build` comes first. */
export async function measureCommands({ runs, instance, rounds }: CommandEffort): Promise<CommandFigures> {
  const out = mkdtempSync(join(tmpdir(), 'xx-bench-'));
  const speeds = { fuzz: { 1: [], 2: [] }, check: { 1: [], 2: [] } } as Record<
    'fuzz' | 'check',
    Record<1 | 2, number[]>
  >;
  const starts = STARTS.map((): number[] => []);
  try {
    for (let round = 0; round < rounds; round++) {
      for (const workers of [1, 2] as const) {
        const how = ['--workers', `${workers}`, '--out', out, '--json'];
        const fuzz = await timed(['fuzz', '--runs', `${runs}`, '--seed', '1', ...how]);
        speeds.fuzz[workers].push(JSON.parse(fuzz.answer).steps / fuzz.ms);
        const check = await timed(['check', ...instance, ...how]);
        speeds.check[workers].push(JSON.parse(check.answer).states / check.ms);
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

function figuresOf(perMs: Record<1 | 2, readonly number[]>): WorkerFigures {
  const perSecond = (workers: 1 | 2): Spread => spreadOf(perMs[workers].map((speed) => speed * 1000));
  return { one: perSecond(1), two: perSecond(2), ratio: ratios(perMs[2], perMs[1]) };
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
