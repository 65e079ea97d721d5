import { type CampaignViolation, runCampaign } from '../campaign/campaign.ts';
import { MUTANTS } from '../mutants/index.ts';
import { contestantOfMutant, type Mutant } from '../mutants/parts/mutant.ts';
import type { Contestant } from '../play/contestant.ts';
import type { PropertyId } from '../property.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import { MOST_RUNS, SEEDS } from './figures.ts';
import type { BuiltPiece } from './piece.ts';

/** A piece, looked for. */
export interface Measured {
  /** For each of {@link SEEDS} how many runs it took; null where the campaign did not find it. */
  readonly runs: readonly (number | null)[];
  /** What the campaign from the first seed found, shrunk. */
  readonly record: CounterexampleRecord;
}

/**
 * Lets campaigns look for a piece from every seed, by its property alone, as `xx fuzz` would.
 *
 * @throws Error when the one from the first seed does not find it.
 */
export async function measure(piece: BuiltPiece): Promise<Measured> {
  const [first, ...others] = SEEDS;
  const record = await found(piece, first!);
  if (record === null) throw new Error(`${piece.id}: ${piece.property} does not find ${piece.scheduler}`);
  const runs: (number | null)[] = [record.run];
  for (const seed of others) runs.push(await runsToFind(piece, seed));
  return { runs, record: record.record };
}

/** How many runs the campaign from a seed takes to find a piece; null when it does not. */
export async function runsToFind({ scheduler, property }: BuiltPiece, seed: number): Promise<number | null> {
  const violation = await search(contestantOfMutant(mutantNamed(scheduler)), [property], seed, false);
  return violation?.run ?? null;
}

async function found(
  { scheduler, property }: BuiltPiece,
  seed: number,
): Promise<{ run: number; record: CounterexampleRecord } | null> {
  const violation = await search(contestantOfMutant(mutantNamed(scheduler)), [property], seed, true);
  return violation && { run: violation.run, record: recordOfViolation(violation, { scheduler, seed }) };
}

/** What a campaign finds in a contestant by these properties, each on its own evidence; null when it finds nothing. */
export async function search(
  contestant: Contestant,
  properties: readonly PropertyId[],
  seed: number,
  shrink: boolean,
): Promise<CampaignViolation | null> {
  const { violations } = await runCampaign({
    contestant,
    seed,
    size: 'medium',
    properties,
    shrink,
    wanted: (runs) => MOST_RUNS - runs,
    onProgress: () => {},
  });
  return violations.find(({ finding }) => properties.includes(finding.property)) ?? null;
}

/** The wrong scheduler of a name. @throws Error when there is none. */
export function mutantNamed(name: string): Mutant {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant === undefined) throw new Error(`there is no wrong scheduler ${name}`);
  return mutant;
}
