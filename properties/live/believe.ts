import type { Decision } from '../../model/alphabet.ts';
import type { Invocation } from '../../model/entities.ts';
import type { Model } from '../../model/model.ts';
import { permitted } from '../../model/permitted.ts';
import { touch } from '../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../model/table.ts';
import { invocationOf } from '../../model/unended.ts';

/**
 * Brings a model to where a log says that the system is, when it cannot be there by what the log said before: by the
 * fewest decisions and stimuli that are possible, whatever rules they break. What the log says last is believed; what is
 * missing in between must have happened. No step that this was done in is judged any further.
 */

/** More answers than there can be in a step of any cluster: whoever goes on after that goes round in circles. */
const MOST_ANSWERS = 1_000_000;

/**
 * Gives the answers that a step owes and the log does not have, as the rules have them: nothing can go on from states that
 * last only within a step. A placement is not made up: it would be a guess.
 */
export function supplyAnswers(model: Model): Decision[] {
  const { due } = model.state;
  const supplied: Decision[] = [];
  while (due.waking.length > 0 || (due.answer !== 'none' && due.answer !== 'turn')) {
    const [answer] = permitted(model);
    if (answer === undefined || supplied.length > MOST_ANSWERS || !model.isPossible(answer)) break;
    model.apply(answer);
    supplied.push(answer);
  }
  return supplied;
}

/**
 * Kills those whom a machine that is out of memory and swap owes: while it owes one, no step of any machine can go on.
 */
export function supplyKills(model: Model): Decision[] {
  const supplied: Decision[] = [];
  while (model.state.due.exhausted > 0) {
    const kill = [...permitted(model)].find(({ type }) => type === 'kill');
    if (kill === undefined || !model.isPossible(kill)) break;
    model.apply(kill);
    supplied.push(kill, ...supplyAnswers(model));
  }
  return supplied;
}

/** Makes what a decision says be so. @returns false when that cannot be: then the model is as near to it as it can be. */
export function believe(model: Model, decision: Decision): boolean {
  if (apply(model, decision)) return true;
  switch (decision.type) {
    case 'list':
    case 'relist':
    case 'unlist':
      return believeEntry(model, decision);
  }
  if (!('id' in decision)) return false;
  const invocation = invocationOf(model.state.invocations, decision.id);
  if (invocation === undefined) return false;
  switch (decision.type) {
    case 'enqueue':
      return invocation.phase === PHASE.queued;
    case 'place': {
      const isThere = invocation.machine?.id === decision.machine;
      return isThere || (queue(model, invocation) && apply(model, decision));
    }
    case 'start':
      return run(model, invocation);
    case 'preempt':
      if (invocation.phase === PHASE.ready) return true;
      return run(model, invocation) && apply(model, decision);
    case 'wake':
      return invocation.phase === PHASE.ready || wake(model, invocation);
    case 'complete':
      // Too much would have to be made up for one that waits: the log may as well name the wrong one.
      return invocation.phase !== PHASE.blocked && finish(model, invocation) && apply(model, decision);
    case 'kill':
    case 'throttle':
    case 'cancel':
      return end(model, invocation);
    default:
      return false;
  }
}

/** Brings an invocation to run on the machine where it lives. @returns whether it runs now. */
export function run(model: Model, invocation: Invocation): boolean {
  if (invocation.phase === PHASE.running) return true;
  if (invocation.phase === PHASE.queued) {
    // Where there is one machine it can only be there.
    const [only, ...others] = model.state.byAvailability[AVAILABILITY.up]!;
    if (only === undefined || others.length > 0) return false;
    const { id, shard } = invocation;
    if (!apply(model, { type: 'place', id, shard, machine: only.id, via: 'poll', polled: [only.id] })) {
      return false;
    }
  }
  if (invocation.phase === PHASE.blocked && !wake(model, invocation)) return false;
  const { id, demand, resident } = invocation;
  if (resident < demand) apply(model, { type: 'pageIn', id, memory: demand - resident });
  return apply(model, { type: 'start', id });
}

/** Brings an invocation whose answer is missing to its queue. */
function queue(model: Model, { id, shard, askedClass, phase }: Invocation): boolean {
  if (phase === PHASE.queued) return true;
  return apply(model, { type: 'enqueue', id, shard, class: askedClass, degraded: false });
}

function wake(model: Model, invocation: Invocation): boolean {
  if (invocation.callee !== null && !end(model, invocation.callee)) return false;
  return apply(model, { type: 'wake', id: invocation.id, outcome: 'ok' });
}

function finish(model: Model, invocation: Invocation): boolean {
  if (invocation.phase === PHASE.finishing) return true;
  if (!run(model, invocation)) return false;
  const { state } = model;
  const touched = [...state.due.touched];
  model.stimulate(state.now, { type: 'finish', id: invocation.id });
  for (const machine of touched) touch(state, machine);
  return true;
}

/** Ends an invocation, wherever it is. @returns whether it has ended. */
export function end(model: Model, invocation: Invocation): boolean {
  const { id } = invocation;
  const kill: Decision = { type: 'kill', id, reason: 'memory', bill: { cpuMs: 0, mbMs: 0, cost: 0 } };
  if (apply(model, kill)) return true;
  if (apply(model, { type: 'throttle', id })) return true;
  if (!queue(model, invocation)) return false;
  // From a queue there is no other way out than by a machine; best by one whose entry says nothing of it.
  const up = model.state.byAvailability[AVAILABILITY.up]!;
  const machine = up.find(({ entry }) => entry === null) ?? up[0];
  if (machine === undefined) return false;
  const { shard } = invocation;
  apply(model, { type: 'place', id, shard, machine: machine.id, via: 'poll', polled: [machine.id] });
  return apply(model, kill);
}

/** The entry of a machine is what the log says it is. */
function believeEntry(
  model: Model,
  decision: Extract<Decision, { type: 'list' | 'relist' | 'unlist' }>,
): boolean {
  const machine = model.state.machines[decision.machine];
  if (machine === undefined) return false;
  if (machine.entry !== null) {
    apply(model, { type: 'unlist', machine: machine.id, shard: machine.entry.shard });
  }
  if (decision.type === 'unlist') return true;
  const { shard, available, functions } = decision;
  return apply(model, { type: 'list', machine: machine.id, shard, available, functions, polled: [shard] });
}

function apply(model: Model, decision: Decision): boolean {
  if (!model.isPossible(decision)) return false;
  model.apply(decision);
  return true;
}
