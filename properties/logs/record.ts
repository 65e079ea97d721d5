import { existsSync, readFileSync } from 'node:fs';

/** What `npm run logs` has measured: the figures of docs/logs.md. */
export const RECORD_FILE = 'docs/logs.json';

export interface LogsRecord {
  readonly node: string;
  readonly masks: MasksRecord;
  readonly nodes: NodesRecord;
}

/** Traces of the reference, taken apart into the logs of nodes with skewed clocks, and put together again. */
export interface NodesRecord {
  readonly traces: number;
  readonly seed: number;
  readonly skewMs: number;
  readonly lines: number;
  /** How many states are looked at before a search is given up. */
  readonly mostStates: number;
  readonly accepted: number;
  readonly undecided: number;
  /** Accepted, with lines that fit only if the clocks were off in a certain way. */
  readonly ambiguous: number;
  /** Lines put into an order in a second of CPU time. */
  readonly linesPerSecond: number;
  readonly faults: readonly {
    readonly fault: string;
    readonly planted: number;
    readonly refused: number;
    readonly undecided: number;
  }[];
}

/** Traces of the reference and of wrong schedulers, judged as logs that are not whole. */
export interface MasksRecord {
  readonly traces: number;
  readonly seed: number;
  /** How many wrong schedulers the judge refuses when the log is whole. */
  readonly wrongSchedulers: number;
  readonly rows: readonly MaskRow[];
}

/** What one mask makes of them. */
export interface MaskRow {
  readonly mask: string;
  readonly unobserved: readonly string[];
  /** Lines of the logs of the reference, headers included. */
  readonly lines: number;
  readonly accepted: number;
  /** In how many more states fitted than are carried. */
  readonly boundReached: number;
  readonly undecided: number;
  /** The most states that were carried at once. */
  readonly mostStates: number;
  /** Lines read and judged in a second of CPU time. */
  readonly linesPerSecond: number;
  /** Wrong schedulers that show under the mask, and those of them that are refused. */
  readonly shown: number;
  readonly refused: number;
  /** Those that show and are not refused. */
  readonly missed: readonly string[];
}

/** @throws Error when nothing was recorded yet. */
export function readLogsRecord(file = RECORD_FILE): LogsRecord {
  if (!existsSync(file)) throw new Error(`${file} is missing; type npm run logs`);
  return JSON.parse(readFileSync(file, 'utf8')) as LogsRecord;
}
