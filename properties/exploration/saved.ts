import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import type { Tally } from '../../model/coverage.ts';
import { Column } from '../../model/explore/blocks.ts';
import type { LeftOut } from '../../model/explore/expander.ts';
import type { Begun, Exploration } from '../../model/explore/search.ts';
import { Visited } from '../../model/explore/visited.ts';
import { InputError } from '../../model/input-error.ts';
import { whyNotRead } from '../../reference-impl/io/file-error.ts';
import { FileError, nameOf, writeBytes } from '../../reference-impl/io/files.ts';
import { VERSION } from '../records/origin.ts';
import type { Subject } from './expanders.ts';

/**
 * An exploration that was ended early, in a file from which it goes on: a line of JSON that says what is explored and how
 * far it has come; then, in binary, the states in runs of {@link RUN} (words, parents, ordinals), where the edges of
 * each state begin, and the edges; last the SHA-256 of all that.
 */

const FORMAT = 'xx-exploration';
const VERSION_OF_FORMAT = 1;
const RUN = 4096;
const DIGEST_BYTES = 32;
/** A header is shorter than this: its longest part is the tally, some ten thousand counters. */
const LONGEST_HEADER_BYTES = 1 << 20;

/** What is explored, and what it is looked through for. */
export interface SavedSubject extends Subject {
  readonly reach?: string;
}

/** The first line of such a file. */
interface Header {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** Of this package: another may count otherwise. */
  readonly by: string;
  readonly endianness: string;
  readonly subject: SavedSubject;
  readonly seconds: number;
  readonly width: number;
  readonly states: number;
  readonly edges: number;
  readonly expanded: number;
  readonly from: number;
  readonly levelEnd: number;
  readonly depth: number;
  readonly steps: number;
  readonly leftOut: LeftOut;
  readonly tally: Record<keyof Tally, readonly number[]>;
}

/** An exploration that goes on. */
export interface Saved {
  readonly subject: SavedSubject;
  /** How long it has taken so far. */
  readonly seconds: number;
  readonly begun: Begun;
}

/** Where an exploration of a subject is kept. */
function savedName(out: string, { instance, scheduler, properties, symmetry, reach }: SavedSubject): string {
  const what = JSON.stringify({ instance, scheduler, properties, symmetry, reach });
  return `${out}/${createHash('sha256').update(what).digest('hex').slice(0, 8)}.exploration`;
}

/** Keeps an exploration that was ended early; one of a process starts over, since its paths are not kept. */
export function keepToResume(
  options: SavedSubject & { readonly out: string; readonly process?: unknown },
  exploration: Exploration,
  elapsedMs: number,
): { kept: string | null; keptNot?: string } {
  if (options.process !== undefined || exploration.pause === null) return { kept: null };
  const { instance, scheduler, properties, symmetry, reach, out } = options;
  const subject = {
    ...{ instance, scheduler, properties, ...(symmetry === undefined ? {} : { symmetry }) },
    ...(reach === undefined ? {} : { reach }),
  };
  const name = savedName(out, subject);
  try {
    save(name, subject, exploration, elapsedMs / 1000);
    return { kept: name };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kept: null, keptNot: error.message };
  }
}

/** @throws FileError when it cannot be written. */
function save(path: string, subject: SavedSubject, exploration: Exploration, seconds: number): void {
  writeBytes(path, digested(piecesOf(subject, exploration, seconds)));
}

function* piecesOf(subject: SavedSubject, exploration: Exploration, seconds: number): Generator<Uint8Array> {
  const { visited, steps, leftOut } = exploration;
  const { from, levelEnd, depth, targets, starts } = exploration.pause!;
  const { transitions, pairs, outcomes, premises, met } = exploration.tally;
  const tally = {
    ...{ transitions: [...transitions], pairs: [...pairs], outcomes: [...outcomes] },
    ...{ premises: [...premises], met: [...met] },
  };
  const header: Header = {
    format: FORMAT,
    version: VERSION_OF_FORMAT,
    by: VERSION,
    endianness: endianness(),
    subject,
    ...{ seconds, width: visited.width, states: visited.size },
    ...{ edges: targets.length, expanded: starts.length },
    ...{ from, levelEnd, depth, steps, leftOut, tally },
  };
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  for (let state = 0; state < visited.size; state += RUN) {
    const end = Math.min(state + RUN, visited.size);
    yield bytesOf(visited.copy(state, end));
    yield bytesOf(Int32Array.from({ length: end - state }, (_, index) => visited.parentOf(state + index)));
    yield bytesOf(Uint16Array.from({ length: end - state }, (_, index) => visited.ordinalOf(state + index)));
  }
  for (const part of starts.parts()) yield bytesOf(part);
  for (const part of targets.parts()) yield bytesOf(part);
}

function* digested(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  yield hash.digest();
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Reads an exploration that was kept.
 *
 * @param bytesFree how much memory there is for it.
 * @throws FileError when it is something else, damaged, of another version, or does not fit into memory.
 */
export function readSaved(path: string, bytesFree: number): Saved {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
  try {
    return new Reader(path, file).read(bytesFree);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  } finally {
    closeSync(file);
  }
}

class Reader {
  private readonly path: string;
  private readonly file: number;
  private readonly hash: Hash = createHash('sha256');
  private at = 0;

  constructor(path: string, file: number) {
    this.path = path;
    this.file = file;
  }

  read(bytesFree: number): Saved {
    const header = this.header();
    const { width, states, edges, expanded, subject, seconds } = header;
    const stateBytes = 4 * width + 6;
    const length = this.at + states * stateBytes + 4 * (expanded + edges) + DIGEST_BYTES;
    const { size } = fstatSync(this.file);
    if (size !== length)
      this.refuse('is damaged: it is not as long as its first line says; explore from the start');
    // The table takes at most 24 bytes for each state.
    const needed = states * (stateBytes + 24) + 4 * (expanded + edges);
    if (needed > bytesFree) {
      this.refuse(
        `needs ${gigabytes(needed)} of memory, and ${gigabytes(bytesFree)} are free; go on where there is more`,
      );
    }
    const visited = new Visited(width);
    for (let state = 0; state < states; state += RUN) {
      const count = Math.min(RUN, states - state);
      const words = new Int32Array(this.bytes(count * width * 4));
      const parents = new Int32Array(this.bytes(count * 4));
      const ordinals = new Uint16Array(this.bytes(count * 2));
      for (let index = 0; index < count; index++) {
        visited.add(words, index * width, parents[index]!, ordinals[index]!);
      }
    }
    const starts = this.column(expanded);
    const targets = this.column(edges);
    const digest = this.hash.digest();
    if (!digest.equals(new Uint8Array(this.raw(DIGEST_BYTES)))) {
      this.refuse('is damaged: its bytes are not those that were written; explore from the start');
    }
    const { from, levelEnd, depth, steps, leftOut } = header;
    const begun = { from, levelEnd, depth, steps, leftOut, visited, targets, starts, tally: tallyOf(header) };
    return { subject, seconds, begun };
  }

  private header(): Header {
    const beginning = Buffer.alloc(LONGEST_HEADER_BYTES);
    const read = readSync(this.file, beginning, 0, LONGEST_HEADER_BYTES, 0);
    const end = beginning.subarray(0, read).indexOf('\n');
    const header = headerIn(beginning.toString('utf8', 0, Math.max(end, 0)));
    if (header === null) {
      this.refuse('is no exploration that was kept; xx check names the file when it ends early');
    }
    if (header.version !== VERSION_OF_FORMAT || header.by !== VERSION) {
      this.refuse(
        `was kept by version ${header.by} of this package, which may count otherwise than this one (${VERSION}); explore from the start`,
      );
    }
    if (header.endianness !== endianness()) {
      this.refuse('was kept on a machine that orders bytes otherwise; go on there');
    }
    this.at = end + 1;
    this.hash.update(beginning.subarray(0, this.at));
    return header;
  }

  private column(length: number): Column {
    const column = new Column();
    for (let from = 0; from < length; from += RUN) {
      for (const number of new Int32Array(this.bytes(4 * Math.min(RUN, length - from)))) column.push(number);
    }
    return column;
  }

  private bytes(length: number): ArrayBuffer {
    const bytes = this.raw(length);
    this.hash.update(new Uint8Array(bytes));
    return bytes;
  }

  private raw(length: number): ArrayBuffer {
    const bytes = new ArrayBuffer(length);
    const read = readSync(this.file, new Uint8Array(bytes), 0, length, this.at);
    if (read < length) this.refuse('is damaged: it ends early; explore from the start');
    this.at += length;
    return bytes;
  }

  private refuse(why: string): never {
    throw new FileError(`${nameOf(this.path)}: ${why}`);
  }
}

/** Null for what is no header. All of the file is compared with its digest before it is used. */
function headerIn(line: string): Header | null {
  try {
    const header: Partial<Header> | null = JSON.parse(line);
    return header?.format === FORMAT ? (header as Header) : null;
  } catch {
    return null;
  }
}

function tallyOf({ tally: { transitions, pairs, outcomes, premises, met } }: Header): Tally {
  return {
    ...{ transitions: Uint32Array.from(transitions), pairs: Uint32Array.from(pairs) },
    ...{ outcomes: Uint32Array.from(outcomes), premises: Uint32Array.from(premises) },
    met: Uint32Array.from(met),
  };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
