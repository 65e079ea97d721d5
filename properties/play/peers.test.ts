import { expect, test } from 'vitest';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { timesMet } from './tally.ts';

/** What every scheduler owes, whatever it decides: it is judged by what is possible, and not by XX's rules. */
const OWED: readonly PropertyId[] = [
  'possible-decision',
  'conservation',
  'determinism',
  'refuses-alike',
  'everything-drains',
];

/** All but XX and what is built from it. */
const PEERS = SCHEDULERS.filter(({ name }) => name !== 'xx' && !name.startsWith('xx-'));

/** More runs are played by `peers.long.test.ts`. */
const RUNS = 12;

test.each(PEERS)('$name plays whatever happens, and keeps what it promises', async ({ name, create }) => {
  const promises = CATALOGUE.filter(({ promiseOf }) => promiseOf === name).map(({ id }) => id);
  const { violations, tally } = await runCampaign({
    contestant: { scheduler: create() },
    seed: 1,
    size: 'medium',
    properties: [...OWED, ...promises],
    shrink: false,
    wanted: (begun) => RUNS - begun,
    onProgress: () => {},
  });
  expect(violations.map(({ finding }) => finding.message)).toEqual([]);
  for (const id of [...OWED, ...promises]) expect(timesMet(tally, id), id).toBeGreaterThan(0);
});
