import { expect, test } from 'vitest';
import { contestantOf } from '../contestants/contestants.ts';
import { BLOCK, type BlockTask } from './block.ts';
import { type CampaignResult, runCampaign } from './campaign.ts';
import { runStretch } from './stretch.ts';

const how = { seed: 4, size: 'small', properties: [], onProgress() {} } as const;
const RUNS = 6 * BLOCK;

/** A campaign whose blocks are played elsewhere, three at a time; instead of a block's result comes a prefix of so many blocks. */
function campaign(scheduler: string, prefixes: Readonly<Record<number, number>>): Promise<CampaignResult> {
  const contestant = contestantOf({ scheduler });
  const rest = { size: how.size, properties: [], except: [], without: [] };
  const stretch = (block: number, count: number) =>
    runStretch({ seed: how.seed, block, count, ...rest }, contestant);
  return runCampaign({
    ...how,
    contestant,
    shrink: false,
    wanted: (runs) => RUNS - runs,
    elsewhere: {
      parallel: () => 3,
      run: async ({ block, count }: BlockTask) => {
        const blocks = prefixes[block];
        if (blocks === undefined) return stretch(block, count);
        return { upTo: blocks * BLOCK, result: stretch(0, blocks * BLOCK) };
      },
    },
  });
}

/** The campaigns without prefixes that others are compared with, each made once. */
const alone = {
  xx: campaign('xx', {}),
  'never-preempts': campaign('never-preempts', {}),
};

test.each([
  ['at the beginning', { 0: 2, 1: 2 }],
  ['after some blocks were counted', { 2: 4, 3: 4 }],
  ['that is longer than blocks which come by themselves', { 1: 4 }],
  ['that is shorter than what was counted', { 0: 3, 1: 1, 2: 3, 4: 2 + 3 }],
  ['of everything', { 3: 6, 4: 6, 5: 6 }],
])('a prefix counts each run once, %s', async (_, prefixes) => {
  const { runs, tally } = await campaign('xx', prefixes);
  expect(runs).toBe(RUNS);
  expect(tally).toEqual((await alone.xx).tally);
});

test.each<Record<number, number>>([{ 0: 6 }, { 0: 1, 1: 2 }, { 1: 4 }])(
  'what a prefix has found is found in the same run: %o',
  async (prefixes) => {
    const { violations, runs } = await campaign('never-preempts', prefixes);
    const whole = await alone['never-preempts'];
    expect(violations).toEqual(whole.violations);
    expect(runs).toBe(whole.runs);
    expect(violations).toHaveLength(1);
  },
);
