import type { TimedStimulus } from '../../model/alphabet.ts';
import type { ExecLine, Patience } from './exec-line.ts';
import type { Heard } from './exec-messages.ts';

/** Lines that somebody else's process is sent before their answers are wanted: many answers for one round trip. */

/** What was sent ahead, and how much of it has been played or left out. */
export class Ahead {
  private readonly line: ExecLine;
  private readonly lines: readonly string[];
  /** The request by which the lines were sent. */
  private readonly request: number;
  private next = 0;
  /** Answers that have come, and that nobody has asked for yet. */
  private heard: string[] = [];

  /** Sends the lines, each of which has an answer. */
  constructor(line: ExecLine, lines: readonly string[]) {
    this.line = line;
    this.lines = lines;
    this.request = sendAhead(line, lines, lines.length);
  }

  get isOver(): boolean {
    return this.next >= this.lines.length;
  }

  /** Waits for what comes of the next line, which stays the next. */
  hear(patience: Patience): Heard {
    const known = this.heard.shift();
    if (known !== undefined) return { said: { type: 'line', text: known } };
    const { said, hello } = this.line.waitFor(this.request, patience);
    const more = hello === undefined ? {} : { hello };
    if (said.type !== 'lines') return { said, ...more };
    const [first, ...others] = said.texts;
    this.heard = others;
    return { said: { type: 'line', text: first! }, ...more };
  }

  /** Goes on to the line after the next. @returns the line that was the next. */
  advance(): string | undefined {
    return this.lines[this.next++];
  }

  /** Wants nothing of the rest. */
  end(): void {
    this.next = this.lines.length;
  }
}

/** @returns the request by which so many answers to these lines are heard. */
export function sendAhead(line: ExecLine, lines: readonly string[], answers: number): number {
  return line.request((request) => ({ type: 'ahead', request, lines, answers }));
}

/** A stimulus as it is sent. */
export function lineOf({ at, stimulus }: TimedStimulus): string {
  return JSON.stringify({ at, stimulus });
}

/** A scenario, of several, up to the stimulus that is answered after so many others. */
export function askedUntil(
  scenarios: readonly (readonly TimedStimulus[])[],
  answered: number,
): readonly TimedStimulus[] {
  let left = answered;
  for (const stimuli of scenarios) {
    if (left < stimuli.length) return stimuli.slice(0, left + 1);
    left -= stimuli.length;
  }
  throw new Error('everything was answered');
}
