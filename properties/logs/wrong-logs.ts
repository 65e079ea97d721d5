import type { Scenario, Trace } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { contestantOfMutant, type Mutant } from '../mutants/parts/mutant.ts';
import { BrokenScheduler } from '../play/referee.ts';
import { maskedLines, verdictOnLines } from './masked-verdict.ts';
import type { Mask } from './masks.ts';
import { traceOf } from './traces.ts';

/** What a wrong scheduler and the reference make of the same stimuli, up to the step in which the judge refuses the former. */
export interface WrongTrace {
  readonly wrong: Trace;
  readonly right: Trace;
}

/** What a mask leaves of a wrong scheduler. */
export interface UnderMask {
  /** Whether a log under the mask tells it from the reference at all. */
  readonly shows: boolean;
  /** Whether one that does is refused. */
  readonly refused: boolean;
}

/**
 * Traces in which the rules refuse a wrong scheduler: what campaigns from these seeds find, not shrunk. None of one that
 * breaks no rule in any trace, or uses optional words.
 */
export async function wrongTracesOf(
  mutant: Mutant,
  seeds: readonly number[],
  mostRuns: number,
): Promise<readonly WrongTrace[]> {
  const found: WrongTrace[] = [];
  for (const seed of seeds) {
    const scenario = await violatingScenario(mutant, seed, mostRuns);
    if (scenario === null || !isMaskable(scenario)) continue;
    const wrong = traceOf(scenario, mutant.create());
    const refusedAt = refusedStep(wrong);
    if (refusedAt === null) continue;
    const stimuli = scenario.stimuli.slice(0, refusedAt);
    const steps = wrong.steps.slice(0, refusedAt);
    found.push({
      wrong: { config: wrong.config, steps },
      right: traceOf({ config: scenario.config, stimuli }, createXX()),
    });
  }
  return found;
}

/** Whether a log of it may leave something out: not where paging takes time, nor with words beside those of XX. */
function isMaskable({ config }: Scenario): boolean {
  return config.words === undefined && config.paging === undefined;
}

async function violatingScenario(mutant: Mutant, seed: number, mostRuns: number): Promise<Scenario | null> {
  try {
    const { violations } = await runCampaign({
      contestant: contestantOfMutant(mutant),
      seed,
      size: 'medium',
      properties: [],
      shrink: false,
      wanted: (runs) => mostRuns - runs,
      onProgress: () => {},
    });
    return violations[0]?.scenario ?? null;
  } catch (error) {
    if (error instanceof BrokenScheduler) return null;
    throw error;
  }
}

/** The step that the judge of whole traces refuses, counted from 1; null when it refuses none. */
function refusedStep({ config, steps }: Trace): number | null {
  const judge = new Judge(config);
  for (const { at, stimulus, decisions } of steps) {
    try {
      if (judge.step(at, stimulus, decisions) !== null) return judge.steps;
    } catch (error) {
      if (error instanceof ImpossibleStimulus) return null;
      throw error;
    }
  }
  return null;
}

/**
 * What a mask leaves of a wrong scheduler. It *shows* if the log that the mask leaves of one of its traces differs from
 * the log that it leaves of the reference's trace of the same stimuli.
 */
export function underMask(traces: readonly WrongTrace[], mask: Mask): UnderMask {
  let shows = false;
  for (const { wrong, right } of traces) {
    const lines = maskedLines(wrong, mask);
    if (lines.join('\n') === maskedLines(right, mask).join('\n')) continue;
    shows = true;
    if (isRefused(lines)) return { shows, refused: true };
  }
  return { shows, refused: false };
}

/** Whether a log is refused for what it says: neither accepted, nor undecided, nor bad input. */
function isRefused(lines: readonly string[]): boolean {
  try {
    const { violation, judge } = verdictOnLines(lines);
    return violation !== null && judge.boundReachedAt === null;
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return false;
    throw error;
  }
}
