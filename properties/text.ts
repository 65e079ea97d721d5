import { COLUMNS } from '../reference-impl/text.ts';
import { wordsOfCommand } from './shell.ts';

export { COLUMNS, wrapped } from '../reference-impl/text.ts';

/**
 * A command to type behind a label, its words quoted. One that is too long goes on in further lines before its options,
 * and one that still is before its last word, each line continued as a shell wants it, so that it can still be copied as
 * it stands.
 */
export function commandLines(label: string, command: string): string[] {
  const fits = (part: string): boolean => `${label}${part} \\`.length <= COLUMNS;
  const parts =
    `${label}${command}`.length <= COLUMNS
      ? [command]
      : beforeOptions(wordsOfCommand(command)).flatMap((words) => {
          const part = words.join(' ');
          return fits(part) || words.length === 1 ? [part] : [words.slice(0, -1).join(' '), words.at(-1)!];
        });
  return parts.map((part, index) => {
    const start = index === 0 ? label : ' '.repeat(label.length);
    return `${start}${part}${index < parts.length - 1 ? ' \\' : ''}`;
  });
}

/** The words of a command and of each of its options. */
function beforeOptions(words: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word.startsWith('--')) parts.push([]);
    parts.at(-1)!.push(word);
  }
  return parts;
}
