import type { Bill, Decision, KillReason, Outcome, Stimulus } from './alphabet.ts';
import type { Configuration } from './configuration.ts';
import { Judge, type Violation } from './judge.ts';

/** Short words for the traces that tests write by hand. */

export const LOW = 0;
export const MID = 1;
export const HIGH = 2;

/** Larger than any machine of a test: with this `enter` no machine ever joins an idle list. */
const NEVER = 1_000_000;

/** One core, 10 MB of RAM and 5 MB of swap; prices 1, 2 and 4; MBs cost nothing; nobody is ever on an idle list. */
export function cluster(changes: Partial<Configuration> = {}): Configuration {
  return {
    classes: [
      { name: 'low', price: 1 },
      { name: 'mid', price: 2 },
      { name: 'high', price: 4 },
    ],
    memoryPrice: 0,
    machines: [{ cores: 1, ram: 10, swap: 5 }],
    shards: 1,
    kMachines: 1,
    kShards: 1,
    initialMemory: 1,
    idle: { enter: NEVER, leave: 0, memoryDrift: NEVER, functionsDrift: NEVER },
    maxAttempts: 2,
    seed: 0,
    tenants: [{ budget: null }],
    ...changes,
  };
}

/** A step: its time, its stimulus, its decisions. */
export type Line = readonly [at: number, stimulus: Stimulus, ...decisions: Decision[]];

/** A configuration and the steps so far. */
export interface Story {
  readonly config: Configuration;
  readonly lines: readonly Line[];
}

/** A story that begins with these steps, or with a `boot` at 0 and then these. */
export function story(config: Configuration, ...lines: readonly Line[]): Story {
  return { config, lines: lines[0]?.[1].type === 'boot' ? lines : [[0, boot], ...lines] };
}

/** The story so far, and then these steps. */
export function later({ config, lines }: Story, ...more: readonly Line[]): Story {
  return { config, lines: [...lines, ...more] };
}

/** Judges a story that must be accepted to its end; returns the judge, whose state then is at the end. */
export function accept(told: Story, ...more: readonly Line[]): Judge {
  const judge = new Judge(told.config);
  for (const [at, stimulus, ...decisions] of [...told.lines, ...more]) {
    const violation = judge.step(at, stimulus, decisions);
    if (violation !== null) throw new Error(`expected to be accepted: ${violation.message}`);
  }
  return judge;
}

/** What is wrong with one more step; everything before it must be accepted, and it must not. */
export function refuse(told: Story, [at, stimulus, ...decisions]: Line): Violation {
  const violation = accept(told).step(at, stimulus, decisions);
  if (violation === null)
    throw new Error(`expected to be refused: ${JSON.stringify([at, stimulus, decisions])}`);
  return violation;
}

export const boot: Stimulus = { type: 'boot' };
export const paged = (machine: number): Stimulus => ({ type: 'paged', machine });
export const tick: Stimulus = { type: 'tick' };

export const submit = (id: number, priceClass: number, shard = 0, tenant = 0): Stimulus => ({
  type: 'submit',
  id,
  tenant,
  function: 'f',
  class: priceClass,
  shard,
});
export const call = (caller: number, id: number, priceClass: number, shard = 0): Stimulus => ({
  type: 'call',
  caller,
  id,
  function: 'g',
  class: priceClass,
  shard,
});
export const turn = (shard = 0): Stimulus => ({ type: 'turn', shard });
export const resize = (id: number, demand: number): Stimulus => ({ type: 'resize', id, demand });
export const finish = (id: number): Stimulus => ({ type: 'finish', id });
export const antagonist = (machine: number, memory: number): Stimulus => ({
  type: 'antagonist',
  machine,
  memory,
});
export const join = (machine: number, cores: number, ram: number, swap: number): Stimulus => ({
  type: 'join',
  machine,
  cores,
  ram,
  swap,
});
export const drain = (machine: number): Stimulus => ({ type: 'drain', machine });
export const crash = (machine: number): Stimulus => ({ type: 'crash', machine });
export const restart = (shard: number): Stimulus => ({ type: 'restart', shard });

export const enqueue = (id: number, priceClass: number, shard = 0, degraded = false): Decision => ({
  type: 'enqueue',
  id,
  shard,
  class: priceClass,
  degraded,
});
export const throttle = (id: number): Decision => ({ type: 'throttle', id });
/** A placement that the shard finds by polling. */
export const polls = (id: number, machine: number, polled = [machine], shard = 0): Decision => ({
  type: 'place',
  id,
  shard,
  machine,
  via: 'poll',
  polled,
});
/** A placement from the idle list of the shard. */
export const takes = (id: number, machine: number, shard = 0): Decision => ({
  type: 'place',
  id,
  shard,
  machine,
  via: 'idle-list',
});
export const start = (id: number): Decision => ({ type: 'start', id });
export const preempt = (id: number): Decision => ({ type: 'preempt', id });
export const allocate = (id: number, memory: number): Decision => ({ type: 'allocate', id, memory });
export const pageOut = (id: number, memory: number): Decision => ({ type: 'pageOut', id, memory });
export const pageIn = (id: number, memory: number): Decision => ({ type: 'pageIn', id, memory });
export const kill = (id: number, reason: KillReason, pays: Bill = bill(0, 0, 0)): Decision => ({
  type: 'kill',
  id,
  reason,
  bill: pays,
});
export const complete = (id: number, pays: Bill = bill(0, 0, 0)): Decision => ({
  type: 'complete',
  id,
  bill: pays,
});
export const wake = (id: number, outcome: Outcome = 'ok'): Decision => ({ type: 'wake', id, outcome });
export const list = (
  machine: number,
  shard: number,
  available: number,
  functions: number,
  polled = [shard],
): Decision => ({ type: 'list', machine, shard, available, functions, polled });
export const relist = (machine: number, shard: number, available: number, functions: number): Decision => ({
  type: 'relist',
  machine,
  shard,
  available,
  functions,
});
export const unlist = (machine: number, shard: number): Decision => ({ type: 'unlist', machine, shard });

export const timeout = (id: number): Stimulus => ({ type: 'timeout', id });
export const reserve = (id: number, machine: number): Decision => ({ type: 'reserve', id, machine });
export const release = (id: number, machine: number): Decision => ({ type: 'release', id, machine });
export const probe = (shard: number, machine: number, inFlight = 0, latencyMs = 0): Decision => ({
  type: 'probe',
  shard,
  machine,
  inFlight,
  latencyMs,
});
export const forget = (shard: number, machine: number): Decision => ({ type: 'forget', shard, machine });
export const evict = (id: number): Decision => ({ type: 'evict', id });
/** A machine turns one away. */
export const refuses = (id: number, machine: number): Decision => ({ type: 'refuse', id, machine });
export const cancel = (id: number, pays: Bill = bill(0, 0, 0)): Decision => ({
  type: 'cancel',
  id,
  bill: pays,
});

export const bill = (cpuMs: number, mbMs: number, cost: number): Bill => ({ cpuMs, mbMs, cost });

/** One is submitted, takes its turn at once and goes to machine 0; then these decisions. */
export function arrives(
  at: number,
  id: number,
  priceClass: number,
  ...decisions: readonly Decision[]
): Line[] {
  return [
    [at, submit(id, priceClass), enqueue(id, priceClass)],
    [at, turn(), polls(id, 0), ...decisions],
  ];
}
