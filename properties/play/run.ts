import type { PartId, TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { narrowed } from '../../model/parts.ts';
import { impossibility } from '../../model/stimuli.ts';
import { LacksParts } from '../../reference-impl/exec/lacks-parts.ts';
import { withWordsOf } from '../../reference-impl/scheduler.ts';
import { type Plan, planWithout } from '../arbitraries/plan.ts';
import type { PropertyId } from '../catalogue.ts';
import { type Asked, EVERYTHING } from './asked.ts';
import { type Contestant, lacksOf } from './contestant.ts';
import { Director } from './director.ts';
import { Play, type Run } from './play.ts';
import type { CampaignTally } from './tally.ts';
import { OF_WHOLE_RUNS } from './whole-runs.ts';

/**
 * How closely a run is looked at when it is over: not at all; played and judged again; or also played by the twin and
 * offered everything that is impossible, which takes as long as twenty runs.
 */
export type Scrutiny = 'plain' | 'again' | 'thorough';

const AGAIN_EVERY = 16;
const THOROUGHLY_EVERY = 128;

/**
 * How closely the run of this number in a campaign, from 0, is looked at. The first gets everything; where a property of
 * whole runs is all that is asked, every run is looked at.
 */
export function scrutinyOf(run: number, { properties }: Asked = EVERYTHING): Scrutiny {
  if (properties.some((id) => OF_WHOLE_RUNS.includes(id)))
    return run % AGAIN_EVERY === 0 ? 'thorough' : 'again';
  if (run % THOROUGHLY_EVERY === 0) return 'thorough';
  return run % AGAIN_EVERY === 0 ? 'again' : 'plain';
}

/**
 * Grows a scenario from a plan while the scheduler plays it, judged at every step. What a process says of parts that it
 * lacks narrows the plan.
 */
export function playPlan(
  plan: Plan,
  contestant: Contestant,
  tally: CampaignTally,
  scrutiny: Scrutiny = 'plain',
  asked: Asked = EVERYTHING,
): Run {
  return withWhatItHas(contestant, tally, (lacks) =>
    grown(planWithout(plan, lacks), contestant, tally, scrutiny, asked),
  );
}

/** Plays without the parts that a process lacks: once more if it says so with its first answer, which nobody has judged. */
function withWhatItHas(
  contestant: Contestant,
  tally: CampaignTally,
  play: (lacks: readonly PartId[]) => Run,
): Run {
  const { steps } = tally;
  try {
    return play(lacksOf(contestant));
  } catch (error) {
    if (!(error instanceof LacksParts)) throw error;
    tally.steps = steps;
    return play(lacksOf(contestant));
  }
}

function grown(
  plan: Plan,
  contestant: Contestant,
  tally: CampaignTally,
  scrutiny: Scrutiny,
  asked: Asked,
): Run {
  const play = new Play(withWordsOf(contestant.scheduler, plan.config), contestant, tally, asked);
  play.step({ at: 0, stimulus: { type: 'boot' } });
  goOn(play, plan, scrutiny, asked);
  return play.result();
}

/** @param taken ids that are in use. */
function goOn(
  play: Play,
  plan: Plan,
  scrutiny: Scrutiny,
  asked: Asked,
  taken: ReadonlySet<number> = new Set(),
): void {
  const director = new Director(plan, taken);
  for (const gene of plan.genes) {
    if (play.over) return;
    play.step(director.next(play.state, gene));
  }
  if (scrutiny !== 'plain') play.rerun(scrutiny === 'thorough');
  if (plan.habits.drain || asked.properties.includes('everything-drains')) play.drain();
  if (scrutiny !== 'plain') play.exceed();
}

/**
 * Plays a scenario, and goes on from where it ends by a plan whose cluster does not matter, judged at every step.
 *
 * @param start stimuli that are not possible are left out.
 */
export function playOnwards(
  start: Scenario,
  plan: Plan,
  contestant: Contestant,
  tally: CampaignTally,
  scrutiny: Scrutiny = 'plain',
  asked: Asked = EVERYTHING,
): Run {
  return withWhatItHas(contestant, tally, (lacks) => {
    const { stimuli } = start;
    const config = narrowed(start.config, lacks);
    const { weights, habits, genes } = plan;
    const play = played({ config, stimuli }, contestant, tally, asked);
    const onwards = planWithout({ config, weights, habits, genes }, config.without ?? []);
    goOn(play, onwards, scrutiny, asked, idsOf(stimuli));
    return play.result();
  });
}

function idsOf(stimuli: readonly TimedStimulus[]): Set<number> {
  const ids = stimuli.flatMap(({ stimulus }) =>
    stimulus.type === 'submit' || stimulus.type === 'call' ? [stimulus.id] : [],
  );
  return new Set(ids);
}

/**
 * Plays a concrete scenario, judged at every step. Stimuli that are not possible are left out, so that a scenario
 * with parts taken away still makes sense.
 *
 * @param how.property also put to the test at the end, if it is one that looks at a whole run.
 */
export function playScenario(
  scenario: Scenario,
  contestant: Contestant,
  tally: CampaignTally,
  { property, asked = EVERYTHING }: { property?: PropertyId; asked?: Asked } = {},
): Run {
  const play = played(scenario, contestant, tally, asked);
  if (property !== undefined) play.putToTheTest(property);
  return play.result();
}

/**
 * Plays a concrete scenario and looks at it again at its end, as at some runs of a campaign. Stimuli that are not
 * possible are left out.
 *
 * @returns the scenario as it was played, without what was asked at its end unless that has found something.
 */
export function playAgain(
  scenario: Scenario,
  contestant: Contestant,
  tally: CampaignTally,
  asked: Asked = EVERYTHING,
): Run {
  return withWhatItHas(contestant, tally, (lacks) => {
    const within = { ...scenario, config: narrowed(scenario.config, lacks) };
    const play = played(within, contestant, tally, asked);
    const { config, stimuli } = play.result().scenario;
    const before = { config, stimuli: [...stimuli] };
    play.rerun(false);
    const run = play.result();
    return run.finding === null ? { ...run, scenario: before } : run;
  });
}

function played(scenario: Scenario, contestant: Contestant, tally: CampaignTally, asked: Asked): Play {
  const play = new Play(scenario.config, contestant, tally, asked);
  contestant.scheduler.announce?.(scenario.stimuli);
  for (const timed of scenario.stimuli) {
    if (play.over) break;
    if (impossibility(play.state, timed.at, timed.stimulus) === null) play.step(timed);
  }
  return play;
}
