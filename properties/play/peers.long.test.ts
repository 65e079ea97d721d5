import { expect, test } from 'vitest';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { MUTANTS } from '../mutants/index.ts';
import { contestantOfMutant } from '../mutants/parts/mutant.ts';
import { PEERS as WRONG_PEERS } from '../mutants/peers/index.ts';

const RUNS = 2_000;
const SEEDS = [1, 2, 3, 4, 5];
const MINUTES = 60_000;

const OWED: readonly PropertyId[] = [
  'possible-decision',
  'conservation',
  'determinism',
  'refuses-alike',
  'everything-drains',
];

const PEERS = SCHEDULERS.filter(({ name }) => name !== 'xx' && !name.startsWith('xx-'));

test.each(PEERS)(
  '$name plays 2,000 runs of whatever happens',
  { timeout: 10 * MINUTES },
  async ({ name, create }) => {
    const promises = CATALOGUE.filter(({ promiseOf }) => promiseOf === name).map(({ id }) => id);
    const { violations } = await runCampaign({
      contestant: { scheduler: create() },
      seed: 1,
      size: 'medium',
      properties: [...OWED, ...promises],
      shrink: false,
      wanted: (begun) => RUNS - begun,
      onProgress: () => {},
    });
    expect(violations.map(({ finding }) => finding.message)).toEqual([]);
  },
);

test.each(WRONG_PEERS)(
  '$name is found alone from every seed',
  { timeout: 10 * MINUTES },
  async ({ name, rule }) => {
    for (const seed of SEEDS) {
      const { violations } = await runCampaign({
        contestant: contestantOfMutant(MUTANTS.find((mutant) => mutant.name === name)!),
        seed,
        size: 'medium',
        properties: [rule],
        shrink: false,
        wanted: (begun) => RUNS - begun,
        onProgress: () => {},
      });
      expect(violations[0]?.finding.property, `seed ${seed}`).toBe(rule);
    }
  },
);
