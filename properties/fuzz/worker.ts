import { type BlockResult, type BlockTask, runBlock } from '../campaign/block.ts';
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
  return runBlock(task, contestant);
}
