import type { Stimulus } from './alphabet.ts';
import type { Invocation, Machine } from './entities.ts';
import { clientOf } from './optional/optional-state.ts';
import { whyLeftOut } from './parts.ts';
import type { State } from './state.ts';
import {
  AVAILABILITY,
  availabilityTable,
  CHART_EVENTS,
  candidatesOf,
  clientTable,
  diskTable,
  EVENT,
  invocationTable,
  PHASE,
} from './table.ts';
import { invocationOf } from './unended.ts';
import { isUsed } from './used-ids.ts';

/**
 * Which stimuli are possible now. The charts say who hears what in which state; what remains is whether the things
 * that a stimulus names exist and whether its figures are in range.
 */

/** Why a stimulus is not possible in this state, in one sentence; null when it is. */
export function impossibility(state: State, at: number, stimulus: Stimulus): string | null {
  if (!Number.isSafeInteger(at) || at < 0) return `at ${at} is not a time in ms`;
  if (at < state.now) return `at ${at} is earlier than the step before it, at ${state.now}`;
  if (stimulus.type === 'boot') return state.booted ? 'boot comes once, as the first step' : null;
  if (!state.booted) return `${stimulus.type} comes before boot, which must be the first step`;
  const leftOut = state.config.without === undefined ? null : whyLeftOut(state, stimulus);
  if (leftOut !== null) return leftOut;
  switch (stimulus.type) {
    case 'submit':
      return (
        usedId(state, stimulus.id) ??
        outOfRange('tenant', stimulus.tenant, state.tenants.length) ??
        outOfRange('class', stimulus.class, state.config.classes.length) ??
        outOfRange('shard', stimulus.shard, state.shards.length)
      );
    case 'call':
      return (
        usedId(state, stimulus.id) ??
        outOfRange('class', stimulus.class, state.config.classes.length) ??
        outOfRange('shard', stimulus.shard, state.shards.length) ??
        deafInvocation(state, stimulus.caller, EVENT.call)
      );
    case 'turn':
    case 'restart':
      return outOfRange('shard', stimulus.shard, state.shards.length);
    case 'resize':
      return notFrom(1, 'demand', stimulus.demand) ?? deafInvocation(state, stimulus.id, EVENT.resize);
    case 'finish':
      return deafInvocation(state, stimulus.id, EVENT.finish);
    case 'antagonist':
      return notFrom(0, 'memory', stimulus.memory) ?? deafMachine(state, stimulus.machine, 'antagonist');
    case 'join':
      return (
        notFrom(1, 'cores', stimulus.cores) ??
        notFrom(1, 'ram', stimulus.ram) ??
        notFrom(0, 'swap', stimulus.swap) ??
        (stimulus.machine === state.machines.length ? null : deafMachine(state, stimulus.machine, 'join'))
      );
    case 'drain':
    case 'crash':
      return deafMachine(state, stimulus.machine, stimulus.type);
    case 'tick':
      return null;
    case 'paged':
      return whyNotPaged(state, stimulus.machine);
    case 'timeout':
      return whyNoTimeout(state, stimulus.id);
  }
}

/** Why no transfer of a machine ends, if none does. */
function whyNotPaged({ config, machines }: State, id: number): string | null {
  if (config.paging === undefined) {
    return 'paged comes only where paging takes time; add "paging" with chunk and reserve to the configuration';
  }
  const machine = machines[id];
  if (machine === undefined) return `there is no machine ${id}; there are ${machines.length}`;
  if (candidatesOf(diskTable, machine.disk, EVENT.paged) !== undefined) return null;
  return `nothing is in flight on machine ${id}`;
}

/** Why the client of an invocation does not give up, if it does not. */
function whyNoTimeout({ optional, usedIds, invocations }: State, id: number): string | null {
  if (optional?.words.has('timeouts') !== true) {
    return 'timeout is an optional word; add "timeouts" to the words of the configuration';
  }
  const invocation = invocationOf(invocations, id);
  if (invocation === undefined) {
    return `invocation ${id} ${isUsed(usedIds, id) ? 'has ended' : 'does not exist'}, and only the client of a root that has not ended gives up`;
  }
  if (!invocation.root) return `invocation ${id} was called, and only the client of a root gives up`;
  if (candidatesOf(clientTable, clientOf(optional, invocation), EVENT.timeout) !== undefined) return null;
  return `the client of invocation ${id} has given up already`;
}

function usedId(state: State, id: number): string | null {
  if (!Number.isSafeInteger(id) || id < 0) return `${id} is not an id`;
  return isUsed(state.usedIds, id) ? `the id ${id} has been used before` : null;
}

function outOfRange(what: string, index: number, count: number): string | null {
  if (Number.isSafeInteger(index) && index >= 0 && index < count) return null;
  return `there is no ${what} ${index}; there are ${count}, from 0 to ${count - 1}`;
}

function notFrom(least: number, what: string, figure: number): string | null {
  if (Number.isSafeInteger(figure) && figure >= least) return null;
  return `${what} ${figure} is not a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}`;
}

/** Why the chart of an invocation does not hear the event, if it does not. */
function deafInvocation(state: State, id: number, event: number): string | null {
  const invocation = invocationOf(state.invocations, id);
  if (invocation === undefined) {
    return `invocation ${id} ${isUsed(state.usedIds, id) ? 'has ended' : 'does not exist'}, and only a running one can ${CHART_EVENTS[event]}`;
  }
  if (candidatesOf(invocationTable, invocation.phase, event) !== undefined) return null;
  return `invocation ${id} is ${invocationTable.states[invocation.phase]}, and only a running one can ${CHART_EVENTS[event]}`;
}

/** Why the chart of a machine does not hear the event, if it does not. */
function deafMachine(
  state: State,
  id: number,
  event: 'antagonist' | 'join' | 'drain' | 'crash',
): string | null {
  const machine = state.machines[id];
  if (machine === undefined) {
    return `there is no machine ${id}; there are ${state.machines.length}, and the next unused id is ${state.machines.length}`;
  }
  if (candidatesOf(availabilityTable, machine.availability, EVENT[event]) !== undefined) return null;
  return `machine ${id} is ${availabilityTable.states[machine.availability]}, and cannot ${event === 'antagonist' ? 'lose memory to an antagonist' : event}`;
}

/** The states of a table that hear an event. */
function hearers(table: typeof invocationTable, event: number): readonly number[] {
  return table.states.map((_, index) => index).filter((s) => candidatesOf(table, s, event) !== undefined);
}

const HEARING_INVOCATIONS = {
  call: hearers(invocationTable, EVENT.call).filter((phase) => phase !== PHASE.new),
  resize: hearers(invocationTable, EVENT.resize),
  finish: hearers(invocationTable, EVENT.finish),
};

const HEARING_MACHINES = {
  antagonist: hearers(availabilityTable, EVENT.antagonist),
  join: hearers(availabilityTable, EVENT.join).filter((s) => s !== AVAILABILITY.absent),
  drain: hearers(availabilityTable, EVENT.drain),
  crash: hearers(availabilityTable, EVENT.crash),
};

export type InvocationStimulus = keyof typeof HEARING_INVOCATIONS;
export type MachineStimulus = keyof typeof HEARING_MACHINES;

/** How many invocations a stimulus may name now. */
export function countHearingInvocations(state: State, event: InvocationStimulus): number {
  let count = 0;
  for (const phase of HEARING_INVOCATIONS[event]) count += state.byPhase[phase]!.length;
  return count;
}

/** The `index`-th of the invocations that a stimulus may name now; `index` below their count. */
export function hearingInvocation(state: State, event: InvocationStimulus, index: number): Invocation {
  let rest = index;
  for (const phase of HEARING_INVOCATIONS[event]) {
    const bucket = state.byPhase[phase]!;
    if (rest < bucket.length) return bucket[rest]!;
    rest -= bucket.length;
  }
  throw new RangeError(`no invocation ${index} hears ${event}`);
}

/** How many machines a stimulus may name now (for `join`, one more: the next unused id). */
export function countHearingMachines(state: State, event: MachineStimulus): number {
  let count = 0;
  for (const availability of HEARING_MACHINES[event]) count += state.byAvailability[availability]!.length;
  return count;
}

/** The `index`-th of the machines that a stimulus may name now; `index` below their count. */
export function hearingMachine(state: State, event: MachineStimulus, index: number): Machine {
  let rest = index;
  for (const availability of HEARING_MACHINES[event]) {
    const bucket = state.byAvailability[availability]!;
    if (rest < bucket.length) return bucket[rest]!;
    rest -= bucket.length;
  }
  throw new RangeError(`no machine ${index} hears ${event}`);
}
