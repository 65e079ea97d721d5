import type { DecisionType } from './alphabet.ts';
import { empty } from './arrays.ts';
import type { Invocation } from './entities.ts';
import type { Due } from './state.ts';

/** What a step in progress owes. */

export function beginStep(due: Due): void {
  for (const machine of due.touched) machine.touched = false;
  empty(due.touched);
  empty(due.enqueued);
  empty(due.placed);
  // What an earlier step left undone is already wrong; it no longer has to come first.
  empty(due.waking);
  empty(due.lost);
  due.answer = 'none';
  due.subject = null;
  due.root = null;
  due.owed = false;
  due.settled = false;
}

export function owe(due: Due, answer: Due['answer'], subject: Invocation | null): void {
  due.answer = answer;
  due.subject = subject;
  due.owed = true;
}

/** Whether a decision is of the kind that answers a stimulus. */
export function answers(answer: Due['answer'], type: DecisionType): boolean {
  switch (answer) {
    case 'submit':
      return type === 'enqueue' || type === 'throttle';
    case 'call':
      return type === 'enqueue';
    case 'turn':
      return type === 'place';
    case 'finish':
      return type === 'complete';
    case 'crash':
      return type === 'enqueue' || type === 'kill';
    case 'none':
      return false;
  }
}

/**
 * An invocation has its answer; a crash is answered when all that were lost have theirs. An invocation that awaits no
 * answer settles nothing.
 */
export function settleAnswer(due: Due, invocation: Invocation): void {
  if (due.answer === 'crash') {
    const place = due.lost.indexOf(invocation);
    if (place < 0) return;
    due.lost.splice(place, 1);
    if (due.lost.length > 0) return;
  } else if (due.subject !== invocation) return;
  due.answer = 'none';
}

/** A turn is answered by a placement of its shard. */
export function settleTurn(due: Due, shard: number): void {
  if (due.answer === 'turn' && due.shard === shard) due.answer = 'none';
}
