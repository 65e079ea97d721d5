import { clearInterval, setInterval } from 'node:timers';
import { isMainThread } from 'node:worker_threads';
import { type Command, InvalidArgumentError, Option } from 'commander';
import ms, { type StringValue } from 'ms';
import { PART_IDS } from '../../model/alphabet.ts';
import type { Streams } from '../../reference-impl/io/output.ts';
import { exitCodeOf, listenForSignals } from '../../reference-impl/io/signals.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { breathe } from '../breathe.ts';

/** What the command line answers with. */
export const EXIT = {
  accepted: 0,
  violation: 1,
  badInput: 2,
  brokenScheduler: 3,
  noLongerFails: 4,
  /** A fault of this package itself: `EX_SOFTWARE` of sysexits.h. */
  fault: 70,
  /** By Ctrl-C; by SIGTERM 143, by SIGHUP 129. */
  interrupted: 130,
};

/** What a command needs to answer: its streams, and a way to set the exit code. */
export interface Desk extends Streams {
  exit(code: number): void;
}

export function jsonOption(): Option {
  return new Option('--json', 'one JSON object on standard output, and nothing else there');
}

/** @param isDefault whether the reference plays unless another scheduler is named. */
export function schedulerOption({ isDefault = true }: { isDefault?: boolean } = {}): Option {
  const schedulers = SCHEDULERS.map(({ name, summary }) => `${name} (${summary})`).join(', ');
  const option = new Option(
    '--scheduler <name>',
    `${schedulers}, or a wrong one (xx explain --schedulers lists them)`,
  );
  return isDefault ? option.default('xx') : option;
}

/** The properties that are judged, alone: one meaning in every command. */
export function propertyOption(): Option {
  return new Option('--property <id...>', 'judge only these properties, each on its own evidence').default(
    [],
    'everything',
  );
}

/** What the scheduler does not have: one meaning in every command. */
export function withoutOption(): Option {
  return new Option(
    '--without <part...>',
    `parts of XX that the scheduler lacks: ${PART_IDS.join(', ')}; not tried, and not asked of it (docs/parts.md)`,
  );
}

/** Which scheduler, as the command line has it. */
export interface CandidateFlags {
  scheduler: string;
  exec?: string;
  /** In ms. */
  execTimeout?: number;
  execStartTimeout?: number;
}

/** Options of commands that play somebody's scheduler: one by its name, or one that is a process. */
export function addCandidateOptions(command: Command, how: { isDefault?: boolean } = {}): Command {
  return command
    .addOption(schedulerOption(how))
    .addOption(
      new Option(
        '--exec <command>',
        'a scheduler of your own, a process that speaks JSON lines (docs/protocol.md)',
      ).conflicts('scheduler'),
    )
    .option('--exec-timeout <time>', 'how long one answer may take (default: 10s)', duration)
    .option(
      '--exec-start-timeout <time>',
      'how long starting and the first answer may take (default: 30s)',
      duration,
    );
}

/** Parses a whole number from `least` up. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}.`);
  };
}

/** Parses a time with its unit, into ms. */
export function duration(text: string): number {
  const value = /^[\d.]+ ?[a-z]+$/i.test(text) ? ms(text as StringValue) : undefined;
  if (value !== undefined && value > MOST_MS) {
    throw new InvalidArgumentError(`Expected at most ${ms(MOST_MS)}.`);
  }
  if (value !== undefined && value > 0 && value < 1) {
    throw new InvalidArgumentError('Expected at least 1ms.');
  }
  if (value !== undefined && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a time with its unit, such as 500ms, 30s or 5m.');
}

/** Nobody waits longer. */
const MOST_MS = ms('365d');

/**
 * Heeds Ctrl-C, SIGTERM and SIGHUP while work goes on: the first asks for an early end, a second ends the process.
 *
 * @param work is told that it should stop in two ways: it may ask, or wait for it.
 */
export async function interruptible<Result>(
  work: (interrupted: () => boolean, stopped: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const sign = stopSign();
  // A thread hears no signals: whoever has started it listens.
  const deaf = isMainThread ? listenForSignals(sign) : () => {};
  const stopped = new AbortController();
  const clock = setInterval(() => {
    if (sign.signal !== 0) stopped.abort();
  }, LOOK_EVERY_MS);
  clock.unref();
  sign.heed();
  try {
    return await work(() => sign.signal !== 0, stopped.signal);
  } finally {
    await allHeard();
    sign.unheed();
    clearInterval(clock);
    deaf();
  }
}

/**
 * Lets signals be heard that came while the last piece of work did not yield: one that is still under way when nobody listens
 * any more is lost, and whoever has sent it waits for an end that does not come. The first turn may belong to a round of
 * the event loop that has looked for signals before the piece began; the second comes after it has looked again.
 */
async function allHeard(): Promise<void> {
  await breathe();
  await breathe();
}

/** How often whoever waits looks whether a signal has come, which another thread may have heard. */
const LOOK_EVERY_MS = 50;

/** The exit code of work that ended early: of the signal that it was asked by. */
export function interruptedCode(): number {
  const { signal } = stopSign();
  return signal === 0 ? EXIT.interrupted : exitCodeOf(signal);
}
