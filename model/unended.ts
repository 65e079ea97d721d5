/** What has an id, a non-negative integer. */
interface Identified {
  readonly id: number;
}

/**
 * The invocations that have not ended, by id, whether they await an answer, are queued or live on a machine. Small ids,
 * which are most of what small clusters see, are looked up in an array: a Map in which keys come and go is rebuilt
 * every few steps.
 */
export interface UnendedInvocations<Invocation extends Identified> {
  /** By id, up to {@link SMALL}; null where there is none. */
  readonly small: (Invocation | null)[];
  readonly others: Map<number, Invocation>;
  size: number;
}

const SMALL = 256;

export function nobody<Invocation extends Identified>(): UnendedInvocations<Invocation> {
  return { small: [], others: new Map(), size: 0 };
}

/** The invocation of this id, if it has not ended; else undefined. */
export function invocationOf<Invocation extends Identified>(
  { small, others }: UnendedInvocations<Invocation>,
  id: number,
): Invocation | undefined {
  if (id >= 0 && id < small.length) return small[id] ?? undefined;
  return others.get(id);
}

/** Adds one whose id is not in it. */
export function addUnended<Invocation extends Identified>(
  unended: UnendedInvocations<Invocation>,
  invocation: Invocation,
): void {
  const { id } = invocation;
  unended.size++;
  if (id >= SMALL) {
    unended.others.set(id, invocation);
    return;
  }
  while (unended.small.length <= id) unended.small.push(null);
  unended.small[id] = invocation;
}

/** Takes out one that is in it. */
export function removeUnended<Invocation extends Identified>(
  unended: UnendedInvocations<Invocation>,
  id: number,
): void {
  unended.size--;
  if (id < unended.small.length) unended.small[id] = null;
  else unended.others.delete(id);
}

/** All that have not ended: those of small ids first, in ascending order. */
export function everybody<Invocation extends Identified>({
  small,
  others,
}: UnendedInvocations<Invocation>): Invocation[] {
  return [...small.filter((invocation) => invocation !== null), ...others.values()];
}
