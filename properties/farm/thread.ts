import type { BlockTask } from '../campaign/block.ts';
import { runStretch } from '../campaign/stretch.ts';
import { widenFields } from '../campaign/wide-fields.ts';
import { type Candidate, contestantOf, withGoals } from '../contestants/contestants.ts';
import type { Contestant } from '../play/contestant.ts';
import { type Lead, type News, Onwards } from '../sharing/onwards.ts';
import { resultText } from './wire.ts';

/** What a thread of a worker is sent: who plays, and what. */
export interface FarmTask {
  readonly candidate: Candidate;
  readonly task: BlockTask;
  /** Where runs go on from, in a campaign that shares what it meets. */
  readonly lead?: Lead;
}

/** What a thread has done of a job. */
export interface FarmDone {
  /** The result as it goes into the queue; null when a signal has cut it short. */
  readonly text: string | null;
  readonly steps: number;
  /** What others should know of it, in a campaign that shares what it meets. */
  readonly news?: News;
}

widenFields();

/** Who plays, by the candidate; campaigns take turns. */
const contestants = new Map<string, Contestant>();

/** Runs a job in a worker thread. */
export default async function run({ candidate, task, lead }: FarmTask): Promise<FarmDone> {
  const key = JSON.stringify([candidate.scheduler, candidate.exec?.command, candidate.goals]);
  const contestant = contestants.get(key) ?? (await withGoals(contestantOf(candidate), candidate));
  contestants.set(key, contestant);
  const onwards = lead === undefined ? null : new Onwards(lead, contestant);
  const result = runStretch(task, contestant, onwards);
  const { steps } = result.tally;
  const text = result.stoppedAfter === undefined ? resultText(result) : null;
  return { text, steps, ...(onwards === null ? {} : { news: onwards.news() }) };
}
