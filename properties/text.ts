/** How everything is written that people read: in lines of at most 80 columns. */
export const COLUMNS = 80;

/**
 * Text in lines of at most this many columns, broken at spaces; a word that is longer has a line of its own. Lines
 * after the first are indented as the first is, and by `hanging` more.
 */
export function wrapped(text: string, columns: number = COLUMNS, hanging = 0): string[] {
  const indent = /^ */.exec(text)![0];
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of text.slice(indent.length).split(' ')) {
    if (line === null) line = `${indent}${word}`;
    else if (line.length + 1 + word.length <= columns) line += ` ${word}`;
    else {
      lines.push(line.trimEnd());
      line = `${indent}${' '.repeat(hanging)}${word}`;
    }
  }
  return [...lines, line ?? indent];
}

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
