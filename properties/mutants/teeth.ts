import type { Size } from '../arbitraries/configuration.ts';
import { runCampaign, type Violation } from '../campaign/campaign.ts';
import { BrokenScheduler } from '../campaign/referee.ts';
import type { PropertyId } from '../catalogue.ts';
import { shrinkScenario } from '../shrinking/shrink.ts';
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
  /** Steps of the shortest scenario that exploration finds, boot included; null if none is as short as the longest bite. */
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
    const named = isNamed ? first : await look(mutant, seed, [mutant.rule], options);
    bites.push({ first: withoutScenario(first), named: named && (await shrunk(named, mutant, options)) });
  }
  const { name, rule } = mutant;
  const steps = Math.max(0, ...bites.map(({ named }) => named?.steps ?? 0));
  return { name, rule, bites, shortest: options.shrink ? await shortestOf(mutant, steps) : null };
}

interface Found extends Sighting {
  readonly violation: Violation | null;
}

/** What a campaign of the given properties finds, as it finds it, or null. */
async function look(
  mutant: Mutant,
  seed: number,
  properties: readonly PropertyId[],
  { maxRuns, size }: TeethOptions,
): Promise<Found | null> {
  let ran = 0;
  try {
    const { violations } = await runCampaign({
      contestant: { scheduler: mutant.create() },
      seed,
      size,
      properties,
      shrink: false,
      wanted: (runs) => maxRuns - runs,
      onProgress: ({ runs }) => {
        ran = runs;
      },
    });
    const violation = violations[0];
    if (violation === undefined) return null;
    const { finding, run, scenario } = violation;
    return { by: finding.property, runs: run, steps: scenario.stimuli.length, violation };
  } catch (error) {
    if (!(error instanceof BrokenScheduler)) throw error;
    return { by: 'broken', runs: ran, steps: 0, violation: null };
  }
}

async function shrunk(found: Found, mutant: Mutant, { shrink }: TeethOptions): Promise<Sighting> {
  const { violation } = found;
  if (!shrink || violation === null) return withoutScenario(found)!;
  const contestant = { scheduler: mutant.create() };
  const { scenario } = await shrinkScenario(violation.scenario, violation.finding, contestant);
  return { ...withoutScenario(found)!, steps: scenario.stimuli.length };
}

function withoutScenario(found: Found | null): Sighting | null {
  return found && { by: found.by, runs: found.runs, steps: found.steps };
}
