import type { Size } from '../arbitraries/configuration.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { BrokenScheduler } from '../campaign/referee.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Mutant } from './mutant.ts';
import { shortestOf } from './shortest.ts';

/** How teeth are measured. */
export interface TeethOptions {
  readonly seeds: readonly number[];
  /** How many runs a campaign may take to find a mutant. */
  readonly maxRuns: number;
  readonly size: Size;
  /** Whether what is found is shrunk and set beside the shortest possible, which takes longer than finding it. */
  readonly shrink: boolean;
}

/** What campaigns and exploration have found out about one mutant. */
export interface Teeth {
  readonly name: string;
  readonly rule: PropertyId;
  /** One for each seed. */
  readonly bites: readonly Bite[];
  /** Steps of the shortest scenario that shows it, boot included, where exploration reaches it. */
  readonly shortest: number | null;
}

/** What the campaign from one seed has found. */
export interface Bite {
  /** What found it first, and after how many runs; null when nothing did. */
  readonly first: Sighting | null;
  /** What the rule or property that its file names has found. */
  readonly named: Sighting | null;
}

export interface Sighting {
  readonly by: PropertyId | 'broken';
  readonly runs: number;
  /** Of the scenario that shows it: shrunk, if that was asked for. */
  readonly steps: number;
}

/** Lets campaigns look for a mutant from every seed: first with all properties, then with the one that it is for. */
export async function measureTeeth(mutant: Mutant, options: TeethOptions): Promise<Teeth> {
  const bites: Bite[] = [];
  for (const seed of options.seeds) {
    const first = await look(mutant, seed, [], options);
    const isNamed = first === null || first.by === mutant.rule;
    bites.push({ first, named: isNamed ? first : await look(mutant, seed, [mutant.rule], options) });
  }
  const { name, rule } = mutant;
  return { name, rule, bites, shortest: options.shrink ? await shortestOf(mutant) : null };
}

/** What a campaign of the given properties finds, or null. */
async function look(
  mutant: Mutant,
  seed: number,
  properties: readonly PropertyId[],
  { maxRuns, size, shrink }: TeethOptions,
): Promise<Sighting | null> {
  let ran = 0;
  try {
    const { violations } = await runCampaign({
      contestant: { scheduler: mutant.create() },
      seed,
      size,
      properties,
      shrink,
      wanted: (runs) => maxRuns - runs,
      onProgress: ({ runs }) => {
        ran = runs;
      },
    });
    const violation = violations[0];
    if (violation === undefined) return null;
    const { finding, run, scenario } = violation;
    return { by: finding.property, runs: run, steps: scenario.stimuli.length };
  } catch (error) {
    if (!(error instanceof BrokenScheduler)) throw error;
    return { by: 'broken', runs: ran, steps: 0 };
  }
}
