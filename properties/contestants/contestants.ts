import { readAnswer } from '../../model/format/answer.ts';
import { readHello } from '../../model/format/hello.ts';
import { show } from '../../model/format/show.ts';
import { InputError } from '../../model/input-error.ts';
import { childrenOfThisProcess } from '../../reference-impl/exec/children.ts';
import { type ExecOptions, ExecScheduler } from '../../reference-impl/exec/exec-scheduler.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { loadGoals } from '../goals/load.ts';
import { MUTANTS } from '../mutants/index.ts';
import { contestantOfMutant } from '../mutants/parts/mutant.ts';
import type { Contestant } from '../play/contestant.ts';
import { shellWord } from '../shell.ts';
import { createScheduler } from './schedulers.ts';

/** Which scheduler is under test, as data that can be sent to a thread. */
export interface Candidate {
  /** Its name; of somebody else's, the command that runs it. */
  readonly scheduler: string;
  /** How to run it, if it is somebody else's. */
  readonly exec?: ExecOptions;
  /** The file of a module that exports goals, if there are any. */
  readonly goals?: string;
}

/** A candidate by its name, or by the command that runs it. */
export function candidateOf(choice: {
  scheduler: string;
  exec?: string;
  execTimeout?: number;
  execStartTimeout?: number;
}): Candidate {
  const { scheduler, exec, execTimeout = LONGEST_ANSWER_MS } = choice;
  // Whoever may take longer than that for any answer may for the first, too, unless something else is said of it.
  const { execStartTimeout = Math.max(LONGEST_START_MS, execTimeout) } = choice;
  if (exec === undefined) return { scheduler };
  if (exec.trim() === '') throw new InputError(`--exec: expected a command, got ${show(exec)}`);
  const { buffer } = childrenOfThisProcess();
  return {
    scheduler: exec,
    exec: {
      command: exec,
      timeoutMs: execTimeout,
      startTimeoutMs: execStartTimeout,
      children: buffer,
      stop: stopSign().buffer,
    },
  };
}

/**
 * A contestant with the goals that its candidate brings along.
 *
 * @throws InputError when they cannot be loaded.
 */
export async function withGoals<Open extends Contestant>(
  contestant: Open,
  { goals }: Candidate,
): Promise<Open> {
  return goals === undefined ? contestant : { ...contestant, goals: await loadGoals(goals) };
}

/** How long an external scheduler may take for a stimulus, unless said otherwise. */
export const LONGEST_ANSWER_MS = 10_000;

/** How long it may take to start and to answer the first stimulus, unless said otherwise. */
export const LONGEST_START_MS = 30_000;

/** What to type after a command so that it means the same candidate. */
export function flagsOf({ scheduler, exec }: Candidate): string {
  return exec === undefined ? `--scheduler ${shellWord(scheduler)}` : `--exec ${shellWord(exec.command)}`;
}

/** What to type for a scheduler of which only the name is known, as in a report: a name of ours, or a command. */
export function flagsOfName(name: string): string {
  const isOurs = [...SCHEDULERS, ...MUTANTS].some((scheduler) => scheduler.name === name);
  return isOurs ? flagsOf({ scheduler: name }) : `--exec ${shellWord(name)}`;
}

/** A contestant that must be closed when it is no longer needed, since it may be a process. */
export interface OpenContestant extends Contestant {
  close(): void;
}

/**
 * A scheduler under test. The reference has a twin: the same recipes under immer.
 *
 * @throws InputError when there is none of that name.
 */
export function contestantOf({ scheduler: name, exec }: Candidate): OpenContestant {
  if (exec !== undefined) {
    const scheduler = new ExecScheduler(exec, readAnswer, readHello);
    return {
      scheduler,
      settle: () => scheduler.refuseStrayLine(),
      lacks: () => scheduler.lacks,
      restart: () => scheduler.restart(),
      close: () => scheduler.close(),
    };
  }
  return { ...contestantNamed(name), close() {} };
}

function contestantNamed(name: string): Contestant {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant !== undefined) return contestantOfMutant(mutant);
  const scheduler = createScheduler(name);
  return name === 'xx' ? { scheduler, twin: createScheduler('xx-immer') } : { scheduler };
}

/** Whether the scheduler of a name has a twin that must agree with it. */
export function hasTwin(name: string): boolean {
  return name === 'xx' || MUTANTS.some((mutant) => mutant.name === name && mutant.twin !== undefined);
}
