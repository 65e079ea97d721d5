import { stripVTControlCharacters } from 'node:util';
import { COLUMNS } from '../text.ts';

/** The lines of what people read that do not fit a terminal, but for those that are one word, such as a path. */
export function linesTooWide(text: string): string[] {
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.length > COLUMNS && !/^ *(written to +)?\S+( \\)?$/.test(line));
}
