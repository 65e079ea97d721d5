import type { Configuration } from '../../model/configuration.ts';
import type { LineReader } from '../../model/format/lines.ts';
import { InputError } from '../../model/input-error.ts';
import { FileError, inFile, readLines } from '../../reference-impl/io/files.ts';

/** The callees that receive what a file holds. */
export interface Receiver<Item> {
  begin(config: Configuration): unknown;
  take(item: Item): unknown;
}

/**
 * Reads a file item by item, until its end or until the callee returns `stop`.
 *
 * @throws InputError that names the file and the line, whatever refused it.
 */
export async function eachItem<Item>(
  file: string,
  reader: LineReader<Item>,
  receiver: Receiver<Item>,
  lines: AsyncIterable<string> | Iterable<string> = readLines(file),
): Promise<void> {
  let lineNumber = 0;
  try {
    for await (const text of lines) {
      lineNumber++;
      const begun = reader.config !== undefined;
      const item = reader.line(text);
      try {
        if (!begun && reader.config !== undefined) await receiver.begin(reader.config);
        if (item !== undefined && (await receiver.take(item)) === 'stop') return;
      } catch (error) {
        // The callee does not know which line it is given.
        throw isOfInput(error) ? new InputError(`line ${lineNumber}: ${error.message}`) : error;
      }
    }
    reader.end();
  } catch (error) {
    throw isOfInput(error) ? inFile(file, error) : error;
  }
}

/** Whether an error is about what was read, and does not name the file yet. */
function isOfInput(error: unknown): error is InputError {
  return error instanceof InputError && !(error instanceof FileError);
}
