import { type BatchResult, expandBatch } from '../../model/explore/batch.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { createExpander, type Subject } from './expanders.ts';

/** What a worker is sent: the subject, which stays the same, and packed states. */
export interface BatchTask {
  readonly subject: Subject;
  readonly states: Int32Array<ArrayBuffer>;
}

let expander: Expander | undefined;

/** Expands a batch in a worker thread; the first task says what is explored. */
export default function expand({ subject, states }: BatchTask): BatchResult {
  expander ??= booted(subject);
  return expandBatch(expander, states);
}

/** States can only be entered once the cluster has booted. */
function booted(subject: Subject): Expander {
  const created = createExpander(subject);
  created.boot(() => false);
  return created;
}
