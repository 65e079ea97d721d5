import fc from 'fast-check';
import { emptyTally } from '../../model/coverage.ts';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { runCampaign } from '../campaign/campaign.ts';
import type { Contestant } from '../play/contestant.ts';
import { alternate, type Contender, type Effort, perSecond, ratios, type Spread } from './measure.ts';
import { type CampaignPart, type Recording, stepsOf } from './record.ts';
import { stockProperty } from './stock/commands.ts';
import { StockJudge } from './stock/judge.ts';

/** Steps a second of the campaign loop and of its judge, against the stock build of the same. */
export interface LoopFigures {
  /** Generation, director, reference, judge, checkers, and the replays that `runCampaign` adds. */
  readonly campaign: Spread;
  /** Generation by fast-check, the same reference, the stock judge; no checkers and no replays. */
  readonly stockCampaign: Spread;
  readonly campaignRatio: Spread;
  /** Only the judging of recorded traces. */
  readonly judge: Spread;
  readonly stockJudge: Spread;
  readonly judgeRatio: Spread;
}

/** Times both builds on the same runs, in turn. */
export async function measureLoops(
  part: CampaignPart,
  recordings: readonly Recording[],
  effort: Effort,
): Promise<LoopFigures> {
  const tally = emptyTally();
  const micros = await alternate(
    {
      campaign: campaignLoop(part, recordings, { scheduler: createXX() }),
      stockCampaign: stockLoop(recordings),
      judge: judging(recordings, (config) => new Judge(config, tally)),
      stockJudge: judging(recordings, (config) => new StockJudge(config)),
    },
    effort,
  );
  return {
    campaign: perSecond(micros.campaign),
    stockCampaign: perSecond(micros.stockCampaign),
    campaignRatio: ratios(micros.stockCampaign, micros.campaign),
    judge: perSecond(micros.judge),
    stockJudge: perSecond(micros.stockJudge),
    judgeRatio: ratios(micros.stockJudge, micros.judge),
  };
}

/**
 * Times the campaign loop with a twin under immer, which plays some runs once more. To be measured last: once the
 * recipes of the reference have been given proxies, the engine compiles them for proxies too, and they stay slower.
 */
export async function measureLoopWithTwin(
  part: CampaignPart,
  recordings: readonly Recording[],
  effort: Effort,
): Promise<Spread> {
  const contestant = { scheduler: createXX(), twin: createXX({ mode: 'immer' }) };
  const { micros } = await alternate({ micros: campaignLoop(part, recordings, contestant) }, effort);
  return perSecond(micros);
}

/** The campaign loop. It grows the recorded scenarios again from their seed. */
export function campaignLoop(
  { size, seed, runs }: CampaignPart,
  recordings: readonly Recording[],
  contestant: Contestant,
): Contender {
  const options = { contestant, seed, size, properties: [], onProgress: () => {} };
  return {
    steps: stepsOf(recordings),
    play: async () => {
      const { violations } = await runCampaign({ ...options, wanted: (played) => runs - played });
      if (violations.length > 0) throw new Error(violations[0]!.finding.message);
    },
  };
}

/** The stock loop: one property a recorded run, since each has its own length. */
function stockLoop(recordings: readonly Recording[]): Contender {
  const scheduler = createXX();
  const properties = recordings.map(({ scenario }) => stockProperty(scenario, scheduler));
  return {
    steps: stepsOf(recordings),
    play: () => {
      for (const property of properties) fc.assert(property, { seed: 1, numRuns: 1 });
    },
  };
}

type AnyJudge = Pick<Judge, 'step'> | Pick<StockJudge, 'step'>;

/** Judges recorded traces. */
export function judging(
  recordings: readonly Recording[],
  judgeFor: (config: Recording['scenario']['config']) => AnyJudge,
): Contender {
  return {
    steps: stepsOf(recordings),
    play: () => {
      for (const { scenario, decisions } of recordings) {
        const judge = judgeFor(scenario.config);
        for (let index = 0; index < decisions.length; index++) {
          const { at, stimulus } = scenario.stimuli[index]!;
          if (judge.step(at, stimulus, decisions[index]!) !== null) {
            throw new Error(`step ${index + 1} is refused`);
          }
        }
      }
    },
  };
}
