import { expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { timesMet } from '../play/tally.ts';

test.each(['no-crowding-on-a-machine', 'bounded-preemption'] as const)(
  'XX holds %s, though nobody asks it to unless it is named',
  async (property) => {
    const { violations, tally } = await runCampaign({
      contestant: { scheduler: createXX() },
      seed: 1,
      size: 'medium',
      properties: [property],
      wanted: (runs) => 200 - runs,
      onProgress: () => {},
    });
    expect(violations).toEqual([]);
    expect(timesMet(tally, property)).toBeGreaterThan(100);
  },
);
