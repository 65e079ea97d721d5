import type { Decision, DecisionType, Step } from '../alphabet.ts';
import type { Machine } from '../entities.ts';
import { ImpossibleStimulus } from '../input-error.ts';
import { invocationOf } from '../unended.ts';
import { type Candidate, copyCandidate, type FilledIn } from './candidate.ts';
import { completionsOf } from './completions.ts';
import { enterWhatIsDue, takeOnLists } from './entries.ts';
import { owedFirst } from './owed-first.ts';
import { restarted } from './restarted.ts';
import { isSettling, nextSettling } from './settling.ts';
import type { Unobserved } from './unobserved.ts';

/** Where a candidate could not go on. Its state is left as it was there. */
export interface DeadEnd {
  readonly candidate: Candidate;
  /** How many of the decisions that were seen it has taken. */
  readonly reached: number;
  /** What the rules refuse; null: what the step owes at its end, or that its stimulus is not possible. */
  readonly decision: Decision | null;
  /** Why the stimulus is not possible in this state, if it is not. */
  readonly impossible: ImpossibleStimulus | null;
}

/** Where one candidate got in one step. */
export interface Outcome {
  /** The quiet states that it may have led to. */
  readonly reached: readonly Candidate[];
  /** The dead end that was reached last in the step; null where there was none. */
  readonly deadEnd: DeadEnd | null;
  /** Whether there were more ways than were tried. */
  readonly cut: boolean;
}

/** So many ways through one step are tried. */
const MOST_WAYS = 4096;

const NOTHING: ReadonlySet<string> = new Set();

/** A way through a step, as far as it has been followed. */
interface Way {
  candidate: Candidate;
  index: number;
  /** What it takes first; others that go on from the same state come after it, unless it is the last of them. */
  first?: Choice & { readonly isLast: boolean };
}

/** A decision to go on by. */
interface Choice {
  readonly decision: Decision;
  /** The fields that stand-ins take the place of. */
  readonly hidden: ReadonlySet<string>;
  /** How many of the decisions that were seen it takes. */
  readonly by: number;
}

/**
 * Looks for the completions of a step: the decisions that were seen, in their order, and among them those that the log
 * leaves out, wherever the rules permit them.
 *
 * What is owed before anything else has one place only; what settles different machines can be exchanged, and is taken as
 * soon as it is permitted. So nearly every step has one completion, and the candidate itself is moved along it.
 */
export class StepCompletion {
  private readonly step: Step;
  private readonly unobserved: Unobserved;
  private readonly filledIn: FilledIn;
  private readonly reached: Candidate[] = [];
  private readonly open: Way[] = [];
  private deadEnd: DeadEnd | null = null;
  private readonly room: number;
  private ways = 0;
  private cut = false;

  /** @param room how many states are wanted: so many are looked for, and no more. */
  constructor(step: Step, unobserved: Unobserved, filledIn: FilledIn, room: number) {
    this.step = step;
    this.room = room;
    this.unobserved = unobserved;
    this.filledIn = filledIn;
  }

  /** Moves a candidate through the step, and copies of it where there is more than one way. */
  of(candidate: Candidate): Outcome {
    this.enter(candidate);
    for (let way = this.open.pop(); way !== undefined; way = this.open.pop()) {
      if (++this.ways > MOST_WAYS || this.reached.length >= this.room) {
        this.cut = true;
        break;
      }
      try {
        if (this.begin(way)) this.follow(way);
      } catch (error) {
        if (!(error instanceof ImpossibleStimulus)) throw error;
        this.fail(way, null, error);
      }
    }
    return { reached: this.reached, deadEnd: this.deadEnd, cut: this.cut };
  }

  /** Lets the stimulus happen. */
  private enter(candidate: Candidate): void {
    const { at, stimulus } = this.step;
    const { entered, cut } =
      stimulus.type === 'restart'
        ? restarted(candidate, stimulus.shard, this.unobserved)
        : { entered: [candidate], cut: false };
    this.cut ||= cut;
    for (const each of entered.reverse()) {
      const way = { candidate: each, index: 0 };
      try {
        each.judge.model.stimulate(at, stimulus);
        this.open.push(way);
      } catch (error) {
        if (!(error instanceof ImpossibleStimulus)) throw error;
        this.fail(way, null, error);
      }
    }
  }

  /** Follows a way to its end, or until there are several. */
  private follow(way: Way): void {
    const { decisions } = this.step;
    for (;;) {
      const { due } = way.candidate.judge.state;
      const seen = decisions[way.index];
      const urgent = due.waking.length > 0 || due.answer !== 'none' || due.exhausted > 0;
      if (urgent) {
        const owed = owedFirst(way.candidate, this.unobserved);
        if (owed !== null) {
          if (!this.goOn(way, owed, NOTHING, 0)) return;
          continue;
        }
      } else {
        if (seen === undefined) {
          if (this.settleAll(way)) this.end(way);
          return;
        }
        if (!this.prepareFor(way, seen)) return;
      }
      if (seen === undefined) return this.fail(way, null);
      if (!this.takeSeen(way, seen)) return;
    }
  }

  /** Takes the next decision that was seen. @returns whether this way goes on. */
  private takeSeen(way: Way, seen: Decision): boolean {
    const hidden = this.unobserved.fieldsOf(seen.type);
    const isOnly =
      hidden.size === 0 ||
      !this.step.decisions.some((other, at) => at > way.index && isSameKind(other, seen));
    return this.goOn(way, completionsOf(way.candidate, seen, hidden, isOnly), hidden, 1);
  }

  /** Takes what a way takes first. @returns whether it goes on. */
  private begin(way: Way): boolean {
    const { first } = way;
    if (first === undefined) return true;
    if (!first.isLast) way.candidate = copyCandidate(way.candidate);
    return this.takeOne(way, first);
  }

  /** Goes on by a decision; by each, if there are several. @returns whether this way goes on. */
  private goOn(way: Way, decisions: readonly Decision[], hidden: ReadonlySet<string>, by: number): boolean {
    const [decision] = decisions;
    if (decision === undefined) {
      this.fail(way, null);
      return false;
    }
    if (decisions.length === 1) return this.takeOne(way, { decision, hidden, by });
    this.open.push(...this.branches(way, decisions, hidden, by));
    return false;
  }

  /** A way for each decision, the first at the end. */
  private branches(
    { candidate, index }: Way,
    decisions: readonly Decision[],
    hidden: ReadonlySet<string>,
    by: number,
  ): Way[] {
    const last = decisions.length - 1;
    return decisions
      .map((decision, at) => ({ candidate, index, first: { decision, hidden, by, isLast: at === last } }))
      .reverse();
  }

  private takeOne(way: Way, { decision, hidden, by }: Choice): boolean {
    if (!takeOnLists(way.candidate, decision, hidden)) {
      this.fail(way, decision);
      return false;
    }
    if (by === 0) this.count(decision);
    way.index += by;
    return true;
  }

  private count({ type }: Decision): void {
    this.filledIn[type] = (this.filledIn[type] ?? 0) + 1;
  }

  /** Takes what the log leaves out and may have come before a decision that was seen. @returns whether this way goes on. */
  private prepareFor(way: Way, seen: Decision): boolean {
    const { judge } = way.candidate;
    if (isSettling(seen.type)) {
      const machine = 'id' in seen ? invocationOf(judge.state.invocations, seen.id)?.machine : undefined;
      return machine === undefined || machine === null || this.settle(way, machine);
    }
    if (seen.type !== 'list' && seen.type !== 'relist' && seen.type !== 'unlist') return true;
    // No step has one machine leave a list and another join one: what else is due on lists can wait for its end.
    return this.settleAll(way);
  }

  /** Settles every machine of the step as far as that was not seen. @returns whether this way goes on. */
  private settleAll(way: Way): boolean {
    for (const machine of way.candidate.judge.state.due.touched) {
      if (!this.settle(way, machine)) return false;
    }
    return true;
  }

  /** Takes what settles a machine and the log leaves out. @returns whether this way goes on. */
  private settle(way: Way, machine: Machine): boolean {
    const hides = (type: DecisionType) => this.unobserved.hides(type);
    for (let next = nextSettling(machine, hides); next !== null; next = nextSettling(machine, hides)) {
      if (!this.takeOne(way, { decision: next, hidden: NOTHING, by: 0 })) return false;
    }
    return true;
  }

  /** Ends the step, if it owes nothing more. */
  private end(way: Way): void {
    const { candidate } = way;
    for (const decision of enterWhatIsDue(candidate, this.unobserved)) this.count(decision);
    if (candidate.judge.judgeEnd(this.step.stimulus) !== null) return this.fail(way, null);
    this.reached.push(candidate);
  }

  private fail(
    { candidate, index }: Way,
    decision: Decision | null,
    impossible: ImpossibleStimulus | null = null,
  ): void {
    if (this.deadEnd !== null && this.deadEnd.reached >= index) return;
    this.deadEnd = { candidate, reached: index, decision, impossible };
  }
}

/** Whether two decisions move pages of the same invocation in the same direction. */
function isSameKind(one: Decision, other: Decision): boolean {
  return one.type === other.type && 'id' in one && 'id' in other && one.id === other.id;
}
