/**
 * What would break a line, hide in it, turn it around or drive a terminal: controls, formats (directions, joiners, byte
 * order marks, tags), separators, and halves of surrogate pairs.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** GitHub takes `::` at the beginning of a line for a command, and `##[` anywhere. Lines are broken at spaces only. */
const COMMAND = /(?<!\S)::|##(?=\[)/g;

const PLAIN = /^[\x20-\x22\x24-\x39\x3b-\x7e]*$/;

/**
 * Text that came from outside, fit to be shown: one line in which every character can be seen. What cannot is written as
 * JSON would escape it (`\u202e`), so JSON that is made printable means what it meant.
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(UNPRINTABLE, escapes)
    .replace(COMMAND, (command) => `${escapes(command[0]!)}${command[1]}`);
}

/** A value as JSON on one line that is {@link printable}. */
export function printableJson(value: unknown): string {
  return printable(JSON.stringify(value));
}

function escapes(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => {
    return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
  }).join('');
}
