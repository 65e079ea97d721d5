import type { Scenario } from '../../model/configuration.ts';
import type { Finding } from '../checkers/checker.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import type { Run } from '../play/play.ts';
import { makesSense } from '../shrinking/knobs.ts';
import { shrinkScenario } from '../shrinking/shrink.ts';
import { isSmaller, sizeOf } from '../shrinking/size.ts';
import { canPlay, shownBy, type TextFinding } from './finding.ts';
import { watch } from './watch.ts';
import { isOfWorld, wander } from './worlds.ts';

/** How often something is seen in scenarios that are drawn at random. */
export interface Sought {
  readonly runs: number;
  /** In how many of them it was seen. */
  readonly seen: number;
  /** The first of those, counted from 1; null when there is none. */
  readonly first: number | null;
}

/** Looks for a finding in so many runs of its world with one scheduler: the repair, or who shows it. */
export function seek(finding: TextFinding, scheduler: string, runs: number): Sought {
  let seen = 0;
  let first: number | null = null;
  for (let run = 1; run <= runs; run++) {
    const scenario = wander(finding.world, run, createScheduler(scheduler));
    if (shownBy(finding, scheduler, scenario) === null) continue;
    seen++;
    first ??= run;
  }
  return { runs, seen, first };
}

/** Of several that are found and shrunk the smallest is kept: shrinking ends where no single step makes it smaller. */
const TRIED = 3;
const MOST_RUNS = 2_000;

/**
 * The smallest scenario that is found in which a finding shows, and in which its repair, which can play all of it, does not.
 *
 * @throws Error when there is none in {@link MOST_RUNS} runs.
 */
export async function smallest(finding: TextFinding): Promise<Scenario> {
  let best: Scenario | null = null;
  let tried = 0;
  for (let run = 1; run <= MOST_RUNS && tried < TRIED; run++) {
    const scenario = wander(finding.world, run, createScheduler(finding.scheduler));
    if (!tells(finding, scenario)) continue;
    tried++;
    const shrunk = await shrunken(finding, scenario);
    if (best === null || isSmaller(sizeOf(shrunk), sizeOf(best))) best = shrunk;
  }
  if (best === null) throw new Error(`${finding.id} does not show in ${MOST_RUNS} runs; look at its world`);
  return best;
}

/** Whether a scenario is one of the finding's world and tells the one who shows it from the repair. */
export function tells(finding: TextFinding, scenario: Scenario): boolean {
  const { scheduler, repair, world } = finding;
  if (!isOfWorld(scenario, world)) return false;
  if (shownBy(finding, scheduler, scenario) === null) return false;
  return (
    repair === null ||
    ((repair.runsOthers === true || canPlay(scenario, repair.scheduler)) &&
      shownBy(finding, repair.scheduler, scenario) === null)
  );
}

async function shrunken(finding: TextFinding, scenario: Scenario): Promise<Scenario> {
  const plays = (candidate: Scenario): Run | null => {
    if (!makesSense(candidate)) return null;
    const played = watch(candidate, createScheduler(finding.scheduler), () => () => null);
    const shown = tells(finding, played.scenario) ? LABEL : null;
    const { scenario: made, state } = played;
    return { scenario: made, decisions: played.steps.map((step) => step.decisions), finding: shown, state };
  };
  const contestant = { scheduler: createScheduler(finding.scheduler) };
  const { scenario: shrunk } = await shrinkScenario(scenario, LABEL, contestant, { plays });
  return shrunk;
}

/** Shrinking compares what is wrong by its property; what is looked for here has none, and is always the same. */
const LABEL: Finding = {
  property: 'conservation',
  rule: null,
  falls: [],
  step: 0,
  entity: 'the scenario',
  message: '',
};
