import { isDeepStrictEqual } from 'node:util';
import type { Scenario } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { inLockstep } from '../../reference-impl/scheduler.ts';
import { breathe } from '../breathe.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type Asked, EVERYTHING } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import type { Run } from '../play/play.ts';
import { BrokenScheduler } from '../play/referee.ts';
import { decidedBy } from '../play/reruns.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { withoutBudgets } from './budgets.ts';
import { withoutComings } from './comings.ts';
import { withOneInstead } from './exchanges.ts';
import { withoutFamilies } from './families.ts';
import { focused } from './focus.ts';
import { makesSense } from './knobs.ts';
import type { Decided } from './lives.ts';
import { withMachinesMerged } from './merging.ts';
import {
  withFewerCalls,
  withFewForAnother,
  withLessForAnother,
  withOneLess,
  withPlainNames,
  withTwoLess,
} from './reductions.ts';
import {
  withOneForTwo,
  withoutFew,
  withoutInvocations,
  withoutOne,
  withoutParts,
  withoutRuns,
} from './removals.ts';
import { shorterWays } from './shorter-ways.ts';
import { isSmaller, sizeOf } from './size.ts';
import { withoutSizes } from './sizes.ts';

/** A scenario and what is wrong in it. */
export interface Shrunk {
  readonly scenario: Scenario;
  readonly finding: Finding;
  /** Whether it was not wrong when the same scenario was played again. */
  readonly onlyOnce?: true;
}

export interface ShrinkOptions {
  /** What candidates are judged by; by default everything. */
  readonly asked?: Asked;
  /**
   * How a candidate is played, and whether what is wrong is wrong in it; null when it makes no sense. By default the contestant
   * plays it and is judged.
   */
  readonly plays?: (candidate: Scenario) => Run | null;
  /** Asked every few candidates; true ends the search with the best found so far. */
  readonly interrupted?: () => boolean;
  readonly onProgress?: (progress: { steps: number; tried: number }) => void;
}

/** What candidates cover is of no interest, and a tally for each would cost more than playing it. */
const UNREAD = emptyCampaignTally();

/** Yields candidates, and is told how each went; null when it makes no sense. */
type Pass = (scenario: Scenario, contestant: Contestant) => Generator<Scenario, void, Run | null>;

/** A pass that asks what the scheduler decides in the scenario. */
function asDecided(pass: (scenario: Scenario, decided: Decided) => Generator<Scenario>): Pass {
  return (scenario, { scheduler }) => pass(scenario, decidedBy(scheduler, scenario));
}

/** The passes that remove much at once come first, those that take long come last. */
const PASSES: readonly Pass[] = [
  asDecided(focused),
  withoutRuns,
  asDecided(withoutBudgets),
  asDecided(withoutFamilies),
  asDecided(withoutComings),
  asDecided(withMachinesMerged),
  asDecided(withOneInstead),
  asDecided(withoutSizes),
  withoutInvocations,
  withOneForTwo,
  withoutOne,
  withoutParts,
  withoutFew,
  withFewerCalls,
  withOneLess,
  withLessForAnother,
  withFewForAnother,
  withTwoLess,
];

/** How the search for something smaller ended: `over` is that enough was played. */
type Outcome = 'improved' | 'not' | 'over' | 'interrupted';

/** This many candidates are played before signals, timers and progress have their turn. */
const BREATHE_EVERY = 16;

/** After this many stimuli played in vain since the last success, what is left is small enough. */
const MOST_IN_VAIN = 150_000;

/**
 * After this many in all, and so many more for each stimulus that there was, the wait is no longer worth it: vast numbers
 * take very many small steps.
 */
const MOST_PLAYED = 100_000;
const MORE_FOR_EACH = 1_000;

/** A process that has broken so often in a row is not started for another candidate: that takes longer than any step. */
const MOST_BROKEN = 20;

/**
 * Reduces a failing scenario until no removal and no smaller number still fails: of stimuli, one, two or three at a
 * time, of parts of the cluster, of numbers, alone and in pairs; and until no stimulus can be traded for another
 * number. Whatever only fills something up goes together with what it fills: invocations with their turns and with RAM,
 * swap or budget. A candidate counts when the same property fails in it and it is smaller ({@link sizeOf}).
 *
 * The same scenario and contestant give the same result, unless it is interrupted.
 */
export async function shrinkScenario(
  scenario: Scenario,
  finding: Finding,
  contestant: Contestant,
  { asked = EVERYTHING, plays, interrupted = () => false, onProgress = () => {} }: ShrinkOptions = {},
): Promise<Shrunk> {
  const isProcess = contestant.settle !== undefined;
  let broken = 0;
  const playedFrom = (by: Contestant) => (candidate: Scenario) =>
    playedBy(by, candidate, finding.property, asked);
  const play = plays ?? playedFrom(contestant);
  const playedAgain = (candidate: Scenario): Run | null => {
    const run = play(candidate);
    if (run !== null && run !== 'broken') broken = 0;
    if (run === 'broken' && isProcess) broken++;
    return run === 'broken' ? null : run;
  };
  const again = playedAgain(scenario);
  // What is wrong with the run as a whole, and not with a scenario, may not come again.
  if (again?.finding?.property !== finding.property) return { scenario, finding, onlyOnce: true };
  let best: Shrunk = { scenario: again.scenario, finding: again.finding };
  let size = sizeOf(best.scenario);
  let tried = 0;
  let inVain = 0;
  let played = 0;
  const mostPlayed = MOST_PLAYED + MORE_FOR_EACH * scenario.stimuli.length;
  const keeps = ({ scenario: candidate, finding: found }: Run): boolean => {
    if (found?.property !== finding.property) return false;
    const smaller = sizeOf(candidate);
    if (!isSmaller(smaller, size)) return false;
    best = { scenario: candidate, finding: found };
    size = smaller;
    return true;
  };
  /** Looks for the first candidate of a pass that counts. */
  const improvedBy = async (pass: Pass, mostInVain: number): Promise<Outcome> => {
    const candidates = pass(best.scenario, contestant);
    let next = candidates.next();
    while (!next.done) {
      const candidate = next.value;
      if (++tried % BREATHE_EVERY === 0) {
        onProgress({ steps: best.scenario.stimuli.length, tried });
        await breathe();
        if (interrupted()) return 'interrupted';
      }
      inVain += candidate.stimuli.length;
      played += candidate.stimuli.length;
      if (inVain > mostInVain || played > mostPlayed || broken >= MOST_BROKEN) return 'over';
      const run = playedAgain(candidate);
      if (run !== null && keeps(run)) {
        inVain = 0;
        return 'improved';
      }
      next = candidates.next(run);
    }
    return 'not';
  };
  /** Goes through the passes until none improves it. */
  const reduce = async (): Promise<Outcome> => {
    inVain = 0;
    for (let improved = true; improved; ) {
      improved = false;
      for (const pass of PASSES) {
        let outcome = await improvedBy(pass, MOST_IN_VAIN);
        while (outcome === 'improved') {
          improved = true;
          outcome = await improvedBy(pass, MOST_IN_VAIN);
        }
        if (outcome !== 'not') return outcome;
      }
    }
    return 'not';
  };
  while ((await reduce()) !== 'interrupted') {
    // This pass limits by itself how much it plays.
    if ((await improvedBy(shorterWays, Number.POSITIVE_INFINITY)) !== 'improved') break;
  }
  const shortest = named(best, playedAgain);
  // A process that errs by chance errs in some candidate in the end, and not in that one again.
  // Nothing is sent ahead now: whoever is blamed has been asked one thing at a time.
  const confirmedBy = plays ?? playedFrom({ ...contestant, scheduler: inLockstep(contestant.scheduler) });
  for (let confirmed = 0; isProcess && !interrupted() && confirmed < CONFIRMATIONS; confirmed++) {
    const run = confirmedBy(shortest.scenario);
    if (run === 'broken' || run?.finding?.property !== finding.property)
      return { scenario, finding, onlyOnce: true };
  }
  return shortest;
}

const CONFIRMATIONS = 3;

/** Gives invocations the plainest names in which the same thing is wrong at the same step. */
function named(best: Shrunk, playedAgain: (candidate: Scenario) => Run | null): Shrunk {
  for (const candidate of withPlainNames(best.scenario)) {
    const run = playedAgain(candidate);
    const { finding } = run ?? {};
    const same = finding?.property === best.finding.property && finding.step === best.finding.step;
    if (same && isDeepStrictEqual(run!.scenario, candidate)) return { scenario: candidate, finding };
  }
  return best;
}

/** Null when the candidate makes no sense; where the scheduler breaks on it, that shows something else. */
function playedBy(
  contestant: Contestant,
  candidate: Scenario,
  property: PropertyId,
  asked: Asked,
): Run | 'broken' | null {
  if (!makesSense(candidate)) return null;
  try {
    return playScenario(candidate, contestant, UNREAD, { property, asked });
  } catch (error) {
    if (error instanceof BrokenScheduler) return 'broken';
    if (error instanceof InputError) return null;
    throw error;
  }
}
