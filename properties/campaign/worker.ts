import { contestantOf } from '../contestants.ts';
import { type BlockResult, type BlockTask, runBlock } from './block.ts';
import type { Contestant } from './run.ts';

/** What a worker is sent: the scheduler, which stays the same, and a block. */
export interface WorkerTask {
  readonly scheduler: string;
  readonly task: BlockTask;
}

let contestant: Contestant | undefined;

/** Runs a block in a worker thread; the first task says which scheduler. */
export default function run({ scheduler, task }: WorkerTask): BlockResult {
  contestant ??= contestantOf(scheduler);
  return runBlock(task, contestant);
}
