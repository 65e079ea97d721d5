import { printable } from '../model/printable.ts';

/**
 * A word as a POSIX shell takes it, so that a command can be copied from a terminal: as it stands where that is safe,
 * in single quotes otherwise. Invisible characters are written with `printf`, octet by octet.
 */
export function shellWord(word: string): string {
  if (PLAIN.test(word) && printable(word) === word) return word;
  const quoted = `'${word.replaceAll("'", `'\\''`)}'`;
  if (printable(quoted) === quoted) return quoted;
  const octets = [...Buffer.from(word)].map((octet) => {
    const character = String.fromCharCode(octet);
    return PLAIN.test(character) ? character : `\\${octet.toString(8).padStart(3, '0')}`;
  });
  return `"$(printf '${octets.join('').replaceAll('%', '%%')}')"`;
}

/** The same of a file to name behind a command, which must not take it for an option. */
export function shellPath(path: string): string {
  return shellWord(path.startsWith('-') && path !== '-' ? `./${path}` : path);
}

/** Words of a command line as they were quoted, each whole. */
export function wordsOfCommand(command: string): string[] {
  return command.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g) ?? [];
}

/** Characters that have no meaning to any shell, wherever they stand in a word. */
const PLAIN = /^[\w./:@%+,=-]+$/;
