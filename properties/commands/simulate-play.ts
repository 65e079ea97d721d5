import { InputError } from '../../model/input-error.ts';
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
import { type Desk, interruptible } from './command.ts';

/** Events that are played before signals and the terminal have their turn. */
const EVENTS_AT_ONCE = 20_000;

/** Plays the workload into one scheduler after the other, and shows how far it is; null when it is interrupted. */
export async function playEach(input: SimulationInput, err: Desk['err']): Promise<SimulationRun[] | null> {
  const line = progressLine(err);
  const runs: SimulationRun[] = [];
  const isWhole = await interruptible(async (interrupted) => {
    for (const one of input.schedulers) {
      const running = new Running(one, input);
      while (running.advance(EVENTS_AT_ONCE)) {
        const { submitted, live } = running.counts;
        line.show(
          `${one.name}: ${submitted.toLocaleString('en')} functions, ${live.toLocaleString('en')} of them live`,
        );
        await breathe();
        if (interrupted()) return false;
      }
      runs.push(running.end());
    }
    return true;
  });
  line.clear();
  return isWhole ? runs : null;
}

/**
 * Reads a trace from its files, as they arrive.
 *
 * @throws InputError with one line, also for a trace that is too long to be played without an end.
 */
export async function readTraceFiles(
  names: readonly string[],
  { functions, durationMs }: SimulationInput['options'],
): Promise<RealTrace> {
  if (names.includes('')) throw new InputError('--trace: expected a file, got ""');
  const files = names.map((name) => ({ name: nameOf(name), lines: readLines(name, 'CSV') }));
  const trace = await readTrace(files, functions === null ? {} : { atMost: functions });
  if (functions === null && durationMs === null && trace.invocations > MOST_INVOCATIONS) {
    throw new InputError(
      `--trace: has ${trace.invocations} invocations, which would take hours and, where they wait, all memory; say how many to play with --functions, or how long with --duration`,
    );
  }
  return trace;
}

/** Some ten minutes of work; a day of all functions of the public trace has many more. */
const MOST_INVOCATIONS = 20_000_000;
