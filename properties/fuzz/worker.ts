import { BLOCK, type BlockResult, type BlockTask, runBlock } from '../campaign/block.ts';
import { widenFields } from '../campaign/wide-fields.ts';
import { type Candidate, contestantOf, withGoals } from '../contestants/contestants.ts';
import type { Contestant } from '../play/contestant.ts';

/** What a worker is sent: the candidate, which stays the same, and a block. */
export interface WorkerTask {
  readonly candidate: Candidate;
  readonly task: BlockTask;
}

let contestant: Contestant | undefined;

/** Runs a block in a worker thread; the first task says which. */
export default async function run({ candidate, task }: WorkerTask): Promise<BlockResult> {
  contestant ??= await withGoals(contestantOf(candidate), candidate);
  // Whoever plays less is done before it would pay.
  if (task.count >= BLOCK) widenFields();
  return runBlock(task, contestant);
}
