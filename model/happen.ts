import type { Stimulus } from './alphabet.ts';
import type { ChartWalk } from './chart-walk.ts';
import { owe } from './due.ts';
import { dropEntry, endTransfer, forgetTransfer, orphanCallee, resizeMachine, setDemand } from './effects.ts';
import type { Invocation, Machine } from './entities.ts';
import { charge, uncharge } from './metering.ts';
import { endReservationsAt } from './optional/lines.ts';
import { emptyPool } from './optional/optional-effects.ts';
import { addInvocation, addMachine, type State, touch } from './state.ts';
import { AVAILABILITY, CLIENT, clientTable, DISK, EVENT, idleListTable } from './table.ts';
import { invocationOf } from './unended.ts';

/** What a stimulus does, before anybody decides anything (paper sections 3.1 and 3.2). */

/** Where it happens. */
interface Happening {
  readonly state: State;
  readonly walk: ChartWalk;
}

/** Lets a stimulus that is possible happen, and notes what answer it calls for. */
export function happen(on: Happening, stimulus: Stimulus): void {
  const { state } = on;
  switch (stimulus.type) {
    case 'boot':
      return boot(on);
    case 'submit':
      return submit(on, stimulus);
    case 'call':
      return call(on, stimulus);
    case 'turn':
      return turn(on, stimulus.shard);
    case 'resize':
      return resize(on, invocationOf(state.invocations, stimulus.id)!, stimulus.demand);
    case 'finish':
      return finish(on, invocationOf(state.invocations, stimulus.id)!);
    case 'antagonist':
      return antagonist(on, state.machines[stimulus.machine]!, stimulus.memory);
    case 'join':
      return join(on, stimulus);
    case 'drain':
      return drain(on, state.machines[stimulus.machine]!);
    case 'crash':
      return crash(on, state.machines[stimulus.machine]!);
    case 'restart':
      return restart(on, stimulus.shard);
    case 'tick':
      return;
    case 'paged':
      return paged(on, state.machines[stimulus.machine]!);
    case 'timeout':
      return timeout(on, invocationOf(state.invocations, stimulus.id)!);
  }
}

function boot({ state, walk }: Happening): void {
  state.booted = true;
  for (const machine of state.machines) walk.moveAvailability(machine, EVENT.boot);
}

function submit({ state, walk }: Happening, stimulus: Extract<Stimulus, { type: 'submit' }>): void {
  const { id, tenant, shard } = stimulus;
  const root = addInvocation(state, id, tenant, stimulus.function, stimulus.class, shard, null);
  walk.movePhase(root, EVENT.submit);
  state.counts.submitted++;
  owe(state.due, 'submit', root);
  state.due.root = root;
}

function call({ state, walk }: Happening, stimulus: Extract<Stimulus, { type: 'call' }>): void {
  const { id, shard } = stimulus;
  const caller = invocationOf(state.invocations, stimulus.caller)!;
  uncharge(state, caller);
  walk.movePhase(caller, EVENT.call);
  charge(state, caller);
  caller.machine!.willRunKnown = false;
  touch(state, caller.machine!);
  const callee = addInvocation(state, id, caller.tenant, stimulus.function, stimulus.class, shard, caller);
  caller.callee = callee;
  walk.movePhase(callee, EVENT.call);
  state.counts.submitted++;
  owe(state.due, 'call', callee);
}

function turn({ state }: Happening, shard: number): void {
  state.due.shard = shard;
  const canPlace = state.shards[shard]!.queued > 0 && state.byAvailability[AVAILABILITY.up]!.length > 0;
  if (canPlace) owe(state.due, 'turn', null);
}

function resize({ state, walk }: Happening, invocation: Invocation, demand: number): void {
  walk.movePhase(invocation, EVENT.resize);
  setDemand(state, invocation, demand);
  walk.moveImage(invocation, EVENT.resize);
  walk.movePressure(invocation.machine!, EVENT.resize);
}

function finish({ state, walk }: Happening, invocation: Invocation): void {
  uncharge(state, invocation);
  walk.movePhase(invocation, EVENT.finish);
  charge(state, invocation);
  invocation.machine!.willRunKnown = false;
  touch(state, invocation.machine!);
  owe(state.due, 'finish', invocation);
}

function antagonist({ state, walk }: Happening, machine: Machine, memory: number): void {
  machine.antagonist = memory;
  machine.willRunKnown = false;
  touch(state, machine);
  walk.moveAvailability(machine, EVENT.antagonist);
  walk.movePressure(machine, EVENT.antagonist);
}

function join({ state, walk }: Happening, stimulus: Extract<Stimulus, { type: 'join' }>): void {
  const machine = state.machines[stimulus.machine] ?? addMachine(state, stimulus);
  resizeMachine(machine, stimulus);
  walk.moveAvailability(machine, EVENT.join);
}

function drain({ state, walk }: Happening, machine: Machine): void {
  walk.moveAvailability(machine, EVENT.drain);
  walk.moveDisk(machine, EVENT.drain);
  if (machine.disk === DISK.idle) forgetTransfer(machine);
  if (state.optional !== null) endReservationsAt(state.optional, machine, walk, EVENT.drain);
}

/** All that live on the machine are lost together, and it is forgotten which of them waited for which. */
function crash({ state, walk }: Happening, machine: Machine): void {
  const { due } = state;
  walk.moveAvailability(machine, EVENT.crash);
  for (const invocation of machine.live) {
    uncharge(state, invocation);
    walk.movePhase(invocation, EVENT.crash);
    walk.moveImage(invocation, EVENT.crash);
    orphanCallee(invocation);
    invocation.cpuMs = 0;
    invocation.mbMs = 0;
    invocation.demand = 0;
    invocation.resident = 0;
    invocation.fresh = 0;
    invocation.inFlight = 0;
    invocation.machine = null;
    invocation.willRun = false;
    due.lost.push(invocation);
  }
  machine.live.length = 0;
  machine.demand = 0;
  machine.resident = 0;
  machine.fresh = 0;
  walk.moveDisk(machine, EVENT.crash);
  forgetTransfer(machine);
  machine.antagonist = 0;
  machine.willRunKnown = false;
  walk.movePressure(machine, EVENT.crash);
  if (state.optional !== null) endReservationsAt(state.optional, machine, walk, EVENT.crash);
  due.lost.sort((a, b) => a.id - b.id);
  if (due.lost.length > 0) owe(due, 'crash', null);
}

/** The transfer of a machine has ended. Nobody has to answer. */
function paged({ state, walk }: Happening, machine: Machine): void {
  const owner = machine.transferOwner;
  endTransfer(state, machine);
  walk.moveDisk(machine, EVENT.paged);
  if (owner !== null) walk.moveImage(owner, EVENT.paged);
}

function restart({ state, walk }: Happening, shard: number): void {
  for (const machine of state.shards[shard]!.listed) {
    const transition = walk.follow(idleListTable, machine.listing, EVENT.restart);
    machine.listing = transition.targetState;
    machine.lastListingChange = walk.count(transition, machine.lastListingChange);
    dropEntry(state, machine);
  }
  if (state.optional !== null) emptyPool(state.optional, shard, walk);
}

/** Nobody waits for this root any more. It lives on, unless it is cancelled. */
function timeout({ state, walk }: Happening, root: Invocation): void {
  walk.pass(clientTable, CLIENT.waits, EVENT.timeout);
  state.optional!.givenUp.add(root);
  state.optional!.counts.timedOut++;
}
