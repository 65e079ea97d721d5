import type { Invocation } from '../entities.ts';
import { admissionOf } from '../metering.ts';
import type { State } from '../state.ts';
import { PHASE } from '../table.ts';
import { className, portrait } from '../words.ts';
import type { Permission, StepObligation } from './rule.ts';

/** Answers: admission, inheritance down call chains, new attempts after a crash, wakes (paper section 3.1). */

/** Whether it is the turn of one that was lost in a crash: of those that are lost together, in id order. */
export function isNextOfTheLost({ due }: State, invocation: Invocation): boolean {
  return due.lost[0] === invocation || !due.lost.includes(invocation);
}

/** The effective class and flag with which an invocation that awaits its answer must be enqueued; null: it must not. */
export function owedEnqueue(
  state: State,
  invocation: Invocation,
): { class: number; degraded: boolean } | null {
  if (invocation.phase === PHASE.lost) {
    if (!isNextOfTheLost(state, invocation) || invocation.attempt >= state.config.maxAttempts) return null;
    return { class: invocation.class, degraded: invocation.degraded };
  }
  if (invocation.phase === PHASE.inheritance) {
    const { caller } = invocation;
    // Its caller has gone before it was ever queued: nobody is left to inherit from.
    if (caller === null) return { class: invocation.askedClass, degraded: false };
    return {
      class: caller.degraded ? caller.class : Math.max(caller.class, invocation.askedClass),
      degraded: caller.degraded,
    };
  }
  if (invocation.phase !== PHASE.admission) return null;
  const admission = admissionOf(state, invocation.tenant);
  if (admission === 'throttle') return null;
  return admission === 'degrade'
    ? { class: 0, degraded: true }
    : { class: invocation.askedClass, degraded: false };
}

export const admit: Permission = {
  id: 'admit',
  sentence:
    'A root is enqueued as asked, degraded or throttled, as its budget says; a callee is enqueued at the class that it inherits; an invocation lost in a crash is enqueued as before, until its attempts are used up.',
  section: '3.1',
  premise: 'an invocation is enqueued, throttled, or killed since its attempts are used up',
  formula: {
    enqueue: [
      'shard = shard(i)',
      'i is a root whose tenant has a budget: spent < budget, and class = 0, degraded, if spent > pace; else class = asked(i), not degraded',
      'i is a root whose tenant has none: class = asked(i), not degraded',
      'i waits in inheritance, called by c: class = class(c), degraded, if c is degraded; else class = max(class(c), asked(i)), not degraded',
      'i waits in inheritance, and its caller is gone: class = asked(i), not degraded',
      'i was lost in a crash: it is the next of those by id, attempt(i) < maxAttempts, and class and degraded are as before',
    ],
    throttle: ['spent ≥ budget, of the tenant of i'],
    kill: [
      'i was lost in a crash: it is the next of those by id, attempt(i) ≥ maxAttempts, and reason = attempts',
    ],
  },
  permits(state, { invocation, decision }) {
    if (decision.type === 'throttle') {
      return admissionOf(state, invocation!.tenant) === 'throttle';
    }
    if (decision.type !== 'enqueue') return false;
    const owed = owedEnqueue(state, invocation!);
    return (
      owed !== null &&
      decision.shard === invocation!.shard &&
      decision.class === owed.class &&
      decision.degraded === owed.degraded
    );
  },
  objection(state, { invocation }) {
    const owed = owedEnqueue(state, invocation!);
    if (owed !== null) {
      return `${portrait(state, invocation!)} is owed shard ${invocation!.shard}, class ${className(state, owed.class)}, ${owed.degraded ? 'degraded' : 'not degraded'}`;
    }
    if (invocation!.phase === PHASE.lost) {
      const next = state.due.lost[0];
      if (!isNextOfTheLost(state, invocation!))
        return `invocation ${next?.id} was lost too and comes first, in id order`;
      return `invocation ${invocation!.id} has been tried ${invocation!.attempt} of ${state.config.maxAttempts} times`;
    }
    const tenant = state.tenants[invocation!.tenant]!;
    return `tenant ${invocation!.tenant} has spent ${tenant.spent} of a budget of ${tenant.budget} in this period`;
  },
};

export const inherit: StepObligation = {
  id: 'inherit',
  sentence: 'An invocation that a caller waits for never has a lower class than the caller.',
  section: '3.1',
  premise: 'a callee is enqueued that asked for a lower class than its caller has',
  applies: (state) => state.due.enqueued.some((i) => i.caller !== null && i.askedClass < i.caller.class),
  breach(state) {
    for (const callee of state.due.enqueued) {
      if (callee.caller !== null && callee.class < callee.caller.class) {
        return {
          entity: `invocation ${callee.id}`,
          message: `${portrait(state, callee.caller)} waits for ${portrait(state, callee)}`,
        };
      }
    }
    return null;
  },
};

export const answered: StepObligation = {
  id: 'answered',
  sentence:
    'Every stimulus is answered first (admission, placement, completion, new attempts), and a caller is woken as soon as the invocation that it waits for has ended.',
  section: '3.2',
  premise: 'a stimulus calls for an answer, or a caller must be woken',
  applies: (state) => state.due.owed,
  breach(state) {
    const { waking, answer, subject, lost, shard } = state.due;
    const [caller] = waking;
    if (caller !== undefined) {
      return {
        entity: `invocation ${caller.id}`,
        message: `${portrait(state, caller)} must hear that its callee has ended (${caller.calleeOutcome})`,
      };
    }
    if (answer === 'none') return null;
    if (answer === 'turn') {
      return {
        entity: `shard ${shard}`,
        message: `shard ${shard} has work and a machine is up, and it placed nothing`,
      };
    }
    const whom = answer === 'crash' ? lost[0]! : subject!;
    return {
      entity: `invocation ${whom.id}`,
      message: `the ${answer} has no answer yet for ${portrait(state, whom)}`,
    };
  },
};

export const wakeCaller: Permission = {
  id: 'wake-caller',
  sentence:
    'A caller is woken only when the invocation that it waits for has just ended, and is told how it ended.',
  section: '3.1',
  premise: 'a caller is woken',
  formula: {
    wake: [
      'the callee of i has ended in this step',
      'outcome = ok if the callee completed, failed if it was killed',
    ],
  },
  permits: (state, { invocation, decision }) =>
    decision.type === 'wake' &&
    state.due.waking.includes(invocation!) &&
    decision.outcome === invocation!.calleeOutcome,
  objection(state, { invocation }) {
    if (state.due.waking.includes(invocation!)) {
      return `the callee of ${portrait(state, invocation!)} has ended with outcome ${invocation!.calleeOutcome}`;
    }
    return `the callee of ${portrait(state, invocation!)} ended in a step before`;
  },
};
