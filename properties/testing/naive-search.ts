import type { TimedStimulus } from '../../model/alphabet.ts';
import { type BoundedInstance, configurationOf } from '../../model/explore/instance.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';

/** Breadth first over the reference as others see it: states are compared as text, and reached by playing all again. */
export function naiveSearch(instance: BoundedInstance): { states: number; depth: number } {
  const config = configurationOf(instance);
  const canonicalAfter = (path: readonly TimedStimulus[]) => {
    const xx = createXX();
    xx.reset(config);
    const ended = new Map<number, string>();
    for (const { at, stimulus } of path) {
      for (const decision of xx.step(at, stimulus)) {
        if (decision.type === 'complete' || decision.type === 'kill') ended.set(decision.id, decision.type);
      }
    }
    return { view: xx.inspect(), ended };
  };
  const boot: TimedStimulus = { at: 0, stimulus: { type: 'boot' } };
  const seen = new Set<string>();
  let level: TimedStimulus[][] = [[boot]];
  let depth = 0;
  while (level.length > 0) {
    const next: TimedStimulus[][] = [];
    let isNew = false;
    for (const path of level) {
      const after = canonicalAfter(path);
      const key = canonicalText(after);
      if (seen.has(key)) continue;
      seen.add(key);
      isNew = true;
      for (const timed of naiveStimuli(instance, after, path.at(-1)!.at)) next.push([...path, timed]);
    }
    if (isNew) depth++;
    level = next;
  }
  return { states: seen.size, depth };
}

type After = { view: ReturnType<ReturnType<typeof createXX>['inspect']>; ended: Map<number, string> };

function canonicalText({ view, ended }: After): string {
  const invocations = view.invocations.map((i) => ({
    id: i.id,
    phase: i.phase,
    class: i.class,
    machine: i.machine,
    age: i.phase === 'queued' ? view.now - i.enqueuedAt : 0,
    demand: i.demand,
    resident: i.resident,
    caller: i.caller,
  }));
  const machines = view.machines.map(({ arrivalOrder, listed }) => ({ arrivalOrder, listed }));
  return JSON.stringify([invocations, machines, view.shards.map(({ queues }) => queues), [...ended].sort()]);
}

function naiveStimuli(instance: BoundedInstance, { view, ended }: After, now: number): TimedStimulus[] {
  const stimuli: TimedStimulus[] = [];
  const add = (stimulus: TimedStimulus['stimulus'], at = now): void => {
    stimuli.push({ at, stimulus });
  };
  const unused = view.invocations.length + ended.size;
  const queued = view.invocations.filter(({ phase }) => phase === 'queued');
  for (const [priceClass] of instance.prices.entries()) {
    if (unused < instance.invocations)
      add({ type: 'submit', id: unused, tenant: 0, function: 'f', class: priceClass, shard: 0 });
  }
  if (queued.length > 0) add({ type: 'turn', shard: 0 });
  for (const { id, phase, demand } of view.invocations) {
    if (phase !== 'running') continue;
    if (demand < instance.maxDemand) add({ type: 'resize', id, demand: demand + 1 });
    add({ type: 'finish', id });
    if (!instance.calls || unused >= instance.invocations) continue;
    for (const [priceClass] of instance.prices.entries()) {
      add({ type: 'call', caller: id, id: unused, function: 'f', class: priceClass, shard: 0 });
    }
  }
  const oldest = Math.max(...queued.map(({ enqueuedAt }) => view.now - enqueuedAt));
  if (queued.length > 0 && oldest < instance.maxAge) add({ type: 'tick' }, now + 1);
  return stimuli;
}
