import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { counted } from '../../model/counted.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import type { State } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';
import { everybody } from '../../model/unended.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type Asked, askedWithin, isAsked, isEverything } from './asked.ts';
import type { Contestant } from './contestant.ts';
import { drainingStimulus, mostDrainingSteps, mostTransfers } from './drain.ts';
import {
  type Aftermath,
  acceptsAny,
  aftermathIn,
  aftermathOf,
  firstTraceOfRefusal,
  impossibleStimuli,
  someImpossibleStimuli,
} from './impossible.ts';
import { askNearMisses } from './near-misses.ts';
import { BrokenScheduler, Referee } from './referee.ts';
import { firstDifference, judgeInParts, movesMuch } from './reruns.ts';
import type { CampaignTally } from './tally.ts';

/** A scenario as it grows: each step is played by a scheduler and judged, and then the whole is looked at again. */

/** What a run tried, as a concrete scenario, and what was found wrong. */
export interface Run {
  readonly scenario: Scenario;
  /** What the scheduler decided, step by step, also of steps that the scenario leaves out. */
  readonly decisions: readonly (readonly Decision[])[];
  readonly finding: Finding | null;
  /** The state of the model after the last step that was played. */
  readonly state: State;
}

export class Play {
  private readonly config: Configuration;
  private readonly contestant: Contestant;
  private readonly referee: Referee;
  private readonly asked: Asked;
  private readonly stimuli: TimedStimulus[] = [];
  private readonly decisions: (readonly Decision[])[] = [];
  private finding: Finding | null = null;
  /** Nothing more can be played, and nothing that is asked is wrong: the scenario was refused, or whatever follows. */
  private ended = false;

  constructor(config: Configuration, contestant: Contestant, tally: CampaignTally, asked: Asked) {
    this.config = config;
    this.contestant = contestant;
    this.asked = askedWithin(asked, config);
    this.referee = new Referee(config, contestant.scheduler, tally, this.asked, contestant.goals);
  }

  get over(): boolean {
    return this.finding !== null || this.ended;
  }

  get state(): State {
    return this.referee.state;
  }

  step(timed: TimedStimulus): void {
    this.stimuli.push(timed);
    try {
      this.found(this.referee.play(timed.at, timed.stimulus));
      this.decisions.push(this.referee.lastDecisions);
    } catch (error) {
      if (error instanceof BrokenScheduler) error.scenario = this.result().scenario;
      if (!(error instanceof ImpossibleStimulus)) throw error;
      this.stimuli.pop();
      // A sum left the safe integers, and scheduler and model agree on it.
      this.ended = true;
      if (isAsked(this.asked, 'stays-exact')) this.mustHaveLeftNoTrace(timed);
    }
  }

  /** Takes a finding, if it is one of what is asked. After any other one the run cannot go on either. */
  private found(finding: Finding | null): void {
    if (finding === null) return;
    const { property } = finding;
    if (isAsked(this.asked, property)) {
      this.finding = finding;
      return;
    }
    this.referee.tally.endedEarly++;
    this.ended = true;
    // What is not possible is refused whatever is asked.
    if (property === 'possible-decision') this.finding = finding;
  }

  /** Runs on without new submissions until everybody has ended. */
  drain(): void {
    if (this.over || this.state.invocations.size === 0) return;
    const most = mostDrainingSteps(this.state);
    const isJudged = isAsked(this.asked, 'everything-drains');
    if (isJudged) this.referee.note('everything-drains');
    let steps = 0;
    let transfersLeft = mostTransfers(this.state);
    let stuck = false;
    while (steps <= most && transfersLeft >= 0) {
      const stimulus = drainingStimulus(this.state);
      if (stimulus === 'done') return;
      if (stimulus === 'stuck') {
        stuck = true;
        break;
      }
      this.step({ at: this.state.now, stimulus });
      if (this.over) return;
      if (stimulus.type === 'paged') {
        transfersLeft--;
        continue;
      }
      steps++;
      transfersLeft = mostTransfers(this.state);
    }
    if (!isJudged) return;
    const live = everybody(this.state.invocations)
      .map(({ id }) => id)
      .slice(0, 8)
      .join(', ');
    this.finding = this.referee.wrong({
      property: 'everything-drains',
      entity: 'the scenario',
      message: `after ${counted(steps, 'step')} without submissions ${stuck ? 'nothing more can happen, and ' : ''}invocations ${live} still live`,
    });
  }

  /** Lets the twin play it, plays it again, and then offers what is impossible: as far as it is asked. */
  rerun(thoroughly: boolean): void {
    if (this.over) return;
    const { asked } = this;
    if (isEverything(asked)) this.askTheModel();
    if (thoroughly && isAsked(asked, 'immer-equals-direct')) this.putToTheTest('immer-equals-direct');
    if (isAsked(asked, 'determinism')) this.putToTheTest('determinism');
    if (!isAsked(asked, 'refuses-alike')) return;
    if (thoroughly) this.putToTheTest('refuses-alike');
    else this.offerAtTheEnd(someImpossibleStimuli(this.state));
  }

  /** Lets somebody finish so late that hardly any bill can be said, after which nothing can be played. */
  exceed(): void {
    if (this.over || !isAsked(this.asked, 'stays-exact')) return;
    const runs = this.state.byPhase[PHASE.running]![0];
    if (runs !== undefined) {
      this.step({ at: Number.MAX_SAFE_INTEGER, stimulus: { type: 'finish', id: runs.id } });
    }
  }

  /** Looks at what was accepted once more: nearly the same must be refused, and the same in parts must not. */
  private askTheModel(): void {
    const { scenario } = this.result();
    askNearMisses(scenario, this.decisions, this.referee.tally);
    // A transfer in two parts is another one.
    if (scenario.config.paging !== undefined || !this.decisions.some((step) => step.some(movesMuch))) return;
    this.referee.note('pages-in-parts');
    const violation = judgeInParts(scenario, this.decisions, this.referee.tally);
    if (violation !== null)
      throw new Error(`the model refuses in parts what it permits at once: ${violation.message}`);
  }

  /** Tests a property that looks at a whole run, at its end. Others have been judged on the way. */
  putToTheTest(property: PropertyId): void {
    if (this.over) return;
    const { scheduler, twin } = this.contestant;
    if (property === 'determinism') this.compare(property, scheduler);
    else if (property === 'immer-equals-direct' && twin !== undefined) this.compare(property, twin);
    else if (property === 'refuses-alike') this.offerImpossible();
    else if (property === 'everything-drains') this.drain();
  }

  private offerImpossible(): void {
    const { scheduler } = this.contestant;
    const trace = firstTraceOfRefusal(this.result().scenario, this.decisions, scheduler);
    if (trace === 'differs by itself') {
      // Model and scheduler may stand in different states by now.
      this.ended = true;
      return;
    }
    if (trace !== 'none') {
      this.referee.note('refuses-alike');
      const { offered, step, aftermath } = trace;
      if (aftermath === null)
        return this.refusesOtherwise(`accepts the impossible ${written(offered)}`, { step });
      return this.goesOnOtherwise(`has refused the impossible ${written(offered)}`, aftermath, { step });
    }
    this.offerAtTheEnd(impossibleStimuli(this.state));
  }

  /** Everything that follows in this run comes after the refusals. */
  private offerAtTheEnd(impossible: readonly TimedStimulus[]): void {
    if (this.over) return;
    this.referee.note('refuses-alike');
    const accepted = acceptsAny(this.contestant.scheduler, impossible);
    if (accepted !== null) return this.refusesOtherwise(`accepts the impossible ${written(accepted)}`);
    const { config, stimuli } = this.result().scenario;
    const before = { config, stimuli: [...stimuli] };
    const tick: TimedStimulus = { at: this.state.now, stimulus: { type: 'tick' } };
    this.step(tick);
    const isAnswered = this.decisions.length > before.stimuli.length;
    if (!this.over || !isAnswered || this.finding?.property === 'refuses-alike') return;
    // What is wrong in this step may only be so because of the refusals.
    const answer = JSON.stringify(this.referee.lastDecisions);
    const aftermath = aftermathIn(before, tick, answer, this.contestant.scheduler);
    if (aftermath !== null) this.goesOnOtherwise('has refused impossible stimuli', aftermath);
  }

  private mustHaveLeftNoTrace(refused: TimedStimulus): void {
    const { scenario } = this.result();
    if (scenario.stimuli.length === 0) return;
    this.referee.note('stays-exact');
    const aftermath = aftermathOf(scenario, refused, this.contestant.scheduler);
    if (aftermath === null) return;
    // It belongs to what has to be asked to see it again.
    this.stimuli.push(refused);
    this.goesOnOtherwise(`has refused ${wordsOfStimulus(refused.stimulus)}`, aftermath, {
      property: 'stays-exact',
    });
  }

  private goesOnOtherwise(cause: string, { asked, unrefused, refused }: Aftermath, where?: Refused): void {
    const { at, stimulus } = asked;
    this.refusesOtherwise(
      `${cause}, and goes on differently: it answers ${wordsOfStimulus(stimulus)} at ${at} ms with ${refused}, and with ${unrefused} where it has refused nothing`,
      where,
    );
  }

  private refusesOtherwise(
    how: string,
    { property = 'refuses-alike', step = this.stimuli.length }: Refused = {},
  ): void {
    const message = `the scheduler ${how}`;
    this.finding = this.referee.wrong({ property, entity: 'the scenario', message }, step);
  }

  private compare(property: 'determinism' | 'immer-equals-direct', scheduler: Scheduler): void {
    this.referee.note(property);
    const difference = firstDifference(this.result().scenario, this.decisions, scheduler);
    if (difference === null) return;
    const { step, was, is } = difference;
    const message = `${was} became ${is}`;
    this.finding = this.referee.wrong({ property, entity: 'the scenario', message }, step);
  }

  result(): Run {
    const scenario = { config: this.config, stimuli: this.stimuli };
    return { scenario, decisions: this.decisions, finding: this.finding, state: this.state };
  }
}

/** What does not hold where something is refused, and the step in which that is seen; the last one unless given. */
interface Refused {
  readonly property?: 'refuses-alike' | 'stays-exact';
  readonly step?: number;
}

function written(timed: TimedStimulus): string {
  return JSON.stringify(timed);
}
