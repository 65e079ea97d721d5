import type { Decision, XXDecision } from './alphabet.ts';
import { type Invocation, type Machine, swappedOf } from './entities.ts';
import { whyOptionalImpossible } from './optional/why-impossible.ts';
import { whyNotOfPart } from './parts.ts';
import { isOptional } from './rules/index.ts';
import type { State } from './state.ts';
import {
  availabilityTable,
  candidatesOf,
  clientTable,
  DISK,
  EVENT,
  idleListTable,
  invocationTable,
  PHASE,
  probeTable,
  reservationTable,
  swapTable,
} from './table.ts';
import { invocationOf } from './unended.ts';
import { isUsed } from './used-ids.ts';
import { phaseName } from './words.ts';

/**
 * What a decision must name, and with which figures, before any rule is asked: whatever is possible has its effect, also
 * where a rule forbids it. The charts say the rest, by having a transition for it or none.
 */

/** Whether the shard and the class of an enqueue exist. */
export function namesAQueue({ shards, config }: State, { shard, class: priceClass }: Of<'enqueue'>): boolean {
  return shards[shard] !== undefined && config.classes[priceClass] !== undefined;
}

/** Whether the idle list, or the entry of the machine on it, exists, and the figures are valid. */
export function namesAnEntry(
  { shards }: State,
  machine: Machine,
  decision: Of<'list' | 'relist' | 'unlist'>,
): boolean {
  switch (decision.type) {
    case 'list':
      return shards[decision.shard] !== undefined && hasFigures(decision);
    case 'relist':
      return machine.entry?.shard === decision.shard && hasFigures(decision);
    case 'unlist':
      return machine.entry?.shard === decision.shard;
  }
}

/** Memory moves in whole MBs, at least one. */
export function isMoved(memory: number): boolean {
  return isAmount(memory, 1);
}

type Of<Type extends Decision['type']> = Extract<Decision, { type: Type }>;

/** Entries count in whole numbers. */
function hasFigures({ available, functions }: { available: number; functions: number }): boolean {
  return isAmount(available, 0) && isAmount(functions, 0);
}

function isAmount(figure: number, least: number): boolean {
  return Number.isSafeInteger(figure) && figure >= least;
}

/**
 * The charts, by the names of their tables, that must have a transition for a decision to be possible. Any other chart
 * that has none stays as it is.
 */
export function mustHear(type: Decision['type']): readonly string[] {
  switch (type) {
    case 'list':
    case 'relist':
    case 'unlist':
      return [idleListTable.name];
    case 'enqueue':
    case 'throttle':
    case 'preempt':
    case 'wake':
      return [invocationTable.name];
    case 'place':
      return [invocationTable.name, swapTable.name, availabilityTable.name];
    case 'reserve':
      return [invocationTable.name, availabilityTable.name, reservationTable.name];
    case 'release':
      return [reservationTable.name];
    case 'probe':
      return [availabilityTable.name, probeTable.name];
    case 'forget':
      return [probeTable.name];
    case 'refuse':
      return [invocationTable.name, availabilityTable.name];
    case 'cancel':
      return [invocationTable.name, swapTable.name, clientTable.name];
    default:
      return [invocationTable.name, swapTable.name];
  }
}

/**
 * What else must hold for a decision to be possible, apart from the states of the charts, in words. Every line must
 * hold; if there are none, the charts are enough.
 */
export const POSSIBLE_WHEN: Record<Decision['type'], readonly string[]> = {
  enqueue: ['shard and class exist'],
  throttle: [],
  place: ['the invocation is queued at this shard'],
  start: [],
  preempt: [],
  allocate: ['memory is a whole number of MB, at least 1, and no more than the invocation has asked for'],
  pageOut: [
    'memory is a whole number of MB, at least 1, and no more than the invocation holds in RAM',
    'where paging takes time, nothing is in flight on the machine',
  ],
  pageIn: [
    'memory is a whole number of MB, at least 1, and no more than the invocation has in swap',
    'where paging takes time, nothing is in flight on the machine',
  ],
  kill: [],
  complete: [],
  wake: [],
  list: ['shard exists', 'available and functions are whole numbers, at least 0'],
  relist: [
    'the idle list is the one that names the machine',
    'available and functions are whole numbers, at least 0',
  ],
  unlist: ['the idle list is the one that names the machine'],
  reserve: [],
  release: [],
  probe: ['shard exists', 'inFlight and latencyMs are whole numbers, at least 0'],
  forget: [],
  evict: [],
  refuse: [],
  cancel: [],
};

/** Why a decision that is not possible is not. */
export function whyImpossible(state: State, decision: Decision): string {
  const leftOut = whyNotOfPart(state.config, decision);
  if (leftOut !== null) return leftOut;
  if (isOptional(decision)) return whyOptionalImpossible(state, decision);
  if ('id' in decision) {
    const invocation = invocationOf(state.invocations, decision.id);
    if (invocation === undefined) {
      return `invocation ${decision.id} ${isUsed(state.usedIds, decision.id) ? 'has ended' : 'was never submitted'}`;
    }
    return whyNotBy(state, decision, invocation);
  }
  const machine = state.machines[decision.machine];
  if (machine === undefined) return noMachine(decision.machine);
  if (decision.type === 'list') {
    if (machine.entry !== null) {
      return `machine ${machine.id} is on the idle list of shard ${machine.entry.shard} already`;
    }
    if (state.shards[decision.shard] === undefined) return noShard(decision.shard);
  } else if (machine.entry?.shard !== decision.shard) {
    const where = machine.entry === null ? 'none' : `that of shard ${machine.entry.shard}`;
    return `machine ${machine.id} is not on the idle list of shard ${decision.shard}: it is on ${where}`;
  }
  return 'an entry counts available MB and functions in whole numbers from 0';
}

type AboutAnInvocation = Extract<XXDecision, { id: number }>;

/** What an invocation must be before it hears a decision. */
const MUST_BE: Record<AboutAnInvocation['type'], string> = {
  enqueue: 'one that was just submitted, called, or lost in a crash is enqueued',
  throttle: 'a root that was just submitted is throttled',
  place: 'one that is queued is placed',
  start: 'one that is ready starts',
  preempt: 'one that runs is preempted',
  allocate: 'one that lives on a machine is given RAM',
  pageOut: 'one that lives on a machine has pages to be moved',
  pageIn: 'one that lives on a machine has pages to be moved',
  kill: 'one that lives on a machine, or was lost in a crash, is killed',
  complete: 'one that has finished completes',
  wake: 'one whose callee has ended is woken',
};

function whyNotBy(state: State, decision: AboutAnInvocation, invocation: Invocation): string {
  const { type } = decision;
  const mustBe = `invocation ${invocation.id} ${standing(invocation)}, and only ${MUST_BE[type]}`;
  if (candidatesOf(invocationTable, invocation.phase, EVENT[type]) === undefined) return mustBe;
  switch (decision.type) {
    case 'enqueue':
      return state.shards[decision.shard] === undefined
        ? noShard(decision.shard)
        : `there is no class ${decision.class}`;
    case 'place': {
      const machine = state.machines[decision.machine];
      if (machine === undefined) return noMachine(decision.machine);
      if (invocation.shard !== decision.shard) {
        return `invocation ${invocation.id} is queued at shard ${invocation.shard}, not at shard ${decision.shard}`;
      }
      return `machine ${machine.id} is ${availabilityTable.states[machine.availability]}, and only one that is up takes new work`;
    }
    case 'allocate':
      return `${decision.memory} MB is not a part of the ${invocation.fresh} MB that invocation ${invocation.id} has asked for and not been given, in whole MBs`;
    case 'pageOut':
      if (isBusy(state, invocation)) return busyDisk(invocation);
      return `${decision.memory} MB is not a part of the ${invocation.resident} MB that invocation ${invocation.id} holds in RAM, in whole MBs`;
    case 'pageIn':
      if (isBusy(state, invocation)) return busyDisk(invocation);
      return `${decision.memory} MB is not a part of the ${swappedOf(invocation)} MB that invocation ${invocation.id} has in swap, in whole MBs`;
    default:
      return mustBe;
  }
}

function isBusy({ config }: State, { machine }: Invocation): boolean {
  return config.paging !== undefined && machine !== null && machine.disk !== DISK.idle;
}

function busyDisk({ machine }: Invocation): string {
  return `${machine!.transferMb} MB are in flight on machine ${machine!.id}, and its disk moves one chunk at a time`;
}

/** What one is or does, by the name of its phase. */
function standing(invocation: Invocation): string {
  const { phase } = invocation;
  const awaits = phase === PHASE.admission || phase === PHASE.inheritance;
  return `${awaits ? 'awaits' : 'is'} ${phaseName(invocation)}`;
}

function noMachine(id: number): string {
  return `there is no machine ${id}`;
}

function noShard(id: number): string {
  return `there is no shard ${id}`;
}
