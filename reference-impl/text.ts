/** How text for people is written: in lines of at most 80 columns. */
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

/** The option of a command line that sets a field: `kMachines` is `--k-machines`. */
export function flagOf(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
