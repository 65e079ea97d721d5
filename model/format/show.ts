const LONGEST_SHOWN = 80;

/** Characters that would break a line, hide in it or turn it around: controls, separators, directions, byte order mark. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is looking for
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text for an error message: one line, at most 80 characters, and nothing in it that a terminal would act on. */
export function showText(text: string): string {
  const clipped = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
  const escaped = clipped.replace(INVISIBLE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return escaped.length > LONGEST_SHOWN ? `${escaped.slice(0, LONGEST_SHOWN - 3)}...` : escaped;
}

/** A value that came from JSON, as an error message shows it: `"text"`, `-3`, `[1,2]`, or `nothing` if absent. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return showText(JSON.stringify(value.slice(0, LONGEST_SHOWN)));
  return showText(JSON.stringify(value));
}
