import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { everybody } from '../../model/live.ts';
import type { State } from '../../model/state.ts';
import { impossibility } from '../../model/stimuli.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Plan } from '../arbitraries/plan.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { Director } from './director.ts';
import { drainingStimulus, mostDrainingSteps } from './drain.ts';
import {
  acceptsAny,
  firstTraceOfRefusal,
  impossibleStimuli,
  refusalLeavesTrace,
  someImpossibleStimuli,
} from './impossible.ts';
import { askNearMisses } from './near-misses.ts';
import { type CampaignTally, Referee } from './referee.ts';
import { firstDifference, judgeInParts } from './reruns.ts';

/** A scheduler under test, and the same one run in another way, if there is one. */
export interface Contestant {
  readonly scheduler: Scheduler;
  /** Must take the same decisions: the property `immer-equals-direct`. */
  readonly twin?: Scheduler;
}

/** What a run tried, as a concrete scenario, and what was found wrong. */
export interface Run {
  readonly scenario: Scenario;
  readonly finding: Finding | null;
  /** The state of the model after the last step that was played. */
  readonly state: State;
}

/**
 * How closely a run is looked at when it is over: not at all; played and judged again; or also played by the twin and
 * offered everything that is impossible, which takes as long as twenty runs.
 */
export type Scrutiny = 'plain' | 'again' | 'thorough';

const AGAIN_EVERY = 16;
const THOROUGHLY_EVERY = 128;

/** How closely the run of this number in a campaign, from 0, is looked at. The first gets everything. */
export function scrutinyOf(run: number): Scrutiny {
  if (run % THOROUGHLY_EVERY === 0) return 'thorough';
  return run % AGAIN_EVERY === 0 ? 'again' : 'plain';
}

/** Grows a scenario from a plan while the scheduler plays it, judged at every step. */
export function playPlan(
  plan: Plan,
  contestant: Contestant,
  tally: CampaignTally,
  scrutiny: Scrutiny = 'plain',
): Run {
  const play = new Play(plan.config, contestant, tally);
  const director = new Director(plan);
  play.step({ at: 0, stimulus: { type: 'boot' } });
  for (const gene of plan.genes) {
    if (play.over) return play.result();
    play.step(director.next(play.state, gene));
  }
  if (scrutiny !== 'plain') play.rerun(scrutiny === 'thorough');
  if (plan.habits.drain) play.drain();
  return play.result();
}

/**
 * Plays a concrete scenario, judged at every step. Stimuli that are not possible are left out, so that a scenario
 * with parts taken away still makes sense.
 *
 * @param property also put to the test at the end, if it is one that looks at a whole run.
 */
export function playScenario(
  scenario: Scenario,
  contestant: Contestant,
  tally: CampaignTally,
  property?: PropertyId,
): Run {
  const play = new Play(scenario.config, contestant, tally);
  for (const timed of scenario.stimuli) {
    if (play.over) break;
    if (impossibility(play.state, timed.at, timed.stimulus) === null) play.step(timed);
  }
  if (property !== undefined) play.putToTheTest(property);
  return play.result();
}

/**
 * Plays a concrete scenario and looks at it again at its end, as at some runs of a campaign. Stimuli that are not
 * possible are left out.
 *
 * @returns the scenario as it was played, without what was asked at its end unless that has found something.
 */
export function playAgain(scenario: Scenario, contestant: Contestant, tally: CampaignTally): Run {
  const play = new Play(scenario.config, contestant, tally);
  for (const timed of scenario.stimuli) {
    if (play.over) break;
    if (impossibility(play.state, timed.at, timed.stimulus) === null) play.step(timed);
  }
  const { config, stimuli } = play.result().scenario;
  const played = { config, stimuli: [...stimuli] };
  play.rerun(false);
  const run = play.result();
  return run.finding === null ? { ...run, scenario: played } : run;
}

class Play {
  private readonly config: Configuration;
  private readonly contestant: Contestant;
  private readonly referee: Referee;
  private readonly stimuli: TimedStimulus[] = [];
  private readonly decisions: (readonly Decision[])[] = [];
  private finding: Finding | null = null;
  /** The scenario was refused: a sum left the safe integers, and scheduler and model agree on it. */
  private refused = false;

  constructor(config: Configuration, contestant: Contestant, tally: CampaignTally) {
    this.config = config;
    this.contestant = contestant;
    this.referee = new Referee(config, contestant.scheduler, tally);
  }

  get over(): boolean {
    return this.finding !== null || this.refused;
  }

  get state(): State {
    return this.referee.state;
  }

  step(timed: TimedStimulus): void {
    this.stimuli.push(timed);
    try {
      this.finding = this.referee.play(timed.at, timed.stimulus);
      this.decisions.push(this.referee.lastDecisions);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      this.stimuli.pop();
      this.refused = true;
      this.mustHaveLeftNoTrace(timed);
    }
  }

  /** Runs on without new submissions until everybody has ended. */
  drain(): void {
    if (this.over || this.state.invocations.size === 0) return;
    const most = mostDrainingSteps(this.state);
    this.referee.note('everything-drains');
    for (let steps = 0; steps <= most; steps++) {
      const stimulus = drainingStimulus(this.state);
      if (stimulus === 'done') return;
      if (stimulus === 'stuck') break;
      this.step({ at: this.state.now, stimulus });
      if (this.over) return;
    }
    const live = everybody(this.state.invocations)
      .map(({ id }) => id)
      .slice(0, 8)
      .join(', ');
    this.finding = this.referee.wrong({
      property: 'everything-drains',
      entity: 'the scenario',
      message: `after ${most} steps without submissions invocations ${live} still live`,
    });
  }

  /** Judges the trace in another form, lets the twin play it, plays it again, and then offers what is impossible. */
  rerun(thoroughly: boolean): void {
    if (this.over) return;
    askNearMisses(this.result().scenario, this.decisions, this.referee.tally);
    this.putToTheTest('pages-in-parts');
    if (thoroughly) this.putToTheTest('immer-equals-direct');
    this.putToTheTest('determinism');
    if (thoroughly) this.putToTheTest('refuses-alike');
    else this.offerAtTheEnd(someImpossibleStimuli(this.state));
  }

  /** Tests a property that looks at a whole run, at its end. Others have been judged on the way. */
  putToTheTest(property: PropertyId): void {
    if (this.over) return;
    const { scheduler, twin } = this.contestant;
    if (property === 'determinism') this.compare(property, scheduler);
    else if (property === 'immer-equals-direct' && twin !== undefined) this.compare(property, twin);
    else if (property === 'refuses-alike') this.offerImpossible();
    else if (property === 'pages-in-parts') this.splitPages();
    else if (property === 'everything-drains') this.drain();
  }

  private splitPages(): void {
    const outcome = judgeInParts(this.result().scenario, this.decisions, this.referee.tally);
    if (outcome === 'nothing-to-split') return;
    this.referee.note('pages-in-parts');
    if (outcome === null) return;
    const { entity, message, step } = outcome;
    this.finding = { ...this.referee.wrong({ property: 'pages-in-parts', entity, message }), step };
  }

  private offerImpossible(): void {
    const { scheduler } = this.contestant;
    const trace = firstTraceOfRefusal(this.result().scenario, this.decisions, scheduler);
    if (trace !== null) {
      const { offered, step } = trace;
      return this.refusesOtherwise(
        `goes on differently when offered the impossible ${written(offered)}`,
        step,
      );
    }
    this.offerAtTheEnd(impossibleStimuli(this.state));
  }

  /** Whatever else happens in this run happens after the refusals. */
  private offerAtTheEnd(impossible: readonly TimedStimulus[]): void {
    if (this.over) return;
    this.referee.note('refuses-alike');
    const accepted = acceptsAny(this.contestant.scheduler, impossible);
    if (accepted !== null) return this.refusesOtherwise(`accepts the impossible ${written(accepted)}`);
    this.step({ at: this.state.now, stimulus: { type: 'tick' } });
  }

  private mustHaveLeftNoTrace(refused: TimedStimulus): void {
    const { scenario } = this.result();
    if (scenario.stimuli.length === 0 || !refusalLeavesTrace(scenario, refused, this.contestant.scheduler))
      return;
    this.refusesOtherwise(`goes on differently after it has refused ${written(refused)}`);
  }

  private refusesOtherwise(how: string, step = this.stimuli.length): void {
    const message = `the scheduler ${how}`;
    const wrong = this.referee.wrong({ property: 'refuses-alike', entity: 'the scenario', message });
    this.finding = { ...wrong, step };
  }

  private compare(property: 'determinism' | 'immer-equals-direct', scheduler: Scheduler): void {
    this.referee.note(property);
    const difference = firstDifference(this.result().scenario, this.decisions, scheduler);
    if (difference === null) return;
    const { step, was, is } = difference;
    this.finding = {
      ...this.referee.wrong({ property, entity: 'the scenario', message: `${was} became ${is}` }),
      step,
    };
  }

  result(): Run {
    const scenario = { config: this.config, stimuli: this.stimuli };
    return { scenario, finding: this.finding, state: this.state };
  }
}

function written(timed: TimedStimulus): string {
  return JSON.stringify(timed);
}
