import type { Decision, Stimulus } from '../../model/alphabet.ts';
import { slotOf } from '../slot-table.ts';
import { call, submit } from './admission.ts';
import { renewSpendingHorizon } from './budget.ts';
import { beginStep, type Context, takeUnsettled, touch, unsettle } from './context.ts';
import { updateIdleLists } from './dispatcher.ts';
import { end } from './invocation.ts';
import { crash, drain, joinMachine, setAntagonist } from './lifecycle.ts';
import { settle } from './machine-scheduler.ts';
import { billOf, setResident } from './meter.ts';
import { checkPossible } from './possible.ts';
import { forgetIdleList, turn } from './shard.ts';
import type { XXState } from './state.ts';
import { askFor } from './transfer.ts';

/**
 * One step, as a recipe that mutates the state it is given: the answer to the stimulus, then every machine settled,
 * then the idle lists. After it the state is quiet.
 * @returns the decisions, a fresh array.
 * @throws ImpossibleStimulus before anything has changed, unless a bill or a demand is beyond the safe integers.
 */
export function playStep(xx: Context, state: XXState, at: number, stimulus: Stimulus): Decision[] {
  checkPossible(xx, state, at, stimulus);
  beginStep(xx);
  renewSpendingHorizon(xx, state, at);
  state.now = at;
  answer(xx, state, stimulus);
  // The end of a transfer changes nobody's turn.
  xx.isPaged = stimulus.type === 'paged';
  while (xx.unsettled.length > 0) settle(xx, state, takeUnsettled(xx));
  if (xx.touched.length > 1) xx.touched.sort(ascending);
  for (const machine of xx.touched) updateIdleLists(xx, state, machine);
  return xx.decisions;
}

function answer(xx: Context, state: XXState, stimulus: Stimulus): void {
  switch (stimulus.type) {
    case 'boot':
      boot(xx, state);
      return;
    case 'submit':
      submit(xx, state, stimulus);
      return;
    case 'call':
      call(xx, state, stimulus);
      return;
    case 'turn':
      turn(xx, state, stimulus.shard);
      return;
    case 'resize':
      resize(xx, state, stimulus.id, stimulus.demand);
      return;
    case 'finish':
      finish(xx, state, stimulus.id);
      return;
    case 'antagonist':
      setAntagonist(xx, state, stimulus.machine, stimulus.memory);
      return;
    case 'join':
      joinMachine(xx, state, stimulus);
      return;
    case 'drain':
      drain(xx, state, stimulus.machine);
      return;
    case 'crash':
      crash(xx, state, stimulus.machine);
      return;
    case 'restart':
      forgetIdleList(xx, state, stimulus.shard);
      return;
    case 'paged':
      xx.pager.end(xx, state, stimulus.machine);
      return;
    case 'tick':
    case 'timeout':
      return;
  }
}

function boot(xx: Context, state: XXState): void {
  state.booted = true;
  for (let machine = 0; machine < state.machines.length; machine++) touch(xx, machine);
}

/**
 * A running invocation is wholly resident, so it grows and shrinks in RAM; where paging takes time, it asks for what it
 * grows by.
 */
function resize(xx: Context, state: XXState, id: number, demand: number): void {
  const invocation = state.invocations[slotOf(state.slots, id)!]!;
  const machine = state.machines[invocation.machine]!;
  const growth = demand - invocation.demand;
  machine.demand += growth;
  invocation.demand = demand;
  if (machine.disk !== null && growth > 0) askFor(machine.disk, invocation, growth);
  else setResident(xx, state, machine, invocation, demand);
  unsettle(xx, invocation.machine);
  touch(xx, invocation.machine);
}

function finish(xx: Context, state: XXState, id: number): void {
  const slot = slotOf(state.slots, id)!;
  xx.decisions.push({ type: 'complete', id, bill: billOf(xx, state, state.invocations[slot]!) });
  end(xx, state, slot, 'ok');
}

function ascending(left: number, right: number): number {
  return left - right;
}
