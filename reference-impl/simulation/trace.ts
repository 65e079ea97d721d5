import { InputError } from '../../model/input-error.ts';
import { Azure2019, type Azure2019Kind, kindOfHeader, rowsOf } from './azure-2019.ts';
import { readAzure2021, type TracedInvocation } from './azure-2021.ts';
import type { NumberedRow } from './csv.ts';

/** A file as it was read. */
export interface TraceFile {
  name: string;
  lines: readonly string[];
}

/** A real trace, whatever its schema. */
export interface RealTrace {
  /** Its files, for people. */
  name: string;
  schema: 'Azure 2019' | 'Azure 2021';
  invocations: number;
  functions: number;
  /** Time over which it arrives, and run time of all together (of 2019 in expectation), in ms. */
  arrivalSpanMs: number;
  runMs: number;
  /** What it says of an invocation beside its arrival and its run time. */
  says: { triggers: boolean; memory: boolean };
  /** The invocations in the order of arrival. Of 2019, what is between minutes and percentiles is drawn. */
  items(seed: number): Iterable<TracedInvocation>;
}

/**
 * Reads a trace of either schema of the Azure Functions traces: one file of 2021, or the files of 2019 in any order.
 *
 * @throws InputError with one line that names the file, the line and the column.
 */
export function readTrace(files: readonly TraceFile[]): RealTrace {
  const headers = files.map(({ lines }) =>
    kindOfHeader((lines[0] ?? '').split(',').map((name) => name.trim())),
  );
  if (headers.every((kind) => kind === undefined)) return read2021(files);
  const byKind = new Map<Azure2019Kind, { name: string; rows: NumberedRow[] }>();
  for (const [index, { name, lines }] of files.entries()) {
    const kind = headers[index];
    if (kind === undefined) {
      throw new InputError(
        `${name}: line 1: expected a file of the 2019 schema (invocations, durations or memory) beside the others`,
      );
    }
    if (byKind.has(kind))
      throw new InputError(`${name}: line 1: a second file of ${kind}; expected one of each`);
    byKind.set(kind, { name, rows: inFile(name, () => rowsOf(lines)) });
  }
  const trace = new Azure2019(byKind);
  return {
    name: files.map(({ name }) => name).join(', '),
    schema: 'Azure 2019',
    invocations: trace.invocations,
    functions: trace.functions.length,
    arrivalSpanMs: trace.spanMs,
    runMs: trace.workMs,
    says: { triggers: true, memory: byKind.has('memory') },
    items: (seed) => trace.items(seed),
  };
}

function read2021(files: readonly TraceFile[]): RealTrace {
  const { name, lines } = files[0]!;
  if (files.length > 1) {
    throw new InputError(
      `${files[1]!.name}: line 1: neither a second file of the 2019 schema, nor can a trace of 2021 have two`,
    );
  }
  const invocations = inFile(name, () => readAzure2021(lines));
  return {
    name,
    schema: 'Azure 2021',
    invocations: invocations.length,
    functions: new Set(invocations.map((invocation) => invocation.function)).size,
    arrivalSpanMs: invocations.at(-1)!.arriveMs,
    runMs: invocations.reduce((sum, { runMs }) => sum + runMs, 0),
    says: { triggers: false, memory: false },
    items: () => invocations,
  };
}

function inFile<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${name}: ${error.message}`) : error;
  }
}
