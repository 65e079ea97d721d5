import type { Size } from '../arbitraries/configuration.ts';
import { type CampaignViolation, runCampaign } from '../campaign/campaign.ts';
import type { PropertyId } from '../catalogue.ts';
import { contestantOfMutant, type Mutant } from '../mutants/parts/mutant.ts';
import { askedOf } from '../play/asked.ts';
import { BrokenScheduler } from '../play/referee.ts';
import { shrinkScenario } from '../shrinking/shrink.ts';
import { shortestOf } from './shortest.ts';
import type { Sought } from './sought.ts';

/** How teeth are measured. */
export interface TeethOptions {
  readonly seeds: readonly number[];
  /** How many runs a campaign may take to find a mutant. */
  readonly maxRuns: number;
  readonly size: Size;
  /** Whether what is found is shrunk and set beside the shortest possible, which takes longer than finding it. */
  readonly shrink: boolean;
}

/** What campaigns and exploration have found out about one mutant, with one property. */
export interface Teeth {
  readonly name: string;
  readonly property: PropertyId;
  /** One for each seed; null when the campaign has not found it by that property. */
  readonly bites: readonly (Bite | null)[];
  /**
   * Steps of the shortest scenario that exploration finds, boot included; null if none is as short as the longest that
   * was found.
   */
  readonly shortest: number | null;
}

/** What the campaign from one seed has found. */
export interface Bite {
  readonly runs: number;
  /** Of the scenario that shows it: shrunk, if that was asked for. */
  readonly steps: number;
}

/** Lets campaigns look for a mutant from every seed, by one property on its own evidence. */
export async function measureTeeth(mutant: Mutant, sought: Sought, options: TeethOptions): Promise<Teeth> {
  const bites: (Bite | null)[] = [];
  for (const seed of options.seeds) bites.push(await bite(mutant, sought, seed, options));
  const steps = Math.max(0, ...bites.map((each) => each?.steps ?? 0));
  const shortest = options.shrink ? await shortestOf(mutant, sought, steps) : null;
  return { name: mutant.name, property: sought.property, bites, shortest };
}

async function bite(
  mutant: Mutant,
  sought: Sought,
  seed: number,
  options: TeethOptions,
): Promise<Bite | null> {
  const violation = await look(mutant, sought, seed, options);
  if (violation === null) return null;
  const { run, scenario, finding } = violation;
  if (!options.shrink) return { runs: run, steps: scenario.stimuli.length };
  const shrunk = await shrinkScenario(scenario, finding, contestantOfMutant(mutant), {
    asked: askedOf([sought.property, ...sought.beside]),
  });
  return { runs: run, steps: shrunk.scenario.stimuli.length };
}

/** What a campaign finds by the property that is sought, as it finds it, or null. */
async function look(
  mutant: Mutant,
  { property, beside }: Sought,
  seed: number,
  { maxRuns, size }: TeethOptions,
): Promise<CampaignViolation | null> {
  try {
    const { violations } = await runCampaign({
      contestant: contestantOfMutant(mutant),
      seed,
      size,
      properties: [property, ...beside],
      shrink: false,
      wanted: (runs) => maxRuns - runs,
      onProgress: () => {},
    });
    return violations.find(({ finding }) => finding.property === property) ?? null;
  } catch (error) {
    if (!(error instanceof BrokenScheduler)) throw error;
    return null;
  }
}
