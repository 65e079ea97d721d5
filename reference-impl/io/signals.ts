import { constants } from 'node:os';
import type { StopSign } from './stop-sign.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a process that a signal has ended is said to have exited with. */
export function exitCodeOf(signal: number): number {
  return 128 + signal;
}

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP: the first puts up the sign, if somebody heeds it; otherwise, and a second time,
 * the process ends at once, and whatever it has started with it.
 *
 * @returns ends the listening.
 */
export function listenForSignals(sign: StopSign): () => void {
  const hear = (name: NodeJS.Signals): void => {
    const number = constants.signals[name];
    if (!sign.isHeeded || sign.signal !== 0) process.exit(exitCodeOf(number));
    sign.signal = number;
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, hear);
  };
}
