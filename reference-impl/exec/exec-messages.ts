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

export interface FromThread {
  /** The request that this answers. */
  readonly request: number;
  readonly said: Said;
  /** The line by which a child has introduced itself since the answer before, if it has. */
  readonly hello?: string;
}
