import type { Decision, Stimulus } from '../alphabet.ts';
import { emptyTally, type Tally } from '../coverage.ts';
import { asks, EVERY_RULE, RULE_INDEX, type RuleSet } from '../rules/rule-set.ts';
import { PRESENCE } from '../snapshot.ts';
import type { Choices } from './choices.ts';
import {
  type Expander,
  type Explorable,
  type ExtraCheck,
  type LeftOut,
  type Successor,
  type Visit,
  Workbench,
} from './expander.ts';
import { ExplorationError } from './exploration-error.ts';
import { type BoundedInstance, machinesIn } from './instance.ts';
import type { Packing } from './packing.ts';

const POSSIBLE_DECISION = RULE_INDEX['possible-decision'];

/** A step of the scheduler, and what is wrong with it once it has been judged. */
type Answer = { -readonly [Field in keyof Successor]: Successor[Field] };

/**
 * Steps a scheduler by every enabled stimulus, and each time by every outcome of the samples that it draws; every step
 * is judged.
 */
export class SchedulerExpander implements Expander {
  readonly packing: Packing;
  readonly tally: Tally;
  readonly leftOut: LeftOut = { impossible: 0, outside: 0 };
  private readonly workbench: Workbench;
  private readonly scheduler: Explorable;
  private readonly choices: Choices;
  private readonly check: ExtraCheck;
  private readonly drawsSamples: boolean;

  /**
   * @param choices what the scheduler draws its samples from, if it draws any.
   * @param rules the rules to ask; by default all of XX.
   * @throws ExplorationError when the scheduler uses optional words.
   */
  constructor(
    instance: BoundedInstance,
    scheduler: Explorable,
    choices: Choices,
    check: ExtraCheck = () => null,
    tally: Tally = emptyTally(),
    rules: RuleSet = EVERY_RULE,
  ) {
    const { words = [] } = scheduler;
    if (words.length > 0) throw new ExplorationError({ kind: 'optional-words', words });
    this.workbench = new Workbench(instance, tally, rules);
    this.packing = this.workbench.packing;
    this.tally = tally;
    this.scheduler = scheduler;
    this.choices = choices;
    this.check = check;
    this.drawsSamples = instance.kMachines < machinesIn(instance) || instance.kShards < instance.shards;
  }

  boot(visit: Visit): void {
    const { workbench, scheduler, choices } = this;
    const answers: Answer[] = [];
    do {
      choices.rewind();
      scheduler.reset(workbench.configuration);
      answers.push(this.answer(0, 0, { type: 'boot' }));
    } while (choices.advance());
    for (const answer of answers) {
      workbench.renew();
      if (!this.judge(0, answer, visit)) return;
    }
  }

  /**
   * First the scheduler takes all its steps out of the state, then all are judged. This is faster than judging each
   * step at once, since neither evicts the code of the other from the caches of the processor.
   */
  expand(words: Int32Array, offset: number, visit: Visit): void {
    const { workbench, scheduler, choices } = this;
    const answers: Answer[] = [];
    workbench.enter(words, offset);
    for (const { afterMs, stimulus } of workbench.enabled) {
      do {
        choices.rewind();
        scheduler.load(workbench.here);
        answers.push(this.answer(workbench.here.now, afterMs, stimulus));
      } while (choices.advance());
    }
    for (const answer of answers) {
      workbench.load();
      if (!this.judge(workbench.here.now, answer, visit)) return;
    }
  }

  /** Lets the scheduler, which is in the state, take a step out of it. */
  private answer(now: number, afterMs: number, stimulus: Stimulus): Answer {
    const decisions = this.scheduler.step(now + afterMs, stimulus);
    if (this.drawsSamples && !this.choices.anyAsked) this.mustNotHaveDrawn(decisions);
    return { afterMs, stimulus, decisions, wrong: null };
  }

  /** Judges a step out of the state that the judge is in, and has it visited; false when the visitor has had enough. */
  private judge(now: number, answer: Answer, visit: Visit): boolean {
    const { workbench } = this;
    const { stimulus, decisions } = answer;
    const at = now + answer.afterMs;
    answer.wrong =
      workbench.judge.step(at, stimulus, decisions) ??
      this.check(workbench.judge, { at, stimulus, decisions });
    if (answer.wrong === null) {
      if (workbench.isInside) return visit(answer, workbench.leave(stimulus));
      this.leftOut.outside++;
      return true;
    }
    // Every set of rules refuses a decision that is not possible. If that is not what is looked for, other violations
    // may still be found.
    if (answer.wrong.rule === 'possible-decision' && !asks(workbench.rules, POSSIBLE_DECISION)) {
      this.leftOut.impossible++;
      return true;
    }
    return visit(answer, workbench.nowhere);
  }

  /** @throws ExplorationError when a sample of some of many was drawn, and not from the choices: then not all are tried. */
  private mustNotHaveDrawn(decisions: readonly Decision[]): void {
    const { instance, here } = this.workbench;
    const { kMachines, shards, kShards } = instance;
    const up = here.machines.filter(({ presence }) => presence === PRESENCE.up).length;
    for (const decision of decisions) {
      const drawn =
        (decision.type === 'place' && decision.via === 'poll' && kMachines < up) ||
        (decision.type === 'list' && kShards < shards);
      if (!drawn) continue;
      throw new ExplorationError({ kind: 'draws-samples' });
    }
  }
}
