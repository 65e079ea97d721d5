import type { Decision, Stimulus } from '../alphabet.ts';
import { emptyTally, type Tally } from '../coverage.ts';
import { permitted } from '../permitted.ts';
import { permissionsTested, RULE_INDEX } from '../rules/index.ts';
import {
  type Expander,
  type ExtraCheck,
  type LeftOut,
  type Successor,
  type Visit,
  Workbench,
  type Wrong,
} from './expander.ts';
import type { BoundedInstance } from './instance.ts';
import type { Packing } from './packing.ts';

const POSSIBLE_DECISION = RULE_INDEX['possible-decision'];

/**
 * The model by itself: every decision that the rules permit, in every order, page-outs and page-ins in every amount,
 * whatever a scheduler would do. So what holds here follows from the rules.
 *
 * It also checks that the rules fit together: a step may end exactly when nothing more is permitted.
 */
export class ModelExpander implements Expander {
  readonly packing: Packing;
  readonly tally: Tally;
  readonly leftOut: LeftOut = { impossible: 0, outside: 0 };
  private readonly workbench: Workbench;
  private readonly check: ExtraCheck;

  constructor(instance: BoundedInstance, check: ExtraCheck = () => null, tally: Tally = emptyTally()) {
    this.workbench = new Workbench(instance, tally);
    this.packing = this.workbench.packing;
    this.tally = tally;
    this.check = check;
  }

  boot(visit: Visit): void {
    this.everyAnswer(0, 0, { type: 'boot' }, () => this.workbench.renew(), visit);
  }

  expand(words: Int32Array, offset: number, visit: Visit): void {
    const { workbench } = this;
    workbench.enter(words, offset);
    for (const { afterMs, stimulus } of [...workbench.enabled]) {
      const at = workbench.here.now + afterMs;
      if (!this.everyAnswer(at, afterMs, stimulus, () => workbench.load(), visit)) return;
    }
  }

  /** Visits every way in which the rules let a step go; false when the visitor has had enough. */
  private everyAnswer(
    at: number,
    afterMs: number,
    stimulus: Stimulus,
    enter: () => void,
    visit: Visit,
  ): boolean {
    const { workbench } = this;
    const open: Decision[][] = [[]];
    // Orders of independent decisions lead to the same place: only one of them is followed further.
    const seen = new Set<string>();
    // Where paging takes time they also end in one edge, as others count them. Each is judged all the same.
    const ends = this.workbench.instance.paging === undefined ? null : new Set<string>();
    for (let decisions = open.pop(); decisions !== undefined; decisions = open.pop()) {
      enter();
      workbench.judge.model.stimulate(at, stimulus);
      this.tally.premises[POSSIBLE_DECISION]! += decisions.length;
      for (const decision of decisions) {
        workbench.judge.model.examine(decision);
        for (const rule of permissionsTested(decision)) this.tally.premises[rule]!++;
        workbench.judge.model.apply(decision);
      }
      const next = [...permitted(workbench.judge.model, true)];
      const owing = workbench.judge.judgeEnd(stimulus);
      if (next.length > 0 && owing !== null) {
        const key = whereTo(decisions);
        if (seen.has(key)) continue;
        seen.add(key);
        for (const decision of next.reverse()) open.push([...decisions, decision]);
        continue;
      }
      const wrong = this.wrongAtEnd(next, owing) ?? this.check(workbench.judge, { at, stimulus, decisions });
      if (wrong === null && ends !== null) {
        const key = whereTo(decisions);
        if (ends.has(key)) continue;
        ends.add(key);
      }
      const successor: Successor = { afterMs, stimulus, decisions, wrong };
      if (!visit(successor, wrong === null ? workbench.leave(stimulus) : workbench.nowhere)) return false;
    }
    return true;
  }

  private wrongAtEnd(next: readonly Decision[], owing: Wrong | null): Wrong | null {
    if (next.length === 0) return owing;
    return {
      rule: 'step-ends-when-done',
      message: `the step owes nothing, and yet ${next.length} decisions are permitted, ${JSON.stringify(next[0])} among them`,
    };
  }
}

/** The same for decisions that lead to the same place: in another order, or with memory granted in other parts. */
function whereTo(decisions: readonly Decision[]): string {
  const granted = new Map<number, number>();
  const others: string[] = [];
  for (const decision of decisions) {
    if (decision.type === 'allocate') {
      granted.set(decision.id, (granted.get(decision.id) ?? 0) + decision.memory);
    } else {
      others.push(JSON.stringify(decision));
    }
  }
  const grants = [...granted].map(([id, memory]) => `allocate ${id} ${memory}`);
  return [...others, ...grants].sort().join();
}
