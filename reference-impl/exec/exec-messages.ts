import type { MessagePort } from 'node:worker_threads';

/** What the thread that owns a child process is given when it starts. */
export interface ThreadData {
  readonly command: string;
  readonly port: MessagePort;
  /** Two 32-bit numbers: how many answers were given, which is waited on, and the process id of the child. */
  readonly signal: SharedArrayBuffer;
  /** The list of children that end with this process. */
  readonly children: SharedArrayBuffer;
}

export type ToThread =
  | { type: 'reset'; line: string }
  | { type: 'step'; request: number; line: string }
  /** Several stimuli at once; what is heard is told as it comes, in several messages that name this request. */
  | { type: 'ahead'; request: number; lines: readonly string[]; answers: number }
  /** Nobody waits for what was sent ahead. */
  | { type: 'forget' }
  /** Whether the child has written a line that nothing asked for, is asked after so many ms. */
  | { type: 'listen'; request: number; afterMs: number }
  /** The child has broken the contract: it is killed, and the next request goes to another. */
  | { type: 'abandon' }
  | { type: 'close' };

/** What came of a request. */
export type Said =
  | { type: 'line'; text: string }
  | { type: 'unasked'; text: string }
  | { type: 'closed' }
  | { type: 'nothing' }
  | { type: 'too-long' }
  | { type: 'died'; how: string; complaint: string };

/** Some of the answers to what was sent ahead, in their order: at least one. */
export interface Lines {
  readonly type: 'lines';
  readonly texts: readonly string[];
}

export interface FromThread {
  /** The request that this answers. */
  readonly request: number;
  readonly said: Said | Lines;
  /** The line by which a child has introduced itself since the answer before, if it has. */
  readonly hello?: string;
}

/** No answer: as long as one may take, or until the time for all was up. */
export type Silence = { readonly type: 'silence' } | { readonly type: 'late'; readonly waitedMs: number };

/** What came of a request, and a hello that came before it. */
export interface Heard {
  readonly said: Said | Silence;
  readonly hello?: string;
}

/** The same, which may be a part of what answers stimuli that were sent ahead. */
export interface Received {
  readonly said: Heard['said'] | Lines;
  readonly hello?: string;
}
