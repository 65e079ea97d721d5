/**
 * Copies a graph of objects with all its cycles and classes: what is reached twice is copied once. Whatever is in `kept`
 * is not copied but shared.
 */
export function cloned<Value extends object>(root: Value, kept: ReadonlySet<unknown>): Value {
  const copies = new Map<object, object>();
  const unfilled: [object, object][] = [];
  const copyOf = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || kept.has(value)) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    const copy = emptyLike(value);
    copies.set(value, copy);
    unfilled.push([value, copy]);
    return copy;
  };
  const result = copyOf(root) as Value;
  // A list of what is still to be done instead of recursion: callers and callees may be linked in long chains.
  for (let next = unfilled.pop(); next !== undefined; next = unfilled.pop()) fill(next[0], next[1], copyOf);
  return result;
}

function emptyLike(value: object): object {
  if (Array.isArray(value)) return [];
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (ArrayBuffer.isView(value)) return (value as Float64Array).slice();
  return Object.create(Object.getPrototypeOf(value) as object | null) as object;
}

function fill(from: object, to: object, copyOf: (value: unknown) => unknown): void {
  if (Array.isArray(from)) {
    const list = to as unknown[];
    for (const item of from) list.push(copyOf(item));
  } else if (from instanceof Map) {
    for (const [key, value] of from) (to as Map<unknown, unknown>).set(copyOf(key), copyOf(value));
  } else if (from instanceof Set) {
    for (const item of from) (to as Set<unknown>).add(copyOf(item));
  } else if (!ArrayBuffer.isView(from)) {
    const fields = to as Record<string, unknown>;
    for (const [name, value] of Object.entries(from)) fields[name] = copyOf(value);
  }
}
