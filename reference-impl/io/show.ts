const LONGEST_SHOWN = 80;

/** A text in quotation marks for an error message: one line, at most 80 characters, control characters escaped. */
export function show(text: string): string {
  const quoted = JSON.stringify(text.slice(0, LONGEST_SHOWN)).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const isWhole = text.length <= LONGEST_SHOWN && quoted.length <= LONGEST_SHOWN;
  return isWhole ? quoted : `${quoted.slice(0, LONGEST_SHOWN - 3)}...`;
}
