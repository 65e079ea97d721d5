import type { Invocation, Machine } from '../entities.ts';
import { Judge } from '../judge.ts';
import type { State } from '../state.ts';
import { addUnended, everybody } from '../unended.ts';

/**
 * An independent judge in the same state, also within a step. Both add to the same tally.
 *
 * Not for configurations with optional words.
 */
export function copyJudge(judge: Judge): Judge {
  const { model, tally, steps } = judge;
  const from = model.state;
  // The machines of the configuration would only be made to be thrown away.
  const copy = new Judge({ ...from.config, machines: [] }, tally, model.rules);
  copy.steps = steps;
  copyState(from, copy.state);
  return copy;
}

function copyState(from: State, to: State): void {
  Object.assign(to, { config: from.config });
  to.now = from.now;
  to.booted = from.booted;
  to.spendingHorizon = from.spendingHorizon;
  Object.assign(to.counts, from.counts);
  const { usedIds } = to;
  for (const id of from.usedIds.latest) usedIds.latest.add(id);
  usedIds.starts = [...from.usedIds.starts];
  usedIds.ends = [...from.usedIds.ends];
  usedIds.inRanges = from.usedIds.inRanges;
  for (const [index, account] of from.tenants.entries()) {
    Object.assign(to.tenants[index]!, account, { runningByClass: [...account.runningByClass] });
  }
  const people = new Map<Invocation, Invocation>();
  const copyOf = (one: Invocation): Invocation => {
    let copy = people.get(one);
    if (copy === undefined) {
      copy = { ...one };
      people.set(one, copy);
    }
    return copy;
  };
  const machines = from.machines.map(
    (machine): Machine => ({
      ...machine,
      live: machine.live.map(copyOf),
      willRun: machine.willRun.map(copyOf),
      entry: machine.entry === null ? null : { ...machine.entry },
    }),
  );
  to.machines.push(...machines);
  for (const one of everybody(from.invocations)) addUnended(to.invocations, copyOf(one));
  copyBuckets(from.byPhase, to.byPhase, copyOf);
  copyBuckets(from.byAvailability, to.byAvailability, ({ id }) => machines[id]!);
  for (const [index, shard] of from.shards.entries()) {
    const copy = to.shards[index]!;
    copy.queued = shard.queued;
    for (const [priceClass, { items, head }] of shard.queues.entries()) {
      copy.queues[priceClass] = { items: items.slice(head).map(copyOf), head: 0 };
    }
    for (const { id } of shard.listed) copy.listed.add(machines[id]!);
    copy.entriesByFunctions.push(...shard.entriesByFunctions);
  }
  const { due } = from;
  Object.assign(to.due, due, {
    subject: due.subject === null ? null : copyOf(due.subject),
    lost: due.lost.map(copyOf),
    waking: due.waking.map(copyOf),
    touched: due.touched.map(({ id }) => machines[id]!),
    enqueued: due.enqueued.map(copyOf),
    placed: due.placed.map((placement) => ({ ...placement, invocation: copyOf(placement.invocation) })),
    root: due.root === null ? null : copyOf(due.root),
  });
  // A Map that grows while it is walked is walked to its end.
  for (const [, copy] of people) {
    if (copy.machine !== null) copy.machine = machines[copy.machine.id]!;
    if (copy.caller !== null) copy.caller = copyOf(copy.caller);
    if (copy.callee !== null) copy.callee = copyOf(copy.callee);
  }
}

function copyBuckets<Item>(from: Item[][], to: Item[][], copyOf: (item: Item) => Item): void {
  for (const [index, bucket] of from.entries()) {
    to[index] = bucket.map(copyOf);
  }
}
