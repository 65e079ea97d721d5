import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import type { Violation } from '../../model/judge.ts';
import { everybody } from '../../model/live.ts';
import { billOf } from '../../model/metering.ts';
import type { State } from '../../model/state.ts';
import { BrokenScheduler, brokenOn } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding, Wrong } from '../checkers/checker.ts';
import { objectionToAnswer } from './answer.ts';
import type { Asked } from './asked.ts';
import { Assessor } from './assessor.ts';
import type { CampaignTally } from './tally.ts';

export { BrokenScheduler };

/**
 * Plays a scheduler step by step before the judge and the checkers: the only place that sees both sides.
 */
export class Referee {
  readonly scheduler: Scheduler;
  readonly tally: CampaignTally;
  private readonly assessor: Assessor;
  /** What the scheduler decided in the step that was played last. */
  lastDecisions: readonly Decision[] = [];

  constructor(config: Configuration, scheduler: Scheduler, tally: CampaignTally, asked: Asked) {
    this.scheduler = scheduler;
    this.tally = tally;
    this.assessor = new Assessor(config, tally, asked);
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
    try {
      return this.assessor.assess(at, stimulus, decisions);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      return this.wrong({
        property: 'refuses-alike',
        entity: 'the scenario',
        message: `the scheduler accepts ${JSON.stringify(stimulus)} although ${error.message}`,
      });
    }
  }

  private ask(at: number, stimulus: Stimulus): ReturnType<Scheduler['step']> | ImpossibleStimulus {
    try {
      return this.scheduler.step(at, stimulus);
    } catch (error) {
      if (error instanceof ImpossibleStimulus) return error;
      if (error instanceof BrokenScheduler) throw error;
      throw this.broken(at, stimulus, `threw ${error}`, error);
    }
  }

  private broken(at: number, stimulus: Stimulus, what: string, cause?: unknown): BrokenScheduler {
    return brokenOn(this.scheduler.name, { step: this.steps + 1, at, stimulus }, what, cause);
  }

  /**
   * The scheduler calls the stimulus impossible. The model must say so too, or there must be somebody whose bill, or a
   * machine whose demand, could leave the safe integers in this step.
   */
  private mustRefuse(at: number, stimulus: Stimulus, refusal: ImpossibleStimulus): Finding {
    const { state } = this;
    this.assessor.stimulate(at, stimulus);
    for (const invocation of everybody(state.invocations)) billOf(state, invocation);
    for (const machine of state.machines) {
      if (!Number.isSafeInteger(machine.demand + state.config.initialMemory)) throw refusal;
    }
    return this.wrong({
      property: 'refuses-alike',
      entity: 'the scenario',
      message: `the scheduler refuses a possible stimulus: ${refusal.message}`,
    });
  }

  /** A finding of a property that is judged elsewhere. */
  wrong(wrong: Wrong): Finding {
    return this.assessor.finding(wrong);
  }
}
