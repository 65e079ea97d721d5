import { showText } from '../../model/format/show.ts';
import { InputError } from '../../model/input-error.ts';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { type Candidate, candidateOf } from '../contestants/contestants.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Playable } from './load.ts';

/** The scheduler that the command line asks for. */
export interface PlayerFlags {
  readonly scheduler?: string;
  readonly exec?: string;
  /** In ms. */
  readonly execTimeout?: number;
  readonly execStartTimeout?: number;
}

/**
 * Who plays a file: the scheduler that was asked for; otherwise, for a counterexample, the one that it was found in; for
 * the scenario of a finding on the text the one that shows it; for any other, the reference; and for a trace nobody, since it has its decisions.
 *
 * @param shownBy who plays a scenario: who shows the finding that it belongs to, if it does.
 * @returns null when nobody plays.
 * @throws InputError when a counterexample was found in a scheduler that is not of this package: no file may start one.
 */
export function playerOf(playable: Playable, flags: PlayerFlags, shownBy = 'xx'): Candidate | null {
  const { record, decisions } = playable;
  const { scheduler, exec } = flags;
  if (exec !== undefined || scheduler !== undefined) {
    return candidateOf({ ...flags, scheduler: scheduler ?? '' });
  }
  if (record === null) {
    return decisions === undefined ? candidateOf({ scheduler: shownBy }) : null;
  }
  if (isKnown(record.scheduler)) return candidateOf({ scheduler: record.scheduler });
  throw new InputError(
    `was found in ${showText(JSON.stringify(record.scheduler))}, which is not a scheduler of this package, and a file may not start a command; add --exec 'COMMAND', or --scheduler NAME`,
  );
}

function isKnown(name: string): boolean {
  return [...SCHEDULERS, ...MUTANTS].some((scheduler) => scheduler.name === name);
}
