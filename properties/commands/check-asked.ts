import type { Command } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
import { ExplorationError, wordsOfProblem } from '../../model/explore/exploration-error.ts';
import { InputError } from '../../model/input-error.ts';
import { flagOf } from '../../reference-impl/text.ts';
import type { CheckOptions } from '../exploration/check.ts';
import { BYTES_LEFT_FREE, freeBytes } from '../exploration/memory.ts';
import { readSaved } from '../exploration/saved.ts';
import type { Guide } from '../exploration/walk.ts';
import { propertyIds } from '../property-ids.ts';
import { type InstanceOptions, instanceOf } from './check-instance.ts';
import type { CandidateFlags } from './command.ts';

/** What options of `xx check` ask for, whether it is explored or walked through. */

export type Options = InstanceOptions &
  CandidateFlags & {
    property: string[];
    model?: boolean;
    workers?: number;
    maxStates?: number;
    without?: string[];
    /** Whether an option was given. */
    isGiven: (name: string) => boolean;
    out: string;
    json?: boolean;
    html?: string;
    graph?: string;
    reach?: string;
    resume?: string;
    symmetry?: boolean;
    walk?: number;
    guide: Guide;
    seed: number;
  };

/** What may stand beside `--resume`: the file says what is explored. */
const BESIDE_RESUME = ['resume', 'workers', 'maxStates', 'out', 'graph', 'html', 'json'];

/** @throws InputError when an option says what is explored. */
export function refuseBesideResume(command: Command, isGiven: (name: string) => boolean): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (!isGiven(name) || BESIDE_RESUME.includes(name)) continue;
    throw new InputError(
      `--resume: the file says what is explored, so ${option.long} means nothing; leave it out`,
    );
  }
}

/** What is explored: as an earlier exploration was, or as options say. */
export function askedFor(
  options: Options,
  without: readonly PartId[],
): Pick<CheckOptions, 'instance' | 'scheduler' | 'properties' | 'symmetry' | 'reach' | 'resume'> {
  const { resume, scheduler, model, exec, property, reach, symmetry } = options;
  if (resume !== undefined) {
    const saved = readSaved(resume, freeBytes() - BYTES_LEFT_FREE);
    return { ...saved.subject, resume: saved };
  }
  return {
    instance: instanceOf(options, without, options.isGiven),
    scheduler: model ? null : (exec ?? scheduler),
    properties: propertyIds(property),
    ...(reach === undefined ? {} : { reach }),
    ...(symmetry === undefined ? {} : { symmetry }),
  };
}

/** Options that mean nothing where walks see but a part, and those that mean nothing without them. */
const NOT_BESIDE_WALK = ['exec', 'graph', 'reach', 'maxStates', 'resume', 'workers'] as const;
const OF_WALKS = ['guide', 'seed'] as const;

/** @throws InputError when options make no sense together. */
export function refuseWithoutWalk({ walk, isGiven }: Options): void {
  for (const name of walk === undefined ? OF_WALKS : NOT_BESIDE_WALK) {
    if (!isGiven(name)) continue;
    throw new InputError(
      walk === undefined
        ? `${flagOf(name)}: means nothing without --walk; add --walk 100000, or leave it out`
        : `${flagOf(name)}: means nothing beside --walk; leave out one of the two`,
    );
  }
}

/** What cannot be explored, said in options where the model speaks of fields. */
export function inOptions(error: unknown): unknown {
  if (!(error instanceof ExplorationError)) return error;
  return new InputError(wordsOfProblem(error.problem, { nameOf: flagOf, elsewhere: 'try xx fuzz' }));
}
