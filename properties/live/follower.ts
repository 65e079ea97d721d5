import type { Decision, Step, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Invocation, Machine } from '../../model/entities.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Judge, MOST_ALLOWED, type Violation } from '../../model/judge.ts';
import type { Model } from '../../model/model.ts';
import type { State } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';
import { invocationOf } from '../../model/unended.ts';
import { isUsed } from '../../model/used-ids.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../model/words.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Checker } from '../checkers/checker.ts';
import { askedOf, isAsked } from '../play/asked.ts';
import { CHECKERS_OF_STEPS } from '../play/assessor.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { believe, end, run, supplyAnswers, supplyKills } from './believe.ts';
import { Doubts, type Place } from './doubts.ts';
import type { Incident } from './incident.ts';

/** The properties that can be judged from any state on: of the others, what went before has to be known. */
export const OF_LIVE_LOGS: readonly PropertyId[] = CHECKERS_OF_STEPS.map(({ property }) => property);

/** Decisions that are judged by every queue, list or account, and not by one machine. */
const RESTS_ON_ALL: ReadonlySet<Decision['type']> = new Set(['place', 'enqueue', 'throttle', 'list']);

/** How many of the things that are believed an incident names. */
const MOST_BELIEVED = 8;

/**
 * Judges a log step by step, and goes on after what is wrong. The log is believed: what was decided although no rule
 * permits it has happened, and later steps are judged from there. Where that cannot be, what is missing is made up from
 * what is possible. What may therefore not be as it is taken to be is kept in {@link Doubts}, and what is found wrong
 * there is marked: it may be due to what was wrong before.
 */
export class Follower {
  readonly doubts: Doubts;
  private readonly judge: Judge;
  private readonly checkers: readonly Checker[];
  private believed: string[] = [];

  /** @param properties only these are judged; every rule, and what is judged of steps beside, when empty. */
  constructor(config: Configuration, properties: readonly PropertyId[]) {
    const asked = askedOf(properties);
    this.judge = new Judge(config, emptyCampaignTally(), asked.rules);
    this.checkers = CHECKERS_OF_STEPS.filter(({ property }) => isAsked(asked, property));
    this.doubts = new Doubts(this.judge.state);
  }

  get state(): State {
    return this.judge.state;
  }

  /** Steps that were taken so far, also those that are wrong. */
  get steps(): number {
    return this.judge.steps;
  }

  /**
   * Takes a step of the log.
   *
   * @param line where it stands.
   * @param why what of the line could not be read, where it is not judged for that.
   * @returns what is wrong with it; null when nothing is.
   */
  take(step: Step, line: number, why: string | null = null): Incident | null {
    if (why !== null) return this.takeUnjudged(step, line, { type: 'unreadable', message: why });
    const place = { line, step: this.judge.steps + 1 };
    this.believed = [];
    try {
      const violation = this.judge.step(step.at, step.stimulus, step.decisions);
      return violation === null ? this.lookBeyond(step, place) : this.refused(step, place, violation);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      return this.impossible(step, place, error);
    }
  }

  /** Takes a step that is not judged, for what is wrong with its line: it happens as far as that is possible. */
  takeUnjudged(step: Step, line: number, wrong: Pick<Incident, 'type' | 'message'>): Incident {
    const place = { line, step: this.judge.steps + 1 };
    this.believed = [];
    this.judge.steps++;
    const since = this.doubtEverything(place);
    this.happen(step, place);
    return this.incident(place, { ...wrong, at: step.at }, since);
  }

  /** What is in doubt now. */
  get inDoubt(): Incident['inDoubt'] {
    return { ...this.doubts.counts, everything: this.doubts.everything !== null };
  }

  /** Notes a line of which nothing can be told. */
  lose(line: number, message: string): Incident {
    const place = { line, step: this.judge.steps };
    return this.incident(place, { type: 'unreadable', message }, this.doubtEverything(place));
  }

  private lookBeyond(step: Step, place: Place): Incident | null {
    for (const checker of this.checkers) {
      const wrong = checker.check(this.state, step, () => {});
      if (wrong === null) continue;
      const { property, entity } = wrong;
      const message = `step ${place.step}: ${property} does not hold: ${wrong.message}`;
      return this.violation(step, place, { rule: property, entity, message });
    }
    this.skipStrangers(step.decisions);
    this.doubts.settle(step.decisions);
    return null;
  }

  private refused(
    step: Step,
    place: Place,
    { rule, entity, message, allowed, decision }: Violation,
  ): Incident {
    const { judge, doubts } = this;
    // Before the step is followed any further: what was certain when it was refused counts.
    const isOfAll = !/^(?:invocation|machine) /.test(entity);
    const rests = rule === 'kill-iff' || (decision !== null && RESTS_ON_ALL.has(decision.type));
    const since = this.sinceOf(entity, decision, rests || isOfAll);
    const touched = new Set(this.state.due.touched);
    if (this.state.due.answer === 'turn') this.supplyPlacement(allowed, touched);
    const left = step.decisions.filter((one) => !judge.taken.includes(one));
    this.supply(supplyAnswers);
    this.followAll(left, place);
    this.supply(supplyKills);
    // What the log says may be wrong instead, and what was permitted may be what happened.
    for (const machine of [...this.state.due.touched, ...this.machinesOf(allowed)]) touched.add(machine);
    for (const machine of touched) doubts.doubtMachine(machine, since ?? place);
    const named = decision !== null && 'id' in decision ? decision.id : idIn(entity);
    if (named !== null) this.doubtNamed(named, since ?? place);
    const violation = { rule, entity, message, allowed };
    const incident = { type: 'violation' as const, at: step.at, ...violation, mayFollowFrom: since };
    // It may have been placed anywhere, or come from a line that the log lacks.
    if (this.state.due.answer === 'turn' || this.isUnheardOf(named)) this.doubtEverything(place);
    return this.incident(place, incident, since);
  }

  private violation(
    step: Step,
    place: Place,
    { rule, entity, message }: { rule: PropertyId; entity: string; message: string },
  ): Incident {
    const since = this.sinceOf(entity, null, false);
    for (const machine of this.state.due.touched) this.doubts.doubtMachine(machine, since ?? place);
    return this.incident(place, { type: 'violation', at: step.at, rule, entity, message }, since);
  }

  /** A stimulus that cannot have happened where the log was believed to be. It has, so the log was incomplete. */
  private impossible(step: Step, place: Place, { message }: ImpossibleStimulus): Incident {
    const { stimulus, at } = step;
    const named = whoIn(stimulus);
    const machine = 'machine' in stimulus ? `machine ${stimulus.machine}` : null;
    const entity = named === null ? machine : `invocation ${named}`;
    const since = entity === null ? this.doubts.since({ anywhere: true }) : this.sinceOf(entity, null, true);
    if (named !== null) this.doubtNamed(named, since ?? place);
    this.happen(step, place);
    const text = `${wordsOfStimulus(stimulus)} is not possible here: ${message}`;
    const told = { type: 'impossible' as const, at, entity, message: text };
    if (since === null) this.doubtEverything(place);
    return this.incident(place, told, since);
  }

  /** What could be read of a line has happened; the rest may be anything. */
  /** Makes a step happen as far as that is possible, unjudged. */
  private happen({ at, stimulus, decisions }: Step, place: Place): void {
    const { model } = this.judge;
    const now = Math.max(at, this.state.now);
    try {
      const invocation =
        stimulus.type === 'finish' || stimulus.type === 'resize'
          ? invocationOf(this.state.invocations, stimulus.id)
          : stimulus.type === 'call'
            ? invocationOf(this.state.invocations, stimulus.caller)
            : undefined;
      if (invocation !== undefined && invocation.phase !== PHASE.running) {
        model.stimulate(now, { type: 'tick' });
        if (run(model, invocation)) this.note(`invocation ${invocation.id} runs`);
        else this.takeOut(invocation, place);
      }
      model.stimulate(now, stimulus);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
    }
    this.followAll(decisions, place);
    this.supply(supplyAnswers);
    this.supply(supplyKills);
    for (const machine of this.state.due.touched) this.doubts.doubtMachine(machine, place);
  }

  /** The machines that decisions name, or whose invocations they name. */
  private machinesOf(decisions: readonly Decision[]): Machine[] {
    return decisions.flatMap((decision) => {
      if ('machine' in decision) return this.state.machines[decision.machine] ?? [];
      return invocationOf(this.state.invocations, decision.id)?.machine ?? [];
    });
  }

  /**
   * A placement that is missing, if there is only one that it can be: the only one that the rules permit, or the only one on
   * a machine about which more was decided in the step.
   */
  private supplyPlacement(allowed: readonly Decision[], touched: ReadonlySet<Machine>): void {
    const all = allowed.filter((decision) => decision.type === 'place');
    const there = all.filter(({ machine }) => touched.has(this.state.machines[machine]!));
    const [only, ...others] = there.length > 0 ? there : all;
    const { model } = this.judge;
    if (only === undefined || others.length > 0 || all.length === MOST_ALLOWED) return;
    if (!model.isPossible(only)) return;
    model.apply(only);
    this.note(`\`${wordsOfDecision(only)}\` is missing`);
  }

  private supply(how: (model: Model) => Decision[]): void {
    for (const decision of how(this.judge.model)) this.note(`\`${wordsOfDecision(decision)}\` is missing`);
  }

  private followAll(decisions: readonly Decision[], place: Place): void {
    const { model } = this.judge;
    for (const decision of decisions) {
      try {
        if (model.isPossible(decision)) model.apply(decision);
        else if (believe(model, decision)) this.note(`\`${wordsOfDecision(decision)}\` happened`);
        else this.giveUp(decision, place);
      } catch (error) {
        if (!(error instanceof ImpossibleStimulus)) throw error;
      }
    }
    this.skipStrangers(decisions);
  }

  /** A decision that cannot have happened where the log was believed to be. */
  private giveUp(decision: Decision, place: Place): void {
    for (const machine of this.machinesOf([decision])) this.doubts.doubtMachine(machine, place);
    if (!('id' in decision)) return;
    const invocation = invocationOf(this.state.invocations, decision.id);
    const isOnSomeMachine = decision.type === 'start' || decision.type === 'preempt';
    if (invocation !== undefined && isOnSomeMachine) this.takeOut(invocation, place);
    else this.doubtNamed(decision.id, place);
  }

  /** Takes an invocation out of the queue where it cannot be, since it runs on a machine that is not known. */
  private takeOut(invocation: Invocation, place: Place): void {
    end(this.judge.model, invocation);
    this.note(`invocation ${invocation.id} is on a machine that is not known`);
    this.doubtNamed(invocation.id, place);
  }

  /** Forgets ids that the state does not know when the log says that they have ended. */
  private skipStrangers(decisions: readonly Decision[]): void {
    const { strangers } = this.doubts;
    if (strangers.size === 0) return;
    for (const { type, ...rest } of decisions) {
      if (type === 'complete' || type === 'kill' || type === 'throttle')
        strangers.delete((rest as { id: number }).id);
    }
  }

  private doubtNamed(id: number, since: Place): void {
    if (invocationOf(this.state.invocations, id) !== undefined) this.doubts.doubtInvocation(id, since);
    else this.doubts.doubtStranger(id, since);
  }

  private isUnheardOf(id: number | null): boolean {
    return id !== null && !isUsed(this.state.usedIds, id);
  }

  private doubtEverything(place: Place): Place | null {
    const since = this.doubts.since({ anywhere: true });
    this.doubts.doubtEverything(since ?? place);
    return since;
  }

  private sinceOf(entity: string, decision: Decision | null, anywhere: boolean): Place | null {
    const { invocations, machines } = this.state;
    const id = decision !== null && 'id' in decision ? decision.id : idIn(entity);
    const number =
      decision !== null && 'machine' in decision ? decision.machine : numberIn(entity, 'machine');
    const invocation = id === null ? null : (invocationOf(invocations, id) ?? null);
    const machine = number === null ? null : (machines[number] ?? null);
    // What was touched in one step has to be settled together.
    const concerned = [machine, ...this.state.due.touched];
    return this.doubts.since({ id, invocation, machines: concerned, anywhere });
  }

  private note(words: string): void {
    this.believed.push(words);
  }

  private incident(
    place: Place,
    told: Pick<Incident, 'type' | 'message'> & Partial<Incident>,
    mayFollowFrom: Place | null,
  ): Incident {
    const { believed } = this;
    this.doubts.sweep();
    const more = believed.length - MOST_BELIEVED;
    return {
      ...place,
      at: null,
      rule: null,
      entity: null,
      allowed: [],
      ...told,
      mayFollowFrom,
      times: 1,
      believed: more > 0 ? [...believed.slice(0, MOST_BELIEVED), `${more} more`] : believed,
      inDoubt: this.inDoubt,
    };
  }
}

/** Whom a stimulus is about: of a call, who calls. */
function whoIn(stimulus: Stimulus): number | null {
  if (stimulus.type === 'call') return stimulus.caller;
  return 'id' in stimulus ? stimulus.id : null;
}

function idIn(entity: string): number | null {
  return numberIn(entity, 'invocation');
}

function numberIn(entity: string, kind: string): number | null {
  return entity.startsWith(`${kind} `) ? Number(entity.slice(kind.length + 1)) : null;
}
