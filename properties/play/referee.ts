import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import type { Violation } from '../../model/judge.ts';
import type { State } from '../../model/state.ts';
import { BrokenScheduler, brokenOn, thrownText } from '../../reference-impl/broken-scheduler.ts';
import { LacksParts } from '../../reference-impl/exec/lacks-parts.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding, Wrong } from '../checkers/checker.ts';
import { BoundaryWatch } from '../goals/boundaries/watch.ts';
import { type Goal, GoalWatch } from '../goals/goal.ts';
import { objectionToAnswer } from './answer.ts';
import { type Asked, isEverything } from './asked.ts';
import { Assessor } from './assessor.ts';
import type { CampaignTally } from './tally.ts';

export { BrokenScheduler };

/** Plays a scheduler step by step in front of the judge and the checkers: the only place that sees both sides. */
export class Referee {
  readonly scheduler: Scheduler;
  readonly tally: CampaignTally;
  private readonly assessor: Assessor;
  /** Boundaries are those of XX: they are looked at while all of it is asked. */
  private readonly boundaries: BoundaryWatch | null;
  private readonly goals: GoalWatch;
  /** What the scheduler decided in the step that was played last. */
  lastDecisions: readonly Decision[] = [];

  constructor(
    config: Configuration,
    scheduler: Scheduler,
    tally: CampaignTally,
    asked: Asked,
    goals: readonly Goal[] = [],
  ) {
    this.scheduler = scheduler;
    this.tally = tally;
    this.assessor = new Assessor(config, tally, asked);
    this.boundaries = isEverything(asked) ? new BoundaryWatch(tally.boundaries) : null;
    this.goals = new GoalWatch(goals, tally.goals);
    scheduler.reset(config);
  }

  get state(): State {
    return this.assessor.state;
  }

  get steps(): number {
    return this.assessor.steps;
  }

  /** The step that a rule refused, if one has. */
  get violation(): Violation | null {
    return this.assessor.violation;
  }

  /** Notes that a property judged elsewhere was put to the test. */
  note(property: PropertyId): void {
    this.assessor.note(property);
  }

  /**
   * Plays and judges one stimulus.
   *
   * @returns what is wrong with the answer, or null.
   * @throws ImpossibleStimulus when scheduler and model agree that it is not possible.
   * @throws BrokenScheduler when the scheduler throws anything else.
   */
  play(at: number, stimulus: Stimulus): Finding | null {
    this.tally.steps++;
    const decisions = this.ask(at, stimulus);
    if (decisions instanceof ImpossibleStimulus) return this.mustRefuse(at, stimulus, decisions);
    const objection = objectionToAnswer(decisions, this.lastDecisions);
    if (objection !== null) throw this.broken(at, stimulus, objection);
    this.lastDecisions = decisions;
    this.boundaries?.before(this.state, at, stimulus, decisions);
    try {
      const finding = this.assessor.assess(at, stimulus, decisions);
      if (finding === null) {
        this.boundaries?.after(this.state, stimulus, decisions);
        this.goals.after(this.state, { at, stimulus, decisions });
      }
      return finding;
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      return this.assessor.assessAcceptance(at, stimulus, error);
    }
  }

  private ask(at: number, stimulus: Stimulus): ReturnType<Scheduler['step']> | ImpossibleStimulus {
    try {
      return this.scheduler.step(at, stimulus);
    } catch (error) {
      if (error instanceof ImpossibleStimulus) return error;
      if (error instanceof BrokenScheduler || error instanceof LacksParts) throw error;
      throw this.broken(at, stimulus, `threw ${thrownText(error)}`, error);
    }
  }

  private broken(at: number, stimulus: Stimulus, what: string, cause?: unknown): BrokenScheduler {
    return brokenOn(this.scheduler.name, { step: this.steps + 1, at, stimulus }, what, cause);
  }

  /**
   * The scheduler calls the stimulus impossible. The model must say so too, or a sum that is due in this step must
   * leave the safe integers.
   */
  private mustRefuse(at: number, stimulus: Stimulus, refusal: ImpossibleStimulus): Finding {
    this.boundaries?.refused(this.state, stimulus);
    return this.assessor.assessRefusal(at, stimulus, refusal);
  }

  /** A finding of a property that is judged elsewhere, in the last step unless given. */
  wrong(wrong: Wrong, step?: number): Finding {
    return this.assessor.finding(wrong, step);
  }
}
