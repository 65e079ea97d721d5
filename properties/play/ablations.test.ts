import { describe, expect, test } from 'vitest';
import { ABLATIONS } from '../../reference-impl/peers/ablations.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { timesMet } from '../play/tally.ts';

const OF_THE_SHARD: readonly PropertyId[] = ['place-greatest', 'bounded-overtaking'];
const OF_THE_MACHINE: readonly PropertyId[] = [
  'run-the-highest',
  'no-priority-inversion',
  'no-crowding-on-a-machine',
  'start-highest',
  'preempt-outranked',
  'page-out-lowest',
  'page-in-to-run',
  'grant-to-run',
  'disk-works',
  'will-run-runs',
  'no-thrash',
  'disk-priority',
  'steady',
  'lent',
  'nothing-swapped-for-a-lower-class',
  'kill-iff',
  'kills-are-the-last-resort',
];

/** What each ablation breaks by design; it keeps whatever else XX keeps. */
const BREAKS: Readonly<Record<string, readonly PropertyId[]>> = {
  'xx-placement-only': OF_THE_MACHINE,
  'xx-machine-only': OF_THE_SHARD,
  'xx-fifo': [...OF_THE_SHARD, ...OF_THE_MACHINE],
  'xx-class-aware': ['place-least-loaded'],
  'xx-class-aware-polling': ['place-least-loaded', 'idle-list-true'],
  'xx-no-idle-list': ['idle-list-true'],
  'xx-no-aging': [...OF_THE_SHARD, 'bounded-low-class-starvation'],
};

/** In a shard without classes nobody overtakes, so this is never put to the test there; and none has a twin. */
const NEVER_MET: Readonly<Record<string, readonly PropertyId[]>> = {
  'xx-machine-only': ['bounded-low-class-starvation'],
  'xx-fifo': ['bounded-low-class-starvation'],
};

/** What a scheduler can break and XX keeps, and what XX keeps of what is judged on request. */
const OF_XX = CATALOGUE.filter(
  ({ id, ofTheModel, onRequest }) =>
    ofTheModel === undefined && onRequest === undefined && id !== 'immer-equals-direct',
).map(({ id }) => id);

async function campaign(name: string, properties: readonly PropertyId[], runs: number) {
  return runCampaign({
    contestant: { scheduler: createScheduler(name) },
    seed: 1,
    size: 'medium',
    properties,
    shrink: false,
    wanted: (begun) => runs - begun,
    onProgress: () => {},
  });
}

describe('an ablation of XX', () => {
  test('has its place in this table', () => {
    expect(Object.keys(BREAKS).sort()).toEqual(ABLATIONS.map(({ name }) => name).sort());
  });

  for (const { name, summary } of ABLATIONS) {
    const breaks = BREAKS[name] ?? [];

    test.each(breaks)(`${name} (${summary}) breaks %s, on its own evidence`, async (id) => {
      const { violations } = await campaign(name, [id], 100);
      expect(violations[0]?.finding.property).toBe(id);
    });

    test(`${name} keeps everything else, and it is put to the test`, async () => {
      const kept = OF_XX.filter((id) => !breaks.includes(id));
      const { violations, tally } = await campaign(name, kept, 50);
      expect(violations).toEqual([]);
      expect(kept.filter((id) => timesMet(tally, id) === 0)).toEqual(NEVER_MET[name] ?? []);
    });
  }
});
