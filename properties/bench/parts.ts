import fc from 'fast-check';
import { emptyTally } from '../../model/coverage.ts';
import { Judge } from '../../model/judge.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { plans } from '../arbitraries/plan.ts';
import { EVERYTHING } from '../play/asked.ts';
import { Director } from '../play/director.ts';
import { Referee } from '../play/referee.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { campaignLoop, judging } from './loops.ts';
import { alternate, type Contender, type Effort, type Spread, spreadOf } from './measure.ts';
import { type CampaignPart, type Recording, stepsOf } from './record.ts';

/** Where the time of a step goes, in µs. */
export interface PartFigures {
  /** fast-check draws a plan. */
  readonly generation: Spread;
  /** The director chooses the next stimulus. */
  readonly director: Spread;
  readonly reference: Spread;
  readonly judge: Spread;
  readonly checkers: Spread;
  /** Replays, near misses, refusals, and the code around them: the whole less the parts above. */
  readonly rest: Spread;
  readonly whole: Spread;
}

/** Times the parts of the campaign loop by themselves, on recorded runs; parts that need others, by difference. */
export async function measureParts(
  part: CampaignPart,
  recordings: readonly Recording[],
  effort: Effort,
): Promise<PartFigures> {
  const micros = await alternate(
    {
      generation: generating(part, recordings),
      reference: deciding(recordings),
      judge: judgingAndCounting(recordings),
      directorAndJudge: directing(recordings),
      judgeAndCheckers: checking(recordings),
      whole: campaignLoop(part, recordings, { scheduler: createXX() }),
    },
    effort,
  );
  const { generation, reference, judge, whole } = micros;
  const director = less(micros.directorAndJudge, judge);
  const checkers = less(micros.judgeAndCheckers, judge);
  const rest = less(whole, generation, director, reference, judge, checkers);
  return {
    generation: spreadOf(generation),
    director: spreadOf(director),
    reference: spreadOf(reference),
    judge: spreadOf(judge),
    checkers: spreadOf(checkers),
    rest: spreadOf(rest),
    whole: spreadOf(whole),
  };
}

function less(from: readonly number[], ...parts: readonly (readonly number[])[]): number[] {
  return from.map((micros, round) => parts.reduce((rest, part) => rest - part[round]!, micros));
}

function generating({ size, seed, runs }: CampaignPart, recordings: readonly Recording[]): Contender {
  const arbitrary = plans(size);
  return {
    steps: stepsOf(recordings),
    play: () => void fc.sample(arbitrary, { seed, numRuns: runs }),
  };
}

function deciding(recordings: readonly Recording[]): Contender {
  const scheduler = createXX();
  return {
    steps: stepsOf(recordings),
    play: () => {
      for (const { scenario } of recordings) {
        scheduler.reset(scenario.config);
        for (const { at, stimulus } of scenario.stimuli) scheduler.step(at, stimulus);
      }
    },
  };
}

/** The judge as a campaign keeps it: with a tally that many runs share. */
function judgingAndCounting(recordings: readonly Recording[]): Contender {
  const tally = emptyTally();
  return judging(recordings, (config) => new Judge(config, tally));
}

function directing(recordings: readonly Recording[]): Contender {
  const tally = emptyTally();
  return {
    steps: stepsOf(recordings),
    play: () => {
      for (const { plan, scenario, decisions } of recordings) {
        const judge = new Judge(scenario.config, tally);
        const director = new Director(plan);
        for (let index = 0; index < decisions.length; index++) {
          // The first step is `boot`, and what comes after the last gene drains the run.
          const gene = plan.genes[index - 1];
          if (gene !== undefined) director.next(judge.state, gene);
          const { at, stimulus } = scenario.stimuli[index]!;
          judge.step(at, stimulus, decisions[index]!);
        }
      }
    },
  };
}

/** The referee with a scheduler that only repeats what was recorded. */
function checking(recordings: readonly Recording[]): Contender {
  const tally = emptyCampaignTally();
  return {
    steps: stepsOf(recordings),
    play: () => {
      for (const { scenario, decisions } of recordings) {
        const referee = new Referee(scenario.config, reader(decisions), tally, EVERYTHING);
        for (const { at, stimulus } of scenario.stimuli) referee.play(at, stimulus);
      }
    },
  };
}

function reader(decisions: Recording['decisions']): Scheduler {
  let next = 0;
  return {
    name: 'reader',
    reset: () => {
      next = 0;
    },
    step: () => [...decisions[next++]!],
  };
}
