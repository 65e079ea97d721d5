import { InputError } from '../../../model/input-error.ts';
import { show } from '../../io/show.ts';
import type { Arrivals } from './arrivals.ts';
import { joinAzure2019 } from './azure-2019.ts';
import { COLUMNS_2021, readAzure2021 } from './azure-2021.ts';
import { readCsv, type TraceFile } from './csv.ts';
import { type InvocationsFile, readMinuteCounts } from './minute-counts.ts';
import { KEY_COLUMNS } from './names.ts';
import { DURATIONS, MEMORY, type PercentilesFile, readPercentiles } from './percentiles.ts';
import type { RealTrace } from './real-trace.ts';

/** What a file turned out to be, with all that is kept of it. */
type Read =
  | { kind: 'single invocations'; name: string; arrivals: Arrivals }
  | { kind: 'invocations'; name: string; file: InvocationsFile }
  | { kind: 'durations' | 'memory'; name: string; file: PercentilesFile };

/**
 * Reads a trace of either schema of the Azure Functions traces: one file of 2021, or the files of 2019 in any order.
 * Files are read line by line, so that the memory it takes is that of what is kept.
 *
 * @param options.atMost how many invocations will be played, if not all: of a trace that has to be sorted, no others are
 *   kept.
 * @throws InputError with one line that names the file, the line and the column.
 */
export async function readTrace(
  files: readonly TraceFile[],
  { atMost }: { atMost?: number } = {},
): Promise<RealTrace> {
  const read: Read[] = [];
  for (const file of files) {
    read.push(await inFile(file.name, () => readFile(file, read, atMost)));
  }
  const name = files.map((file) => file.name).join(', ');
  const first = read[0]!;
  return { name, ...(first.kind === 'single invocations' ? trace2021(first.arrivals) : trace2019(read)) };
}

async function readFile(
  { name, lines }: TraceFile,
  before: readonly Read[],
  atMost: number | undefined,
): Promise<Read> {
  const begun: { read?: Read } = {};
  const rows = await readCsv(lines, (columns, line) => {
    const kind = kindOfHeader(columns, line);
    refuseBeside(kind, before, line);
    switch (kind) {
      case 'single invocations': {
        const { arrivals, take } = readAzure2021(columns, line, atMost);
        begun.read = { kind, name, arrivals };
        return take;
      }
      case 'invocations': {
        const { file, take } = readMinuteCounts(columns, line);
        begun.read = { kind, name, file };
        return take;
      }
      case 'durations':
      case 'memory': {
        const schema = kind === 'durations' ? DURATIONS : MEMORY;
        const { file, take } = readPercentiles(schema, columns, line);
        begun.read = { kind, name, file };
        return take;
      }
    }
  });
  const { read } = begun;
  if (read === undefined) throw new InputError(`line 1: is empty; expected ${EXPECTED}`);
  if (rows === 0) throw new InputError(`line 1: a header of ${read.kind}, and no rows`);
  return read;
}

const EXPECTED =
  `a header: of 2021 ${COLUMNS_2021.join(',')}, or of 2019 that of invocations (HashFunction, Trigger, 1, 2, …), ` +
  'durations (percentile_Average_…) or memory (AverageAllocatedMb_…)';

/**
 * What a header announces: by what only such a file has, so that one with a mistake in it is told apart from one of
 * another schema.
 */
function kindOfHeader(columns: readonly string[], line: number): Read['kind'] {
  const has = (isIt: (name: string) => boolean): boolean => columns.some(isIt);
  if (has((name) => name.startsWith('percentile_'))) return 'durations';
  if (has((name) => name.startsWith('AverageAllocatedMb'))) return 'memory';
  const isOf2019 = has((name) => KEY_COLUMNS.some((key) => key === name));
  if (has((name) => name === 'Trigger') || (isOf2019 && has((name) => /^\d+$/.test(name))))
    return 'invocations';
  if (columns.filter((name) => COLUMNS_2021.some((column) => column === name)).length > 1)
    return 'single invocations';
  const hint = /[;\t|]/.test(columns[0]!) ? '; are the fields separated by commas?' : '';
  throw new InputError(
    `line ${line}: not a file of an Azure trace: expected ${EXPECTED}; got ${show(columns.join(','))}${hint}`,
  );
}

/** One file of 2021, or one of each kind of 2019. */
function refuseBeside(kind: Read['kind'], before: readonly Read[], line: number): void {
  if (before.length === 0) return;
  const same = before.find((other) => other.kind === kind);
  if (same !== undefined && kind !== 'single invocations') {
    throw new InputError(`line ${line}: a second file of ${kind}, beside ${same.name}; expected one of each`);
  }
  const other = before[0]!;
  if (kind === 'single invocations' || other.kind === 'single invocations') {
    throw new InputError(
      `line ${line}: a file of ${kind} beside ${other.name}, one of ${other.kind}; a trace of 2021 is one file, and one of ` +
        '2019 has invocations, durations and memory',
    );
  }
}

function trace2021(arrivals: Arrivals): Omit<RealTrace, 'name'> {
  return {
    schema: 'Azure 2021',
    invocations: arrivals.count,
    functions: arrivals.functions,
    arrivalSpanMs: arrivals.spanMs,
    runMs: arrivals.runMs,
    says: { triggers: false, memory: false },
    joined: null,
    shorterThanOneMs: arrivals.shorterThanOneMs,
    items: () => arrivals.items(),
  };
}

function trace2019(read: readonly Read[]): Omit<RealTrace, 'name'> {
  const invocations = read.find((one) => one.kind === 'invocations');
  const durations = read.find((one) => one.kind === 'durations');
  const memory = read.find((one) => one.kind === 'memory');
  if (invocations === undefined || durations === undefined) {
    const missing =
      invocations === undefined ? 'invocations (Trigger, 1, 2, …)' : 'durations (percentile_Average_…)';
    throw new InputError(
      `${read[0]!.name}: a trace of 2019 needs its file of ${missing}, too; give all files after --trace`,
    );
  }
  return joinAzure2019({ invocations, durations, memory } as Parameters<typeof joinAzure2019>[0]);
}

async function inFile<Result>(name: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    const isPlaced = !(error instanceof InputError) || error.message.startsWith(`${name}: `);
    throw isPlaced ? error : new InputError(`${name}: ${error.message}`);
  }
}
