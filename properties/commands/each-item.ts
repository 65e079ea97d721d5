import type { Configuration } from '../../model/configuration.ts';
import type { LineReader } from '../../model/format/lines.ts';
import { InputError } from '../../model/input-error.ts';
import { FileError, inFile, readLines } from '../../reference-impl/io/files.ts';

export type Lines = AsyncIterable<string> | Iterable<string>;

/** The callees that receive what a file holds. */
export interface Receiver<Item> {
  begin(config: Configuration): unknown;
  take(item: Item): unknown;
}

/**
 * Reads a file item by item, until its end or until the callee returns `stop`.
 *
 * @param how.stopped ends the reading early.
 * @param how.lines what is read, when it is not the file as it is.
 * @returns false when it was ended early by that.
 * @throws InputError that names the file and the line, whatever refused it.
 */
export async function eachItem<Item>(
  file: string,
  reader: LineReader<Item>,
  receiver: Receiver<Item>,
  { stopped, lines = readLines(file, { stopped }) }: { stopped?: AbortSignal; lines?: Lines } = {},
): Promise<boolean> {
  let lineNumber = 0;
  try {
    for await (const text of lines) {
      lineNumber++;
      const begun = reader.config !== undefined;
      const item = reader.line(text);
      try {
        if (!begun && reader.config !== undefined) await receiver.begin(reader.config);
        if (item !== undefined && (await receiver.take(item)) === 'stop') return true;
      } catch (error) {
        // The callee does not know which line it is given.
        throw isOfInput(error) ? new InputError(`line ${lineNumber}: ${error.message}`) : error;
      }
    }
    if (stopped?.aborted) return false;
    reader.end();
    return true;
  } catch (error) {
    throw isOfInput(error) ? inFile(file, error) : error;
  }
}

/** Whether an error is about what was read, and does not name the file yet. */
function isOfInput(error: unknown): error is InputError {
  return error instanceof InputError && !(error instanceof FileError);
}
