import { type BatchResult, expandBatch } from '../../model/explore/batch.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { ExplorationError, type ExplorationProblem } from '../../model/explore/exploration-error.ts';
import { createExpander, type Subject } from './expanders.ts';

/** What a worker is sent: the subject, which stays the same, and packed states. */
export interface BatchTask {
  readonly subject: Subject;
  readonly states: Int32Array<ArrayBuffer>;
}

let expander: Expander | undefined;

/** What a worker answers: errors lose their class on the way between threads, so why it cannot be done goes as data. */
export type BatchAnswer = BatchResult | { readonly problem: ExplorationProblem };

/** Expands a batch in a worker thread; the first task says what is explored. */
export default function expand({ subject, states }: BatchTask): BatchAnswer {
  try {
    expander ??= booted(subject);
    return expandBatch(expander, states);
  } catch (error) {
    if (error instanceof ExplorationError) return { problem: error.problem };
    throw error;
  }
}

/** States can only be entered once the cluster has booted. */
function booted(subject: Subject): Expander {
  const created = createExpander(subject);
  created.boot(() => false);
  return created;
}
