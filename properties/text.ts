import { COLUMNS } from '../reference-impl/text.ts';

export { COLUMNS, wrapped } from '../reference-impl/text.ts';

/**
 * A command to type behind a label. One that is too long goes on in further lines before its options, and one that still
 * is before its last word, each line continued as a shell wants it, so that it can still be copied as it stands.
 */
export function commandLines(label: string, command: string): string[] {
  const fits = (part: string): boolean => `${label}${part} \\`.length <= COLUMNS;
  const parts =
    `${label}${command}`.length <= COLUMNS
      ? [command]
      : command.split(/ (?=--)/).flatMap((part) => (fits(part) ? [part] : part.split(/ (?=\S+$)/)));
  return parts.map((part, index) => {
    const start = index === 0 ? label : ' '.repeat(label.length);
    return `${start}${part}${index < parts.length - 1 ? ' \\' : ''}`;
  });
}
