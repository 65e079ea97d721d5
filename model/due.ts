import type { DecisionType } from './alphabet.ts';
import { type Due, empty, type Invocation } from './state.ts';

/** What a step in progress owes. */

export function beginStep(due: Due): void {
  for (const machine of due.touched) machine.touched = false;
  empty(due.touched);
  empty(due.enqueued);
  due.answer = 'none';
  due.subject = null;
  due.placed = null;
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

/** One answer is given; a crash is answered when all that were lost have theirs. */
export function settleAnswer(due: Due): void {
  if (due.answer === 'crash') {
    due.lost.shift();
    if (due.lost.length > 0) return;
  }
  due.answer = 'none';
}
