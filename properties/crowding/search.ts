import type { Scenario } from '../../model/configuration.ts';
import { type CampaignViolation, runCampaign } from '../campaign/campaign.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { askedOf } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { bySize } from '../records/keep.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import type { Strength } from './strengths.ts';

/** How hard somebody is looked for. */
export interface SearchEffort {
  readonly seeds: readonly number[];
  /** Of the campaign from each seed. */
  readonly runs: number;
}

/** The smallest scenario of several campaigns in which a scheduler lets one be crowded, or null. */
export async function smallestCrowding(
  scheduler: string,
  strength: Strength,
  { seeds, runs }: SearchEffort,
): Promise<CounterexampleRecord | null> {
  const contestant = contestantOf({ scheduler });
  const records: CounterexampleRecord[] = [];
  try {
    for (const seed of seeds) {
      const { violations } = await runCampaign({
        contestant,
        seed,
        size: 'medium',
        properties: [strength],
        wanted: (begun) => runs - begun,
        onProgress: () => {},
      });
      const found = violations.find(({ finding }) => finding.property === strength);
      if (found !== undefined)
        records.push(recordOfViolation(withRoom(found, contestant), { scheduler, seed }));
    }
  } finally {
    contestant.close();
  }
  return records.toSorted(bySize)[0] ?? null;
}

/** More than anybody needs in a scenario that was shrunk, in MB. */
const ROOM_MB = 10;

/**
 * The same with room in every machine, if it is as wrong then: what is shrunk has no MB that it can do without, so that a
 * scheduler with an idea of memory would kill where the other one only crowds.
 */
function withRoom(found: CampaignViolation, contestant: Contestant): CampaignViolation {
  const { config, stimuli } = found.scenario;
  const machines = config.machines.map(({ cores }) => ({ cores, ram: ROOM_MB, swap: ROOM_MB }));
  const roomy: Scenario = { config: { ...config, machines }, stimuli };
  const { property } = found.finding;
  const { scenario, finding } = playScenario(roomy, contestant, emptyCampaignTally(), {
    asked: askedOf([property]),
  });
  return finding?.property === property && finding.step === found.finding.step
    ? { ...found, scenario, finding }
    : found;
}
