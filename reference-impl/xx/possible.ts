import type { PartId, Stimulus } from '../../model/alphabet.ts';
import { ImpossibleStimulus, UnsafeSum } from '../../model/input-error.ts';
import { slotOf } from '../slot-table.ts';
import { checkSpending } from './budget.ts';
import type { Context } from './context.ts';
import { isSafe } from './exact.ts';
import type { MachineStatus, ReadonlyXXState } from './state.ts';
import { isUsed } from './used-ids.ts';

/**
 * Refuses a stimulus that is not possible in this state, before anything has changed.
 * @throws ImpossibleStimulus with one line that names the stimulus, the value and the cause.
 */
export function checkPossible(xx: Context, state: ReadonlyXXState, at: number, stimulus: Stimulus): void {
  checkTime(state, at);
  const isFirst = stimulus.type === 'boot';
  if (isFirst === state.booted) {
    refuse(stimulus.type, isFirst ? 'the cluster has booted already' : 'the first stimulus is always boot');
  }
  if (xx.config.without !== undefined) checkLeftOut(xx.config.without, state, stimulus);
  checkStimulus(xx, state, stimulus);
  checkSpending(xx, state, at);
}

/** Stimuli of parts that are left out do not occur. */
function checkLeftOut(without: readonly PartId[], state: ReadonlyXXState, stimulus: Stimulus): void {
  for (const part of without) {
    if (belongs(part, state, stimulus)) refuse(stimulus.type, `the configuration is without ${part}`);
  }
}

function belongs(part: PartId, state: ReadonlyXXState, stimulus: Stimulus): boolean {
  switch (stimulus.type) {
    case 'call':
      return part === 'calls';
    case 'antagonist':
      return part === 'antagonists';
    case 'paged':
      return part === 'paging';
    case 'join':
      return part === 'faults' || (part === 'swap' && stimulus.swap > 0);
    case 'drain':
    case 'crash':
    case 'restart':
      return part === 'faults';
    case 'resize': {
      const slot = part === 'shrink' ? slotOf(state.slots, stimulus.id) : undefined;
      return slot !== undefined && stimulus.demand < state.invocations[slot]!.demand;
    }
    default:
      return false;
  }
}

function checkStimulus(xx: Context, state: ReadonlyXXState, stimulus: Stimulus): void {
  switch (stimulus.type) {
    case 'boot':
    case 'tick':
      return;
    case 'submit':
      checkUnused(state, 'submit', stimulus.id);
      checkIndex('submit', stimulus.id, 'tenant', stimulus.tenant, xx.config.tenants.length);
      checkTarget(xx, 'submit', stimulus);
      return;
    case 'call':
      checkRunning(state, 'call', stimulus.caller);
      checkUnused(state, 'call', stimulus.id);
      checkTarget(xx, 'call', stimulus);
      return;
    case 'finish':
      checkRunning(state, 'finish', stimulus.id);
      return;
    case 'resize':
      checkRunning(state, 'resize', stimulus.id);
      checkDemand(state, stimulus.id, stimulus.demand);
      return;
    case 'turn':
    case 'restart':
      checkIndex(stimulus.type, stimulus.shard, 'shard', stimulus.shard, xx.config.shards);
      return;
    case 'antagonist':
      checkStatus(state, 'antagonist', stimulus.machine, ['up', 'draining']);
      checkAtLeast('antagonist', stimulus.machine, 'memory', stimulus.memory, 0);
      return;
    case 'drain':
      checkStatus(state, 'drain', stimulus.machine, ['up']);
      return;
    case 'crash':
      checkStatus(state, 'crash', stimulus.machine, ['up', 'draining']);
      return;
    case 'join':
      checkJoins(state, stimulus.machine);
      checkAtLeast('join', stimulus.machine, 'cores', stimulus.cores, 1);
      checkAtLeast('join', stimulus.machine, 'ram', stimulus.ram, 1);
      checkAtLeast('join', stimulus.machine, 'swap', stimulus.swap, 0);
      return;
    case 'paged':
      checkPaged(xx, state, stimulus.machine);
      return;
    case 'timeout':
      checkTimeout(xx, state, stimulus.id);
      return;
  }
}

function checkPaged({ config }: Context, state: ReadonlyXXState, machine: number): void {
  if (config.paging === undefined) refuse(`paged ${machine}`, 'the configuration is without "paging"');
  checkIndex('paged', machine, 'machine', machine, state.machines.length);
  if (state.machines[machine]!.disk!.transfer === 'none')
    refuse(`paged ${machine}`, 'nothing is in flight there');
}

/** XX does nothing about a client that gives up, so it does not keep who was called, nor whose client has given up before. */
function checkTimeout({ config }: Context, state: ReadonlyXXState, id: number): void {
  if (config.words?.includes('timeouts') !== true) {
    refuse(`timeout ${id}`, 'the words of the configuration are without "timeouts"');
  }
  if (slotOf(state.slots, id) === undefined) {
    refuse(
      `timeout ${id}`,
      isUsed(state.usedIds, id) ? `invocation ${id} has ended` : `there is no invocation ${id}`,
    );
  }
}

function checkTime(state: ReadonlyXXState, at: number): void {
  if (!Number.isSafeInteger(at) || at < 0) refuse(`at ${at}`, 'a time is a non-negative safe integer, in ms');
  if (at < state.now) refuse(`at ${at}`, `time never decreases, and the step before was at ${state.now}`);
}

function checkUnused(state: ReadonlyXXState, type: string, id: number): void {
  checkAtLeast(type, id, 'id', id, 0);
  if (isUsed(state.usedIds, id)) refuse(`${type} ${id}`, `id ${id} was used before, and an id is used once`);
}

function checkTarget(
  xx: Context,
  type: string,
  stimulus: { id: number; class: number; shard: number },
): void {
  checkIndex(type, stimulus.id, 'class', stimulus.class, xx.config.classes.length);
  checkIndex(type, stimulus.id, 'shard', stimulus.shard, xx.config.shards);
}

const DEEDS = { finish: 'finish', call: 'call', resize: 'change its size' } as const;

function checkRunning(state: ReadonlyXXState, type: keyof typeof DEEDS, id: number): void {
  const slot = slotOf(state.slots, id);
  if (slot === undefined) {
    refuse(
      `${type} ${id}`,
      isUsed(state.usedIds, id) ? `invocation ${id} has ended` : `there is no invocation ${id}`,
    );
  }
  const { phase } = state.invocations[slot]!;
  if (phase === 'running') return;
  refuse(`${type} ${id}`, `invocation ${id} is ${phase}, and only a running one can ${DEEDS[type]}`);
}

function checkDemand(state: ReadonlyXXState, id: number, demand: number): void {
  checkAtLeast('resize', id, 'demand', demand, 1);
  const invocation = state.invocations[slotOf(state.slots, id)!]!;
  const others = state.machines[invocation.machine]!.demand - invocation.demand;
  if (isSafe(others + demand)) return;
  throw new UnsafeSum(
    `resize ${id}: demand ${demand}, with the ${others} MB of the others on machine ${invocation.machine}, ` +
      'is beyond the safe integers',
  );
}

function checkStatus(
  state: ReadonlyXXState,
  type: string,
  machine: number,
  allowed: readonly MachineStatus[],
): void {
  checkIndex(type, machine, 'machine', machine, state.machines.length);
  const { status } = state.machines[machine]!;
  if (allowed.includes(status)) return;
  refuse(`${type} ${machine}`, `machine ${machine} is ${status}, and has to be ${allowed.join(' or ')}`);
}

function checkJoins(state: ReadonlyXXState, machine: number): void {
  const next = state.machines.length;
  checkIndex('join', machine, 'machine', machine, next + 1);
  if (machine === next || state.machines[machine]!.status === 'down') return;
  const { status } = state.machines[machine]!;
  refuse(
    `join ${machine}`,
    `machine ${machine} is ${status}; one that is down, or the next new one, ${next}, can join`,
  );
}

function checkIndex(type: string, subject: number, what: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  refuse(`${type} ${subject}`, `there is no ${what} ${index}; they go from 0 to ${count - 1}`);
}

function checkAtLeast(type: string, subject: number, what: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  refuse(`${type} ${subject}`, `${what} ${value} is not a safe integer of at least ${least}`);
}

function refuse(subject: string, cause: string): never {
  throw new ImpossibleStimulus(`${subject}: ${cause}`);
}
