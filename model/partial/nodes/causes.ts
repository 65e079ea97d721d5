import type { LineRef, NodeLine, NodeLog, NodeName } from './node-lines.ts';

/**
 * Causes come before effects: whoever does something on a machine was placed there, and whoever is placed was submitted
 * or called. These are looked at by themselves, since they need no search.
 *
 * @returns the first effect, by the order of the logs, that comes too early for each of its causes, and the cause that
 * comes first; the effect alone if it has none. Null when there is no such effect.
 */
export function effectWithoutCause(logs: readonly NodeLog[], skewMs: number): readonly LineRef[] | null {
  const causes = new Map<string, LineRef>();
  const atOf = ({ log, index }: LineRef) => logs[log]!.lines[index]!.at;
  for (const [ref, line] of everyLine(logs)) {
    const key = causeOf(line);
    if (key === null) continue;
    const before = causes.get(key);
    if (before === undefined || line.at < atOf(before)) causes.set(key, ref);
  }
  for (const [ref, line, { node }] of everyLine(logs)) {
    const needed = neededBy(line, node);
    if (needed === null) continue;
    const cause = causes.get(needed);
    if (cause === undefined) return [ref];
    // Either clock is off by the skew at most.
    if (atOf(cause) - line.at > 2 * skewMs) return [ref, cause];
  }
  return null;
}

function* everyLine(logs: readonly NodeLog[]): Generator<[LineRef, NodeLine, NodeLog]> {
  for (const [log, each] of logs.entries()) {
    for (const [index, line] of each.lines.entries()) yield [{ log, index }, line, each];
  }
}

/** A cause, in words that tell it from every other. */
const coming = (id: number) => `the submit or the call of ${id}`;
const placing = (id: number, node: NodeName) =>
  'machine' in node ? `the placement of ${id} on machine ${node.machine}` : null;

/** What a line is the cause of. */
function causeOf({ stimulus, decision }: NodeLine): string | null {
  if (stimulus?.type === 'submit' || stimulus?.type === 'call') return coming(stimulus.id);
  return decision?.type === 'place' ? placing(decision.id, { machine: decision.machine }) : null;
}

/** The cause that a line needs, in words; null: none. */
export function neededBy({ stimulus, decision }: NodeLine, node: NodeName): string | null {
  if (stimulus?.type === 'resize' || stimulus?.type === 'finish') return placing(stimulus.id, node);
  if (stimulus?.type === 'call') return placing(stimulus.caller, node);
  if (decision === null || !('id' in decision)) return null;
  return 'machine' in node ? placing(decision.id, node) : coming(decision.id);
}
