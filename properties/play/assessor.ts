import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { type ImpossibleStimulus, UnsafeSum } from '../../model/input-error.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import type { State } from '../../model/state.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import { PROPERTY_INDEX, type PropertyId } from '../catalogue.ts';
import type { Checker, Finding, JudgedStep, Wrong } from '../checkers/checker.ts';
import { createLedgerCheckers } from '../checkers/ledger.ts';
import { memoryNeverExceeds, nothingSwappedForLower } from '../checkers/memory.ts';
import { createPagingCheckers, PAGING_OF_STEPS } from '../checkers/paging/index.ts';
import { noPriorityInversion } from '../checkers/priority.ts';
import { boundedLowClassStarvation } from '../checkers/starvation.ts';
import { ON_REQUEST } from '../on-request/catalogue.ts';
import { checkersOfRunsOnRequest, ON_REQUEST_OF_STEPS } from '../on-request/checkers.ts';
import { alsoViolated } from './also-violated.ts';
import { type Asked, isAsked } from './asked.ts';
import { excuseOf } from './excuses.ts';
import type { CampaignTally } from './tally.ts';

/** The checkers that need nothing but a state and a step; the others keep accounts of a whole run. */
export const CHECKERS_OF_STEPS: readonly Checker[] = [
  noPriorityInversion,
  boundedLowClassStarvation,
  memoryNeverExceeds,
  nothingSwappedForLower,
  ...PAGING_OF_STEPS,
  ...ON_REQUEST_OF_STEPS,
];

/** The properties beyond the rules that a trace alone shows. */
export const OF_TRACES: readonly PropertyId[] = [
  ...new Set([
    ...CHECKERS_OF_STEPS.map(({ property }) => property),
    'kills-are-the-last-resort' as const,
    'conservation' as const,
    'will-run-runs' as const,
    'no-thrash' as const,
    'disk-priority' as const,
    ...ON_REQUEST.map(({ id }) => id),
  ]),
];

/**
 * Judges a trace by what is asked of it, step by step: by the rules, and by the checkers of properties beyond them.
 * After a finding it can assess no further steps.
 */
export class Assessor {
  readonly tally: CampaignTally;
  /** The step that a rule refused, if one has. */
  violation: Violation | null = null;
  private readonly judge: Judge;
  private readonly checkers: readonly Checker[];
  private readonly met: (property: PropertyId) => void;

  constructor(config: Configuration, tally: CampaignTally, asked: Asked) {
    this.tally = tally;
    this.judge = new Judge(config, tally, asked.rules);
    this.checkers = [
      ...[...CHECKERS_OF_STEPS, ...createLedgerCheckers(config), ...createPagingCheckers(config)].filter(
        ({ property }) => isAsked(asked, property),
      ),
      ...checkersOfRunsOnRequest(config, asked.properties),
    ];
    this.met = (property) => {
      tally.met[PROPERTY_INDEX[property]]!++;
    };
  }

  get state(): State {
    return this.judge.state;
  }

  /** Steps assessed so far. */
  get steps(): number {
    return this.judge.steps;
  }

  /** Notes that a property judged elsewhere was put to the test. */
  note(property: PropertyId): void {
    this.met(property);
  }

  /**
   * Assesses that a scheduler calls a stimulus impossible. The model must say so too, or a sum that is due in this step must
   * leave the safe integers.
   *
   * @returns what is wrong with that.
   * @throws ImpossibleStimulus when it is right.
   */
  assessRefusal(at: number, stimulus: Stimulus, refusal: ImpossibleStimulus): Finding {
    this.judge.steps++;
    this.judge.model.stimulate(at, stimulus);
    const excuse = excuseOf(this.state, stimulus);
    if (excuse !== null) throw new UnsafeSum(excuse);
    return this.finding({
      property: 'refuses-alike',
      entity: 'the scenario',
      message: `the scheduler refuses ${wordsOfStimulus(stimulus)} at ${at} ms, which is possible: ${refusal.message}`,
    });
  }

  /** Assesses that a scheduler has decided something where the model calls the stimulus impossible. */
  assessAcceptance(at: number, stimulus: Stimulus, refusal: ImpossibleStimulus): Finding {
    const property = refusal instanceof UnsafeSum ? 'stays-exact' : 'refuses-alike';
    this.note(property);
    return this.finding({
      property,
      entity: 'the scenario',
      message: `the scheduler accepts ${wordsOfStimulus(stimulus)} at ${at} ms although ${refusal.message}`,
    });
  }

  /**
   * Assesses one step.
   *
   * @returns what is wrong with it, or null.
   * @throws ImpossibleStimulus when the stimulus is not possible.
   */
  assess(at: number, stimulus: Stimulus, decisions: readonly Decision[]): Finding | null {
    const { judge } = this;
    const violation = judge.step(at, stimulus, decisions);
    const step: JudgedStep = { at, stimulus, decisions: judge.taken };
    if (violation !== null) return this.refused(violation, step);
    for (const checker of this.checkers) {
      const wrong = checker.check(judge.state, step, this.met);
      if (wrong !== null) return this.finding(wrong);
    }
    return null;
  }

  /** What a rule refuses, and what does not hold either in the state that the step leads to. */
  private refused(violation: Violation, step: JudgedStep): Finding {
    this.violation = violation;
    const falls = this.checkers.flatMap((checker) => checker.check(this.state, step, this.met) ?? []);
    const { rule, entity, message } = violation;
    return {
      property: rule,
      rule,
      step: violation.step,
      entity,
      message: `${message}${alsoViolated(falls)}`,
      falls,
    };
  }

  /** A finding of a property beyond the rules, at the step that was assessed last unless given. */
  finding({ property, entity, message }: Wrong, step = this.steps): Finding {
    return {
      property,
      rule: null,
      step,
      entity,
      message: `step ${step}: ${property} does not hold: ${message}`,
      falls: [],
    };
  }
}
