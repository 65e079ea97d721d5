import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { addTally, emptyTally, type Tally } from '../../model/coverage.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import { everybody } from '../../model/live.ts';
import { billOf } from '../../model/metering.ts';
import { RULE_INDEX, RULES } from '../../model/rules/index.ts';
import type { State } from '../../model/state.ts';
import { BrokenScheduler, brokenOn } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { CATALOGUE, PROPERTY_INDEX, type PropertyId } from '../catalogue.ts';
import type { Checker, Finding, Wrong } from '../checkers/checker.ts';
import { createLedgerChecker } from '../checkers/ledger.ts';
import { memoryNeverExceeds, nothingSwappedForLower } from '../checkers/memory.ts';
import { noPriorityInversion } from '../checkers/priority.ts';
import { boundedLowClassStarvation } from '../checkers/starvation.ts';
import { objectionToAnswer } from './answer.ts';

export { BrokenScheduler };

/** What a campaign adds up over its runs. */
export interface CampaignTally extends Tally {
  /** How often each property of {@link CATALOGUE} beyond the rules was put to the test. */
  readonly met: Uint32Array;
  steps: number;
}

export function emptyCampaignTally(): CampaignTally {
  return { ...emptyTally(), met: new Uint32Array(CATALOGUE.length), steps: 0 };
}

/** Adds one tally to another. */
export function addCampaignTally(to: CampaignTally, from: CampaignTally): void {
  addTally(to, from);
  to.steps += from.steps;
  for (let index = 0; index < to.met.length; index++) to.met[index]! += from.met[index]!;
}

/** How often the premise of a property was met. */
export function timesMet(tally: CampaignTally, id: PropertyId): number {
  const rule = RULES.find((candidate) => candidate.id === id);
  return rule === undefined ? tally.met[PROPERTY_INDEX[id]]! : tally.premises[RULE_INDEX[rule.id]]!;
}

/**
 * Plays a scheduler step by step before the judge and the checkers: the only place that sees both sides.
 */
export class Referee {
  readonly scheduler: Scheduler;
  private readonly judge: Judge;
  readonly tally: CampaignTally;
  private readonly checkers: readonly Checker[];
  private readonly met: (property: PropertyId) => void;
  /** What the scheduler decided in the step that was played last. */
  lastDecisions: readonly Decision[] = [];
  /** The step that a rule refused, if one has. */
  violation: Violation | null = null;

  constructor(config: Configuration, scheduler: Scheduler, tally: CampaignTally) {
    this.scheduler = scheduler;
    this.tally = tally;
    this.judge = new Judge(config, tally);
    this.checkers = [
      noPriorityInversion,
      boundedLowClassStarvation,
      memoryNeverExceeds,
      nothingSwappedForLower,
      createLedgerChecker(config),
    ];
    this.met = (property) => {
      tally.met[PROPERTY_INDEX[property]]!++;
    };
    scheduler.reset(config);
  }

  get state(): State {
    return this.judge.state;
  }

  get steps(): number {
    return this.judge.steps;
  }

  /** Notes that a property judged elsewhere was put to the test. */
  note(property: PropertyId): void {
    this.met(property);
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
    const { judge } = this;
    let violation: ReturnType<Judge['step']>;
    try {
      violation = judge.step(at, stimulus, decisions);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      return this.wrong({
        property: 'refuses-alike',
        entity: 'the scenario',
        message: `the scheduler accepts ${JSON.stringify(stimulus)} although ${error.message}`,
      });
    }
    if (violation !== null) {
      this.violation = violation;
      const { rule, step, entity, message } = violation;
      return { property: rule, rule, step, entity, message };
    }
    const step = { at, stimulus, decisions };
    for (const checker of this.checkers) {
      const wrong = checker.check(judge.state, step, this.met);
      if (wrong !== null) return this.wrong(wrong);
    }
    return null;
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
    const { state, model } = this.judge;
    model.stimulate(at, stimulus);
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

  wrong({ property, entity, message }: Wrong): Finding {
    return {
      property,
      rule: null,
      step: this.steps,
      entity,
      message: `step ${this.steps}: ${property} does not hold: ${message}`,
    };
  }
}
