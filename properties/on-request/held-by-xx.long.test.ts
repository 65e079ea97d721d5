import { expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { timesMet } from '../play/tally.ts';

/** Large scenarios show what many medium ones do not: several of one class that come while a large one is passed over. */
test.each([
  ['medium', 20_000],
  ['large', 4_000],
] as const)(
  'XX holds bounded-preemption in %s scenarios, %i of them',
  async (size, most) => {
    const { violations, tally } = await runCampaign({
      contestant: { scheduler: createXX() },
      seed: 3,
      size,
      properties: ['bounded-preemption'],
      wanted: (runs) => most - runs,
      onProgress: () => {},
    });
    expect(violations).toEqual([]);
    expect(timesMet(tally, 'bounded-preemption')).toBeGreaterThan(10_000);
  },
  300_000,
);
