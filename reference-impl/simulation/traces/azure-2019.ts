import { InputError } from '../../../model/input-error.ts';
import { show } from '../../io/show.ts';
import { createGenerator, type Generator, nextUnit } from '../../random.ts';
import type { InvocationsFile, Series } from './minute-counts.ts';
import { isName, type KeyColumn, keyOf, labelOf } from './names.ts';
import { type PercentilesFile, type Pool, poolsOf } from './percentiles.ts';
import type { Joined, RealTrace, TracedInvocation } from './real-trace.ts';
import { Urn } from './urn.ts';

/**
 * The schema of the Azure Functions trace of 2019 (Shahrad et al., ATC 2020): files of invocations a minute (with the
 * trigger of each function), of percentiles of durations, and of percentiles of allocated memory, joined by the columns
 * that name owner, app and function. docs/real-traces.md has the rules.
 */

const MINUTE_MS = 60_000;

/** The files of a trace, each with its name. */
export interface Files2019 {
  invocations: { name: string; file: InvocationsFile };
  durations: { name: string; file: PercentilesFile };
  memory: { name: string; file: PercentilesFile } | undefined;
}

/** What is played of a function, by one of its triggers. */
interface Source {
  readonly label: string;
  readonly series: Series;
  readonly durationMs: Pool;
  /** `undefined` where its memory is to be assumed. */
  readonly memoryMb: Pool | undefined;
}

/**
 * Joins the files of a trace, as they were read.
 *
 * @throws InputError with one line that names the file when they cannot be joined, or when nothing is left to play.
 */
export function joinAzure2019(files: Files2019): Omit<RealTrace, 'name'> {
  const { invocations, durations, memory } = files;
  if (invocations.file.series.length === 0) {
    throw new InputError(`${invocations.name}: no invocations in any minute`);
  }
  const tally = new Tally();
  // In a fixed order, so that the draws do not depend on the order of rows in the file.
  const sources = sourcesOf(files, tally).sort(byName);
  if (sources.length === 0) {
    const { names } = invocations.file.series[0]!;
    throw new InputError(
      `${durations.name}: has no function that is invoked in ${invocations.name}, such as ` +
        `${show(Object.values(names).join('/'))}; are both of the same day?`,
    );
  }
  const firstMinute = sources.reduce((least, { series }) => Math.min(least, series.firstMinute), Infinity);
  const endMinute = sources.reduce((most, { series }) => Math.max(most, endOf(series)), 0);
  return {
    schema: 'Azure 2019',
    invocations: sources.reduce((sum, { series }) => sum + series.invocations, 0),
    functions: new Set(sources.map(({ label }) => label)).size,
    arrivalSpanMs: (endMinute - firstMinute) * MINUTE_MS,
    // Nothing runs for less than one ms.
    runMs: sources.reduce(
      (sum, { series, durationMs }) => sum + series.invocations * durationMs.meanOf(1),
      0,
    ),
    says: { triggers: true, memory: memory !== undefined },
    joined: tally.joined,
    shorterThanOneMs: null,
    items: (seed) => drawInvocations(sources, seed, firstMinute, endMinute),
  };
}

function byName(left: Source, right: Source): number {
  if (left.label !== right.label) return left.label < right.label ? -1 : 1;
  return left.series.trigger < right.series.trigger ? -1 : 1;
}

function endOf({ firstMinute, counts }: Series): number {
  return firstMinute + counts.length;
}

function sourcesOf({ invocations, durations, memory }: Files2019, tally: Tally): Source[] {
  const { keys, series } = invocations.file;
  const durationOf = poolsOf(durations.file, sharedKeys(keys, durations, invocations.name));
  const memoryOf =
    memory === undefined ? nobodys : poolsOf(memory.file, sharedKeys(keys, memory, invocations.name));
  const memoryOfApp = memory === undefined ? nobodys : poolsOfApps(keys, memory.file);
  const labelFor = labelsOf(series);
  const rowsOf = new Map<string, number>();
  for (const { names, rows } of series) {
    const key = keyOf(names, keys);
    rowsOf.set(key, (rowsOf.get(key) ?? 0) + rows);
  }
  return series.flatMap((one) => {
    const key = keyOf(one.names, keys);
    const note = (what: keyof Joined): void => tally.note(what, key, one.invocations);
    const durationMs = durationOf(one.names);
    if (durationMs === undefined) {
      note('leftOut');
      return [];
    }
    const ownMb = memoryOf(one.names);
    const memoryMb = ownMb ?? memoryOfApp(one.names);
    if (memoryMb === undefined) note('memoryDrawn');
    else if (ownMb === undefined) note('memoryOfApp');
    if (rowsOf.get(key)! > 1) note('severalInvocations');
    if (durationMs.rows > 1) note('severalDurations');
    if (ownMb !== undefined && ownMb.rows > 1) note('severalMemory');
    return [{ label: labelFor(one), series: one, durationMs, memoryMb }];
  });
}

const nobodys = (): undefined => undefined;

/** The columns by which a file is joined to the invocations: those that both have. */
function sharedKeys(
  keys: readonly KeyColumn[],
  { name, file }: { name: string; file: PercentilesFile },
  invocationsName: string,
): KeyColumn[] {
  const shared = keys.filter((key) => file.keys.includes(key));
  if (isName(shared)) return shared;
  throw new InputError(
    `${name}: line 1: expected HashApp or HashFunction as in ${invocationsName}, which has ${keys.join(', ')}; ` +
      `got ${file.keys.join(', ')}`,
  );
}

/** The rows of whole apps, where a file has one for each function. */
function poolsOfApps(keys: readonly KeyColumn[], file: PercentilesFile): ReturnType<typeof poolsOf> {
  const shared = keys.filter((key) => file.keys.includes(key));
  const ofApp = shared.filter((key) => key !== 'HashFunction');
  return ofApp.length < shared.length && isName(ofApp) ? poolsOf(file, ofApp) : nobodys;
}

/** Names functions by app and function, and by their owner before that where two owners have the same of both. */
function labelsOf(series: readonly Series[]): (one: Series) => string {
  const shortOf = ({ names }: Series): string => labelOf([names.HashApp, names.HashFunction], 'HashApp');
  const ownerOf = new Map<string, string | undefined>();
  const shared = new Set<string>();
  for (const one of series) {
    const label = shortOf(one);
    const { HashOwner } = one.names;
    if (ownerOf.has(label) && ownerOf.get(label) !== HashOwner) shared.add(label);
    ownerOf.set(label, HashOwner);
  }
  return (one) => {
    const label = shortOf(one);
    const { HashOwner, HashApp, HashFunction } = one.names;
    return shared.has(label) ? labelOf([HashOwner, HashApp, HashFunction], 'HashOwner') : label;
  };
}

/** Counts functions, each once however many triggers it has, and their invocations. */
class Tally {
  readonly #noted = new Map<keyof Joined, { keys: Set<string>; invocations: number }>();

  note(what: keyof Joined, key: string, invocations: number): void {
    const noted = this.#noted.get(what) ?? { keys: new Set(), invocations: 0 };
    noted.keys.add(key);
    noted.invocations += invocations;
    this.#noted.set(what, noted);
  }

  get joined(): Joined {
    const concerned = (what: keyof Joined) => {
      const noted = this.#noted.get(what);
      return { functions: noted?.keys.size ?? 0, invocations: noted?.invocations ?? 0 };
    };
    return {
      leftOut: concerned('leftOut'),
      memoryOfApp: concerned('memoryOfApp'),
      memoryDrawn: concerned('memoryDrawn'),
      severalInvocations: concerned('severalInvocations'),
      severalDurations: concerned('severalDurations'),
      severalMemory: concerned('severalMemory'),
    };
  }
}

/**
 * The invocations in the order of time. What the trace does not say is drawn: when in its minute an invocation arrives,
 * uniformly, and where between the percentiles its duration and its memory are. The memory that it takes is that of the
 * functions, however many invocations there are: of uniform arrivals the next is drawn after the last, and whose it is
 * from an urn with those that are left.
 */
function* drawInvocations(
  sources: readonly Source[],
  seed: number,
  firstMinute: number,
  endMinute: number,
): Iterable<TracedInvocation> {
  const generator = createGenerator(seed);
  for (let minute = firstMinute; minute < endMinute; minute++) {
    const active: Source[] = [];
    const counts: number[] = [];
    for (const source of sources) {
      const count = source.series.counts[minute - source.series.firstMinute] ?? 0;
      if (count === 0) continue;
      active.push(source);
      counts.push(count);
    }
    const beginsMs = (minute - firstMinute) * MINUTE_MS;
    const urn = new Urn(counts);
    // The logarithm of the part of the minute that is left: of n uniform times the first leaves 1 − its part, and that to
    // the power of n is uniform.
    let logLeft = 0;
    while (urn.left > 0) {
      logLeft += Math.log(1 - nextUnit(generator)) / urn.left;
      const offsetMs = Math.min(MINUTE_MS - 1, Math.floor(-Math.expm1(logLeft) * MINUTE_MS));
      yield drawInvocation(generator, active[urn.draw(nextUnit(generator))]!, beginsMs + offsetMs);
    }
  }
}

function drawInvocation(
  generator: Generator,
  { label, series, durationMs, memoryMb }: Source,
  arriveMs: number,
): TracedInvocation {
  const runMs = Math.max(1, Math.round(durationMs.draw(generator)));
  const invocation = { function: label, arriveMs, runMs, trigger: series.trigger };
  if (memoryMb === undefined) return invocation;
  return { ...invocation, memoryMb: Math.max(1, Math.round(memoryMb.draw(generator))) };
}
