import { constants } from 'node:os';
import { isatty } from 'node:tty';
import type { StopSign } from './stop-sign.ts';

/** The standard streams that are terminals, as long as they are there. */
const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));

/**
 * Ends the process. Node, as it ends, gives a terminal its settings back, and crashes where the terminal has gone: then the
 * process ends as the hang-up would have ended it.
 */
export function leave(code: number): never {
  if (terminals.some((descriptor) => !isatty(descriptor))) {
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  }
  process.exit(code);
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a process that a signal has ended is said to have exited with. */
export function exitCodeOf(signal: number): number {
  return 128 + signal;
}

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP: the first puts up the sign, if somebody heeds it; otherwise, and a second time,
 * the process ends at once, and whatever it has started with it. One that comes twice within a moment is one: `timeout`
 * signals its command and then its group, and Ctrl-C reaches a command of `npx` from the terminal and from `npx`.
 *
 * @returns ends the listening.
 */
export function listenForSignals(sign: StopSign): () => void {
  const hear = (name: NodeJS.Signals): void => {
    const number = constants.signals[name];
    if (sign.isFresh) return;
    if (!sign.isHeeded || sign.signal !== 0) leave(exitCodeOf(number));
    sign.signal = number;
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, hear);
  };
}
