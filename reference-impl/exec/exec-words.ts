import { LONGEST_LINE_BYTES } from '../io/files.ts';
import type { Said, Silence } from './exec-messages.ts';

/** What is said of somebody else's process. */

/** What came of a request instead of a line, in words that go on from `scheduler NAME` or `it`. */
export function whatHappened(
  said: Exclude<Said, { type: 'line' | 'unasked' }> | Extract<Silence, { type: 'silence' }>,
  patienceMs: number,
  hasStarted: boolean,
): string {
  switch (said.type) {
    case 'silence':
    case 'nothing':
      return hasStarted
        ? `did not answer within ${patienceMs} ms; does it write a line for every stimulus, and flush it?`
        : `did not start and answer within ${patienceMs} ms; --exec-start-timeout allows more`;
    case 'closed':
      return 'closed its standard output, and lives on; nothing can be heard from it any more';
    case 'too-long':
      return `wrote more than ${LONGEST_LINE_BYTES / 1024 / 1024} MiB without the end of a line, or many lines that were not asked for`;
    case 'died': {
      return `${said.how}${complaintText(said.complaint)}`;
    }
  }
}

/** An answer had not come when the time for all was up. */
export function late(waitedMs: number, step: number): string {
  return `has not answered: waited ${waitedMs} ms for the answer to step ${step}, until the time for all was up`;
}

/**
 * A line came for which nobody had asked.
 *
 * @param answered what was answered last, in words.
 * @param isReset whether a header was sent since.
 */
export function unasked(text: string, answered: string | null, isReset: boolean): string {
  if (answered === null) {
    return `wrote ${clip(text)} after the header, where nothing was asked: a header has no answer`;
  }
  const since = isReset ? ' and the next header' : '';
  return `wrote ${clip(text)} after its answer to ${answered}${since}, where nothing was asked: these are two answers to ${answered}, or one of them is to a header, which has none`;
}

/** Of several lines the first says why, as in a panic of Go or Java, and the last where it ended. */
function complaintText(complaint: string): string {
  const lines = complaint
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return ', and said nothing on standard error';
  const words = lines.length === 1 ? '' : `; its first words: ${clip(lines[0]!)}`;
  return `${words}; its last words: ${clip(lines.at(-1)!)}`;
}

/** Why a stimulus is impossible, in somebody else's words, of which megabytes say no more than the first few. */
export function shortened(reason: string): string {
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
}

const LONGEST_REASON = 500;

/** Somebody else's text for one line of a message. */
export function clip(text: string): string {
  const written = JSON.stringify(text.slice(0, LONGEST_SHOWN));
  return text.length > LONGEST_SHOWN ? `${written}…` : written;
}

const LONGEST_SHOWN = 120;
