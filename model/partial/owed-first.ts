import type { Decision, DecisionType } from '../alphabet.ts';
import { billOf } from '../metering.ts';
import { owedEnqueue } from '../rules/admission.ts';
import { killVictim } from '../rules/memory.ts';
import type { State } from '../state.ts';
import { PRESSURE } from '../table.ts';
import type { Candidate } from './candidate.ts';
import { everyPlacement } from './completions.ts';
import type { Unobserved } from './unobserved.ts';

/**
 * What a step owes before anything else and the log leaves out, in every way; null: what comes first would have been
 * seen.
 */
export function owedFirst(candidate: Candidate, unobserved: Unobserved): readonly Decision[] | null {
  const { state } = candidate.judge;
  const { due } = state;
  const hides = (type: DecisionType) => unobserved.hides(type);
  if (due.waking.length > 0) {
    if (!hides('wake')) return null;
    return due.waking.map(({ id, calleeOutcome }) => ({ type: 'wake', id, outcome: calleeOutcome }));
  }
  if (due.answer === 'none') return hides('kill') ? killsDue(state) : null;
  if (due.answer === 'turn') return hides('place') ? everyPlacement(candidate) : null;
  const answer = answerDue(state);
  return hides(answer.type) ? [answer] : null;
}

function killsDue(state: State): readonly Decision[] {
  return state.due.touched
    .filter(({ pressure }) => pressure === PRESSURE.exhausted)
    .flatMap((machine): Decision[] => {
      const victim = killVictim(machine);
      if (victim === null) return [];
      const { invocation, reason } = victim;
      return [{ type: 'kill', id: invocation.id, reason, bill: billOf(state, invocation) }];
    });
}

/** The one answer to a stimulus other than a turn. */
function answerDue(state: State): Decision {
  const { answer, subject, lost } = state.due;
  const invocation = answer === 'crash' ? lost[0]! : subject!;
  const { id, shard } = invocation;
  if (answer === 'finish') return { type: 'complete', id, bill: billOf(state, invocation) };
  const owed = owedEnqueue(state, invocation);
  if (owed !== null) return { type: 'enqueue', id, shard, class: owed.class, degraded: owed.degraded };
  if (answer !== 'crash') return { type: 'throttle', id };
  return { type: 'kill', id, reason: 'attempts', bill: billOf(state, invocation) };
}
