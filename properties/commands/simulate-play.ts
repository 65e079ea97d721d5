import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { nameOf, readLines } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import {
  Running,
  type SimulationInput,
  type SimulationRun,
} from '../../reference-impl/simulation/simulate.ts';
import type { RealTrace } from '../../reference-impl/simulation/traces/real-trace.ts';
import { readTrace } from '../../reference-impl/simulation/traces/trace.ts';
import { breathe } from '../breathe.ts';
import type { Desk } from './command.ts';

/** Events that are played before signals and the terminal have their turn. */
const EVENTS_AT_ONCE = 20_000;

/** What was played of a workload. */
export interface PlayedRuns {
  /** If it was interrupted, the last may have ended early. */
  readonly runs: SimulationRun[];
  /** Whose turn never came, by name. */
  readonly notSimulated: readonly string[];
  /** What has ended them before their end, if a scheduler broke; it and those after it were not simulated. */
  readonly broken: BrokenScheduler | null;
}

/** Plays the workload into one scheduler after the other, and shows how far it is. */
export async function playEach(
  input: SimulationInput,
  err: Desk['err'],
  interrupted: () => boolean,
): Promise<PlayedRuns> {
  const line = progressLine(err);
  const runs: SimulationRun[] = [];
  for (const one of input.schedulers) {
    if (interrupted()) break;
    let running: Running | null = null;
    let goesOn = true;
    try {
      running = new Running(one, input);
      while (goesOn && !interrupted()) {
        goesOn = running.advance(EVENTS_AT_ONCE);
        const { submitted, live } = running.counts;
        line.show(
          `${one.name}: ${submitted.toLocaleString('en')} functions, ${live.toLocaleString('en')} of them live`,
        );
        await breathe();
      }
    } catch (error) {
      if (!(error instanceof BrokenScheduler)) throw error;
      // A process was waited for when a signal came: what it has done until then counts.
      if (!(error instanceof StoppedWaiting)) {
        line.clear();
        return { runs, notSimulated: namesFrom(input, runs.length), broken: error };
      }
    }
    if (running === null) break;
    const run = running.end();
    runs.push(goesOn ? { ...run, interrupted: true } : run);
  }
  line.clear();
  return { runs, notSimulated: namesFrom(input, runs.length), broken: null };
}

function namesFrom({ schedulers }: SimulationInput, index: number): string[] {
  return schedulers.slice(index).map(({ name }) => name);
}

/**
 * Reads a trace from its files, as they arrive.
 *
 * @returns null when it was stopped before the end.
 * @throws InputError with one line, also for a trace that is too long to be played without an end.
 */
export async function readTraceFiles(
  names: readonly string[],
  { functions, durationMs }: SimulationInput['options'],
  stopped: AbortSignal,
): Promise<RealTrace | null> {
  if (names.includes('')) throw new InputError('--trace: expected a file, got ""');
  const files = names.map((name) => ({
    name: nameOf(name),
    lines: readLines(name, { expected: 'CSV', stopped }),
  }));
  const trace = await readTrace(files, functions === null ? {} : { atMost: functions }).catch(
    (error: unknown) => {
      // What was read may make no sense without what comes after it.
      if (stopped.aborted && error instanceof InputError) return null;
      throw error;
    },
  );
  if (trace === null || stopped.aborted) return null;
  if (functions === null && durationMs === null && trace.invocations > MOST_INVOCATIONS) {
    throw new InputError(
      `--trace: has ${trace.invocations} invocations, which would take hours and, where they wait, all memory; say how many to play with --functions, or how long with --duration`,
    );
  }
  return trace;
}

/** Some ten minutes of work; a day of all functions of the public trace has many more. */
const MOST_INVOCATIONS = 20_000_000;
