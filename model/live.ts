import type { Invocation } from './state.ts';

/**
 * The live invocations by id. Small ids, which are most of what small clusters see, are looked up in an array: a Map
 * in which keys come and go is laid anew every few steps.
 */
export interface LiveInvocations {
  /** By id, up to {@link SMALL}; null where nobody lives. */
  readonly small: (Invocation | null)[];
  readonly others: Map<number, Invocation>;
  size: number;
}

const SMALL = 256;

export function nobody(): LiveInvocations {
  return { small: [], others: new Map(), size: 0 };
}

/** The live invocation of this id; undefined when there is none. */
export function invocationOf({ small, others }: LiveInvocations, id: number): Invocation | undefined {
  if (id >= 0 && id < small.length) return small[id] ?? undefined;
  return others.get(id);
}

/** Adds one of whose id nobody lives. */
export function addLive(live: LiveInvocations, invocation: Invocation): void {
  const { id } = invocation;
  live.size++;
  if (id >= SMALL) {
    live.others.set(id, invocation);
    return;
  }
  while (live.small.length <= id) live.small.push(null);
  live.small[id] = invocation;
}

/** Takes out one that is in it. */
export function removeLive(live: LiveInvocations, id: number): void {
  live.size--;
  if (id < live.small.length) live.small[id] = null;
  else live.others.delete(id);
}

/** All of them: those of small ids first, in ascending order. */
export function everybody({ small, others }: LiveInvocations): Invocation[] {
  return [...small.filter((invocation) => invocation !== null), ...others.values()];
}
