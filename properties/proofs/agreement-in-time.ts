import type { Decision } from '../../model/alphabet.ts';
import {
  type Invocation,
  isWhole,
  keptBy,
  type Machine,
  ramHeld,
  swapHeld,
  swappedOf,
} from '../../model/entities.ts';
import { pageInToRun, pageOutLowest } from '../../model/rules/memory.ts';
import { chunkOf, grantToRun } from '../../model/rules/paging.ts';
import { EVERY_RULE } from '../../model/rules/rule-set.ts';
import { runSet } from '../../model/run-set.ts';
import type { State } from '../../model/state.ts';
import { DISK } from '../../model/table.ts';
import { couldRun } from '../../model/will-run.ts';
import { idsOf } from './agreement-values.ts';
import { evaluate, type Values } from './terms/evaluate.ts';
import type { Bool, Int } from './terms/term.ts';

/** The terms of the rules that it evaluates. */
export interface TermsInTime {
  readonly givesFirst: Bool;
  readonly inTime: {
    readonly kept: Int;
    readonly share: Int;
    readonly mayAllocate: Bool;
    readonly mayPageIn: Bool;
    readonly mayPageOut: Bool;
    readonly mayBorrow: Bool;
    readonly coreToLend: Bool;
  };
}

/** A machine as the terms have it. */
export interface Seen {
  readonly host: Values;
  /** The will-run set, the best first. */
  readonly members: readonly Invocation[];
  readonly over: number;
  pair(one: Invocation, other: Invocation): Values;
  differ(what: string, term: unknown, model: unknown): string | null;
}

/** Compares the rules of a machine whose disk takes time with their terms. */
export class MachineInTime {
  private readonly terms: TermsInTime;
  private readonly state: State;
  private readonly machine: Machine;
  private readonly seen: Seen;
  private readonly best: Invocation | undefined;

  constructor(terms: TermsInTime, state: State, machine: Machine, seen: Seen) {
    this.terms = terms;
    this.state = state;
    this.machine = machine;
    this.seen = seen;
    this.best = seen.members.find((who) => swappedOf(who) > 0);
  }

  /** Who keeps what, and who runs. */
  aboutCores(ranked: readonly Invocation[]): string | null {
    const { machine, seen, terms } = this;
    const { members, host } = seen;
    for (const who of machine.live) {
      const wrong = seen.differ(`what ${who.id} keeps`, this.kept(who), keptBy(who));
      if (wrong !== null) return wrong;
    }
    const run = members.filter(isWhole);
    const ready = run.length;
    const victims = this.victims();
    for (const who of ranked) {
      const borrows = { isMember: members.includes(who), isVictim: victims.includes(who) };
      if (!couldRun(who) || !isWhole(who) || !evaluate(terms.inTime.mayBorrow, borrows)) continue;
      if (evaluate(terms.inTime.coreToLend, { ...host, ready, lent: run.length - ready })) run.push(who);
    }
    return seen.differ('who runs', idsOf(run), idsOf(runSet(this.state, machine)));
  }

  /** Every amount that one has, lacks or has asked for. */
  aboutMemory(who: Invocation, now: Values): string | null {
    const { terms, state, machine } = this;
    const values = {
      ...now,
      share: this.share(who),
      isBest: who === this.best,
      comesIn: this.best !== undefined && this.mayComeIn(this.best),
      free: machine.swap - swapHeld(machine),
      chunk: chunkOf(state),
    };
    const compare = (
      rule: typeof grantToRun | typeof pageInToRun | typeof pageOutLowest,
      decision: Decision,
      term: Bool,
      mb: number,
    ) => {
      const occasion = { decision, invocation: who, machine, rules: EVERY_RULE };
      const said = evaluate(term, { ...values, memory: mb });
      return this.seen.differ(JSON.stringify(decision), said, rule.permits(state, occasion));
    };
    const { id, fresh, resident } = who;
    const { mayAllocate, mayPageIn, mayPageOut } = terms.inTime;
    for (let mb = 1; mb <= Math.max(fresh, resident, swappedOf(who)); mb++) {
      const wrong =
        (mb > fresh ? null : compare(grantToRun, { type: 'allocate', id, memory: mb }, mayAllocate, mb)) ??
        (mb > swappedOf(who)
          ? null
          : compare(pageInToRun, { type: 'pageIn', id, memory: mb }, mayPageIn, mb)) ??
        (mb > resident ? null : compare(pageOutLowest, { type: 'pageOut', id, memory: mb }, mayPageOut, mb));
      if (wrong !== null) return wrong;
    }
    return null;
  }

  private kept({ resident, inFlight }: Invocation): number {
    const isComing = this.machine.disk === DISK.in;
    return evaluate(this.terms.inTime.kept, {
      stays: resident,
      incoming: isComing ? inFlight : 0,
      outgoing: isComing ? 0 : inFlight,
    });
  }

  /** What one may have, if those of the will-run set above it lack what they do; of others, if all of it do. */
  private share(who: Invocation): number {
    const { members, host } = this.seen;
    const place = members.indexOf(who);
    const above = place < 0 ? members : members.slice(0, place);
    const lackAbove = above.reduce((sum, one) => sum + one.demand - this.kept(one), 0);
    return evaluate(this.terms.inTime.share, { ...host, held: ramHeld(this.machine), lackAbove });
  }

  private mayComeIn(best: Invocation): boolean {
    const values = { isMember: true, isBest: true, memory: 1, share: this.share(best) };
    return evaluate(this.terms.inTime.mayPageIn, values);
  }

  /** The first to give their RAM that have what is over-committed. */
  private victims(): Invocation[] {
    const { members, over, pair } = this.seen;
    const givers = this.machine.live
      .filter((who) => !members.includes(who) && who.resident > 0)
      .sort((one, other) => (evaluate(this.terms.givesFirst, pair(other, one)) ? -1 : 1));
    let dueMb = over;
    return givers.filter(({ resident }) => {
      const isVictim = dueMb > 0;
      dueMb -= resident;
      return isVictim;
    });
  }
}
