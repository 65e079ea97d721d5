import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { epochMs } from './clock.ts';
import { codeOf, FileError, nameOf } from './file-error.ts';
import { InPlace } from './in-place.ts';
import { Patience } from './stop-sign.ts';
import { isWrittenInPlace, refuse, written } from './writable.ts';

/**
 * Writes a text file so that it is there as a whole or not at all, whatever happens meanwhile: it is written to a
 * temporary file, flushed to the disk, and renamed. Missing directories are made. If `path` is a symbolic link, the
 * link is replaced and its target left alone. Devices, pipes and what the system keeps under `/dev` and `/proc` are not
 * replaced: they are written to.
 *
 * @param text as a whole, or in pieces that are made as they are written.
 * @throws FileError when it cannot be written; then nothing has changed.
 */
export function writeWhole(path: string, text: string | Iterable<string>): void {
  written(path, () => {
    const file = isWrittenInPlace(path) ? nowInPlace(new InPlace(path)) : beginBeside(path);
    try {
      for (const piece of typeof text === 'string' ? [text] : text) file.write(piece);
      file.end();
    } catch (error) {
      file.discard();
      throw error;
    }
  });
}

/**
 * The same for bytes, in pieces that are made as they are written; always beside, and renamed.
 *
 * @throws FileError when it cannot be written; then nothing has changed.
 */
export function writeBytes(path: string, pieces: Iterable<Uint8Array>): void {
  written(path, () => {
    const file = beginBeside(path);
    try {
      for (const piece of pieces) file.write(piece);
      file.end();
    } catch (error) {
      file.discard();
      throw error;
    }
  });
}

/**
 * The same for a file that somebody has named, and that may therefore be a pipe: its reader is waited for, and signals
 * are heard meanwhile.
 *
 * @throws FileError when it cannot be written, or its reader has stopped reading when a signal comes.
 */
export async function writeNamed(path: string, text: string | Iterable<string>): Promise<void> {
  const file = beginFile(path);
  const patience = new Patience();
  let breathedAtMs = epochMs();
  try {
    for (const piece of typeof text === 'string' ? [text] : text) {
      await file.write(piece);
      if (epochMs() < breathedAtMs + BREATHE_EVERY_MS) continue;
      await setImmediate();
      breathedAtMs = epochMs();
      if (patience.isOver)
        throw new FileError(`${nameOf(path)}: was not written to its end before the signal`);
    }
    file.end();
  } catch (error) {
    file.discard();
    throw error;
  }
}

/** How long signals may wait to be heard, while the pieces of a large file are made. */
const BREATHE_EVERY_MS = 50;

/** A text file that is written piece by piece. */
export interface BegunFile {
  /**
   * Waits for the reader of a pipe, and hears signals meanwhile. A piece is written before the next one is given.
   *
   * @throws FileError when it cannot be written; then it is to be discarded or ended as it is.
   */
  write(piece: string): Promise<void>;
  /** Puts it in its place. @throws FileError when that cannot be done. */
  end(): void;
  /** Leaves no trace of it, except where it is written in place. May be called at any time, and more than once. */
  discard(): void;
}

/**
 * Begins a text file like one of {@link writeNamed}, for as long as it takes to make its text: it is there once it is
 * ended, as a whole. What is written in place can be read at once.
 *
 * @throws FileError when it cannot be written; then nothing has changed.
 */
export function beginFile(path: string): BegunFile {
  return written(path, () => {
    if (isWrittenInPlace(path)) {
      const there = new InPlace(path);
      const close = (): void => there.close();
      return {
        write: (piece) => there.write(piece).catch((error: unknown) => refuse(path, error)),
        end: close,
        discard: close,
      };
    }
    const beside = beginBeside(path);
    return {
      write: async (piece) => written(path, () => beside.write(piece)),
      end: () => written(path, beside.end),
      discard: beside.discard,
    };
  });
}

/** Takes a file away, if it is there. @throws FileError when that cannot be done. */
export function removeFile(path: string): void {
  written(path, () => rmSync(path, { force: true }));
}

/** A file that is written without waiting for anybody. */
interface FileNow {
  write(piece: string): void;
  end(): void;
  discard(): void;
}

function nowInPlace(there: InPlace): FileNow {
  const close = (): void => there.close();
  return { write: (piece) => there.writeNow(piece), end: close, discard: close };
}

function beginBeside(path: string): FileNow & { write(piece: string | Uint8Array): void } {
  const directory = dirname(path);
  // Only the beginning of a long name, so that the temporary name is not too long.
  const beside = join(directory, `.${basename(path).slice(0, 50)}.${process.pid}-${threadId}.tmp`);
  makeDirectories(directory);
  rmSync(beside, { force: true });
  // Created exclusively (`wx`), so that nothing that already has this name is written to.
  const file = openSync(beside, 'wx');
  const close = once(() => closeSync(file));
  const remove = once(() => rmSync(beside, { force: true }));
  return {
    write: (piece) => writeFileSync(file, piece),
    end() {
      fsyncSync(file);
      close();
      renameSync(beside, path);
      flushDirectory(directory);
    },
    discard() {
      close();
      remove();
    },
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

/** Makes a directory and those above it, one by one: asked to do it at once, Node 20 never returns below /proc. */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  try {
    mkdirSync(directory);
  } catch (error) {
    // Another worker may have made it in the meantime.
    if (!existsSync(directory)) throw error;
  }
}

/** The rename itself survives a crash only once the directory is flushed; some systems cannot do that, and need not. */
function flushDirectory(directory: string): void {
  try {
    const file = openSync(directory, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    codeOf(error);
  }
}
