/** Where something stands in a text, for people: a text of one line is known by its columns alone. */
export function placeIn(text: string, index: number): string {
  const before = text.lastIndexOf('\n', index - 1);
  const column = `column ${index - before}`;
  return text.trimEnd().includes('\n') ? `line ${lineOf(text, index)}, ${column}` : column;
}

/**
 * The line, from 1, on which the value at a path begins: in a text that is JSON, and of the innermost value on the path
 * that is there.
 */
export function lineAt(text: string, path: readonly PropertyKey[]): number {
  let at = skipped(text, 0);
  for (const key of path) {
    const inner = insideAt(text, at, key);
    if (inner === null) break;
    at = inner;
  }
  return lineOf(text, at);
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Where the value of a key or an index begins in the object or list that begins at `start`; null when it is not there. */
function insideAt(text: string, start: number, key: PropertyKey): number | null {
  const isObject = text[start] === '{';
  if (!isObject && text[start] !== '[') return null;
  let at = skipped(text, start + 1);
  for (let index = 0; text[at] !== '}' && text[at] !== ']' && at < text.length; index++) {
    let name: unknown = index;
    if (isObject) {
      const end = ended(text, at);
      name = JSON.parse(text.slice(at, end));
      at = skipped(text, skipped(text, end) + 1);
    }
    if (name === key) return at;
    at = skipped(text, ended(text, at));
    if (text[at] === ',') at = skipped(text, at + 1);
  }
  return null;
}

/** Where the value that begins here has ended. */
function ended(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') {
      for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
    if (depth < 0) return at;
    if (depth === 0 && (/["}\]]/.test(sign) || /[,\s}\]]/.test(text[at + 1] ?? ','))) return at + 1;
  }
  return text.length;
}

function skipped(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? 'x')) at++;
  return at;
}
