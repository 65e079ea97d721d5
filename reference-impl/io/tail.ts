import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { codeOf, FileError, nameOf, whyNotRead } from './file-error.ts';

/** What is read of a growing file: bytes, or that it goes on elsewhere: what was begun before will not be ended. */
export type Piece = Buffer | 'replaced' | 'truncated';

const CHUNK_BYTES = 256 * 1024;
/** So much of what was read last is compared, to tell a file that has grown from one that was written anew. */
const REMEMBERED_BYTES = 256;

/**
 * The bytes of a regular file from its beginning, and what is added to it, for as long as somebody wants them. A log may
 * be rotated meanwhile: renamed, and a new file of its name begun (logrotate's `create`), or copied, cut to nothing and
 * written on (`copytruncate`). A renamed file is read to its end once the new one has something in it.
 *
 * @param how.pause waits a while, for a file that has not grown; false: nobody wants more.
 * @throws FileError when it cannot be read. A file that is missing for a while after it was opened is waited for.
 */
export async function* tailOf(
  path: string,
  how: { readonly pause: () => Promise<boolean> },
): AsyncGenerator<Piece, void, undefined> {
  let file = open(path);
  try {
    for (;;) {
      yield* file.rest(path);
      const next = successorOf(path, file);
      if (next !== null) {
        // Whoever writes has gone over to the new file, so that nothing more comes after this.
        yield* file.rest(path);
        file.close();
        file = next;
        yield 'replaced';
      } else if (file.isRewritten()) {
        file.rewind();
        yield 'truncated';
      } else if (!(await how.pause())) return;
    }
  } finally {
    file.close();
  }
}

/** A file of which some has been read. */
class OpenFile {
  private readonly descriptor: number;
  private position = 0;
  private remembered = Buffer.alloc(0);

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** What has not been read yet. */
  *rest(path: string): Generator<Buffer, void, undefined> {
    if (this.isRewritten()) return;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = this.read(chunk, this.position, path);
      if (length === 0) return;
      const piece = chunk.subarray(0, length);
      this.position += length;
      this.remembered = Buffer.from(
        length >= REMEMBERED_BYTES
          ? piece.subarray(-REMEMBERED_BYTES)
          : Buffer.concat([this.remembered, piece]).subarray(-REMEMBERED_BYTES),
      );
      yield piece;
    }
  }

  /** Whether what was read is not what stands there. */
  isRewritten(): boolean {
    const { size } = fstatSync(this.descriptor);
    if (size < this.position) return true;
    if (size === this.position) return false;
    const now = Buffer.alloc(this.remembered.length);
    const length = readSync(this.descriptor, now, 0, now.length, this.position - now.length);
    return length < now.length || !now.equals(this.remembered);
  }

  rewind(): void {
    this.position = 0;
    this.remembered = Buffer.alloc(0);
  }

  isOf({ dev, ino }: Stats): boolean {
    const own = fstatSync(this.descriptor);
    return own.dev === dev && own.ino === ino;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private read(into: Buffer, position: number, path: string): number {
    try {
      return readSync(this.descriptor, into, 0, into.length, position);
    } catch (error) {
      throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
    }
  }
}

/** Whether a path is a file that can grow and be rotated, and no pipe or device. @throws FileError when it cannot be told. */
export function isRegularFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
}

function open(path: string): OpenFile {
  try {
    return new OpenFile(openSync(path, constants.O_RDONLY));
  } catch (error) {
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
}

/** The file that stands under the path now, opened, if it is another and has something in it. */
function successorOf(path: string, file: OpenFile): OpenFile | null {
  let status: Stats | undefined;
  try {
    status = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return null;
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
  if (status === undefined || status.size === 0 || file.isOf(status)) return null;
  return open(path);
}
