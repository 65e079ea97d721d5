import type { Stimulus, TimedStimulus, XXStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { slotsIn } from '../slot-table.ts';
import type { ReadonlyXXState } from './state.ts';

/**
 * Random walks for the tests of this folder: numbers become a small cluster, and stimuli that are possible in the
 * state they meet. Numbers, not a library's generators, so that any library can draw and shrink them; zeros make the
 * smallest.
 */

/** The numbers behind one stimulus: what happens, to whom, with which figures, after how many ms. */
export interface Choice {
  kind: number;
  subject: number;
  figure: number;
  detail: number;
  waitMs: number;
}

/** How often each kind of stimulus is chosen, relative to the others. */
const KINDS: readonly Exclude<XXStimulus['type'], 'boot'>[] = [
  'tick',
  ...Array<'submit'>(9).fill('submit'),
  ...Array<'turn'>(12).fill('turn'),
  ...Array<'resize'>(10).fill('resize'),
  ...Array<'finish'>(3).fill('finish'),
  ...Array<'call'>(5).fill('call'),
  ...Array<'paged'>(6).fill('paged'),
  'antagonist',
  'join',
  'drain',
  'crash',
  'restart',
];

/** A cluster of up to four small machines, three classes, three shards and two tenants with budgets. */
export function configurationFrom(numbers: readonly number[]): Configuration {
  let next = 0;
  const below = (bound: number) => (numbers[next++ % numbers.length] ?? 0) % bound;
  const leave = below(4);
  const size = () => ({ cores: 1 + below(3), ram: 2 + below(9), swap: below(8) });
  return {
    classes: [1 + below(3), 4 + below(3), 7 + below(3)].map((price, index) => ({ name: `c${index}`, price })),
    memoryPrice: below(3),
    machines: Array.from({ length: 1 + below(4) }, size),
    shards: 1 + below(3),
    kMachines: 1 + below(4),
    kShards: 1 + below(3),
    initialMemory: 1 + below(3),
    idle: { enter: leave + below(4), leave, memoryDrift: 1 + below(4), functionsDrift: 1 + below(3) },
    maxAttempts: 1 + below(3),
    ...(below(3) === 0 ? { paging: { chunk: 1 + below(3), reserve: 1 + below(2) } } : {}),
    seed: below(1000),
    tenants: [
      { budget: null },
      { budget: below(1000), period: 1 + below(30), burstPercent: below(120) },
      { budget: below(9000), period: 1 + below(50), burstPercent: below(50) },
    ],
  };
}

/** The next stimulus of a walk, possible in this state; a tick when what was chosen is not. */
export function stimulusFrom(config: Configuration, state: ReadonlyXXState, choice: Choice): TimedStimulus {
  const at = state.now + choice.waitMs;
  if (!state.booted) return { at, stimulus: { type: 'boot' } };
  return { at, stimulus: chosen(config, state, choice) ?? { type: 'tick' } };
}

function chosen(config: Configuration, state: ReadonlyXXState, choice: Choice): Stimulus | undefined {
  const { subject, figure, detail } = choice;
  const type = KINDS[choice.kind % KINDS.length]!;
  const shard = detail % config.shards;
  switch (type) {
    case 'tick':
      return { type };
    case 'turn':
    case 'restart':
      return { type, shard };
    case 'submit': {
      const tenant = subject % config.tenants.length;
      return {
        type,
        id: unusedId(state, detail),
        tenant,
        function: 'f',
        class: figure % config.classes.length,
        shard,
      };
    }
    case 'call': {
      const caller = pick(running(state), subject);
      if (caller === undefined) return undefined;
      const id = unusedId(state, detail);
      return { type, caller: caller.id, id, function: 'g', class: figure % config.classes.length, shard };
    }
    case 'finish': {
      const invocation = pick(running(state), subject);
      return invocation && { type, id: invocation.id };
    }
    case 'resize': {
      const invocation = pick(running(state), subject);
      if (invocation === undefined) return undefined;
      const { ram } = state.machines[invocation.machine]!;
      // Mostly sizes that fit, since one that does not is killed and nothing else happens.
      const demand = detail === 0 ? ram + 1 + figure : 1 + (figure % ram);
      return { type, id: invocation.id, demand };
    }
    case 'antagonist': {
      const machine = pick(withStatus(state, ['up', 'draining']), subject);
      return machine && { type, machine: machine.id, memory: figure % (machine.ram + 2) };
    }
    case 'join': {
      const machine = pick(withStatus(state, ['down']), subject)?.id ?? state.machines.length;
      return { type, machine, cores: 1 + (detail % 2), ram: 2 + (figure % 9), swap: detail % 5 };
    }
    case 'paged': {
      const machine = pick(transferring(state), subject);
      return machine && { type, machine: machine.id };
    }
    case 'drain': {
      const machine = pick(withStatus(state, ['up']), subject);
      return machine && { type, machine: machine.id };
    }
    case 'crash': {
      const machine = pick(withStatus(state, ['up', 'draining']), subject);
      return machine && { type, machine: machine.id };
    }
  }
}

/** Above all that were used, with small gaps, so that ids do not coincide with slots. */
function unusedId(state: ReadonlyXXState, detail: number): number {
  return (state.usedIds.ends.at(-1) ?? -1) + 1 + (detail % 3);
}

function running(state: ReadonlyXXState) {
  return slotsIn(state.slots)
    .map((slot) => state.invocations[slot]!)
    .filter(({ phase }) => phase === 'running');
}

function withStatus(state: ReadonlyXXState, statuses: readonly string[]) {
  return state.machines
    .map(({ status, ram }, id) => ({ id, status, ram }))
    .filter(({ status }) => statuses.includes(status));
}

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(1, items.length)];
}

/** The machines that have a transfer in flight. */
function transferring(state: ReadonlyXXState): { id: number }[] {
  return state.machines.flatMap(({ disk }, id) =>
    disk !== null && disk.transfer !== 'none' ? [{ id }] : [],
  );
}
