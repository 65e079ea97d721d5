import type { Decision } from '../../model/alphabet.ts';
import { availableRam, type Invocation, type Machine, usableRam } from '../../model/entities.ts';
import { headOf } from '../../model/fifo.ts';
import { owedEnqueue } from '../../model/rules/admission.ts';
import { calledFor } from '../../model/rules/idle-lists.ts';
import {
  earlierVictim,
  killIsDue,
  killVictim,
  pageInToRun,
  pageOutLowest,
} from '../../model/rules/memory.ts';
import { betterHead } from '../../model/rules/placement.ts';
import { EVERY_RULE } from '../../model/rules/rule-set.ts';
import { preemptOutranked, startHighest } from '../../model/rules/running.ts';
import type { State } from '../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../model/table.ts';
import { overCommit, ranksBelow, willRunSet } from '../../model/will-run.ts';
import { MachineInTime } from './agreement-in-time.ts';
import { idsOf, queuedValues, valuesOf, walkValues } from './agreement-values.ts';
import { HOST, queuedCalled, residentCalled } from './encoding/entities.ts';
import { RESERVE } from './encoding/in-time.ts';
import { CALL, type Rules } from './encoding/rules.ts';
import { after, beginning, lackOf, overOf, residentOf, takes, walkCalled } from './encoding/walk.ts';
import { evaluate, type Values } from './terms/evaluate.ts';
import { type Bool, boolVariable, type Int, int, intVariable } from './terms/term.ts';

/**
 * Whether the rules as terms say what the rules of the model say, in a state of the model: what keeps lemmas about the
 * terms from being about something else.
 */

const [a, b] = [residentCalled('a'), residentCalled('b')];
const [one, other] = [queuedCalled('a'), queuedCalled('b')];
const isMember = boolVariable('isMember');
const isPreceded = boolVariable('isPreceded');
const isBest = boolVariable('isBest');
const comesIn = boolVariable('comesIn');
const [free, chunk] = [intVariable('free'), intVariable('chunk')];
const [memory, over, inRam, running] = ['memory', 'over', 'inRam', 'running'].map((name) =>
  intVariable(name),
) as [Int, Int, Int, Int];
const listed = {
  isUp: boolVariable('isUp'),
  isListed: boolVariable('isListed'),
  available: intVariable('available'),
  functions: intVariable('functions'),
  entryAvailable: intVariable('entryAvailable'),
  entryFunctions: intVariable('entryFunctions'),
};
const thresholds = {
  enter: intVariable('enter'),
  leave: intVariable('leave'),
  memoryDrift: intVariable('memoryDrift'),
  functionsDrift: intVariable('functionsDrift'),
};

/** Those of machines whose disk takes time. */
function termsInTime({ inTime }: Rules) {
  const share = intVariable('share');
  return {
    kept: inTime.kept(intVariable('stays'), intVariable('incoming'), intVariable('outgoing')),
    exceeds: inTime.exceeds(a.demand, HOST, RESERVE),
    isOverfull: inTime.isOverfull(intVariable('all'), HOST, RESERVE),
    share: inTime.share(intVariable('held'), intVariable('lackAbove'), HOST),
    mayAllocate: inTime.mayAllocate(isMember, memory, share),
    mayPageIn: inTime.mayPageIn(isMember, isBest, memory, share),
    mayPageOut: inTime.mayPageOut(a, { isMember, memory, over, isPreceded, comesIn, free, chunk }),
    mayBorrow: inTime.mayBorrow(isMember, boolVariable('isVictim')),
    coreToLend: inTime.coreToLend(intVariable('ready'), intVariable('lent'), HOST.cores),
  };
}

/** The terms of some rules, made once. */
function termsOf(rules: Rules) {
  const walk = walkCalled('w', rules.stopsThere);
  return {
    usable: rules.usable(HOST.ram, intVariable('antagonist')),
    ranksBelow: rules.ranksBelow(a, b),
    takes: takes(rules, HOST, walk, a),
    after: after(rules, HOST, walk, a),
    over: overOf(residentOf(walk), lackOf(walk), HOST),
    givesFirst: rules.givesFirst(b, a, HOST),
    mayPageOut: rules.mayPageOut(a, { isMember, memory, over, isPreceded }),
    mayPageIn: rules.mayPageIn(isMember, memory, inRam, HOST),
    mayStart: rules.mayStart(a, isMember, running, HOST),
    mayPreempt: rules.mayPreempt(isMember),
    exceeds: rules.exceeds(a.demand, HOST),
    isOverfull: rules.isOverfull(intVariable('all'), HOST),
    diesFirst: rules.diesFirst(a, b),
    placedBefore: rules.placedBefore(one, other),
    calledFor: rules.calledFor(listed, thresholds),
    written: rules.written(listed),
    inherited: rules.inherited(intVariable('caller'), boolVariable('isDegraded'), intVariable('asked')),
    again: rules.again(intVariable('before'), intVariable('asked')),
    inTime: termsInTime(rules),
  };
}

/** Compares the terms of some rules with the model. */
export class Agreement {
  private readonly terms: ReturnType<typeof termsOf>;
  /** How many answers were compared. */
  compared = 0;

  constructor(rules: Rules) {
    this.terms = termsOf(rules);
  }

  /** What the two disagree about in this state, which may be one within a step; null when they agree. */
  disagreement(state: State): string | null {
    for (const machine of state.machines) {
      const about = this.onMachine(state, machine);
      if (about !== null) return `machine ${machine.id}: ${about}`;
    }
    return this.atShards(state) ?? this.aboutAnswers(state);
  }

  private differ(what: string, term: unknown, model: unknown): string | null {
    this.compared++;
    return term === model ? null : `${what}: the terms say ${term}, the model says ${model}`;
  }

  private onMachine(state: State, machine: Machine): string | null {
    const { terms } = this;
    const { cores, ram, swap, antagonist, live } = machine;
    const isInTime = state.config.paging !== undefined;
    const kills = isInTime ? terms.inTime : terms;
    const usable = evaluate(terms.usable, { ram, antagonist });
    const host = { cores, ram, swap, usable, reserve: machine.reserve };
    const values = new Map(live.map((who, place) => [who, valuesOf('a', who, place)]));
    const asB = new Map(live.map((who, place) => [who, valuesOf('b', who, place)]));
    const pair = (first: Invocation, second: Invocation): Values => ({
      ...host,
      ...values.get(first)!,
      ...asB.get(second)!,
    });
    const members = new Set<Invocation>();
    let seen: Record<string, number | boolean> = walkValues(beginning(int(state.topClass)), {});
    const ranked = [...live].sort((x, y) => (evaluate(terms.ranksBelow, pair(x, y)) ? 1 : -1));
    for (const who of ranked) {
      const now = { ...host, ...seen, ...values.get(who)! };
      if (evaluate(terms.takes, now)) members.add(who);
      seen = walkValues(terms.after, now);
    }
    const willRun = willRunSet(machine);
    const overCommitted = evaluate(terms.over, { ...host, ...seen });
    const first = (picked: readonly Invocation[]) =>
      picked.find((who) =>
        picked.every((rest) => rest === who || evaluate(terms.diesFirst, pair(who, rest))),
      );
    const exceeding = live.filter((who) => evaluate(kills.exceeds, { ...host, ...values.get(who)! }));
    const isOverfull = evaluate(kills.isOverfull, { ...host, all: machine.demand });
    const victim = first(exceeding) ?? (isOverfull ? first(live) : undefined);
    const found =
      this.differ('RAM′', usable, usableRam(machine)) ??
      this.differ('will-run set', idsOf([...members]), idsOf(willRun)) ??
      this.differ('over-commitment', overCommitted, overCommit(machine)) ??
      this.differ('a kill is due', exceeding.length > 0 || isOverfull, killIsDue(machine)) ??
      this.differ('who is killed', victim?.id, killVictim(machine)?.invocation.id) ??
      this.aboutList(state, machine);
    if (found !== null) return found;
    const inTime = isInTime
      ? new MachineInTime(this.terms, state, machine, {
          host,
          members: ranked.filter((who) => members.has(who)),
          over: overCommitted,
          pair,
          differ: (what, term, model) => this.differ(what, term, model),
        })
      : null;
    const aboutCores = inTime?.aboutCores(ranked) ?? null;
    if (aboutCores !== null) return aboutCores;
    for (const who of live) {
      const preceded = live.some(
        (rest) =>
          rest !== who &&
          !members.has(rest) &&
          rest.resident > 0 &&
          evaluate(terms.givesFirst, pair(who, rest)),
      );
      const now: Values = {
        ...host,
        ...values.get(who)!,
        isMember: members.has(who),
        isPreceded: preceded,
        over: overCommitted,
        inRam: machine.resident,
        running: machine.running,
      };
      const wrong =
        this.differ(`who gives before ${who.id}`, preceded, earlierVictim(machine, who) !== null) ??
        this.ranks(machine, who, pair) ??
        (inTime === null ? this.permissions(state, machine, who, now) : inTime.aboutMemory(who, now));
      if (wrong !== null) return wrong;
    }
    return null;
  }

  private ranks(
    machine: Machine,
    who: Invocation,
    pair: (one: Invocation, other: Invocation) => Values,
  ): string | null {
    for (const rest of machine.live) {
      if (rest === who) continue;
      const below = evaluate(this.terms.ranksBelow, pair(who, rest));
      const wrong = this.differ(`${who.id} ranks below ${rest.id}`, below, ranksBelow(machine, who, rest));
      if (wrong !== null) return wrong;
    }
    return null;
  }

  /** Every amount from 1 MB to one more than could be permitted, where somebody has or lacks that much. */
  private permissions(state: State, machine: Machine, who: Invocation, now: Values): string | null {
    const { terms } = this;
    const { id, phase, resident, demand } = who;
    const compare = (rule: typeof startHighest, decision: Decision, term: Bool, values: Values) => {
      const occasion = { decision, invocation: who, machine, rules: EVERY_RULE };
      return this.differ(JSON.stringify(decision), evaluate(term, values), rule.permits(state, occasion));
    };
    if (phase === PHASE.running) {
      const wrong = compare(preemptOutranked, { type: 'preempt', id }, terms.mayPreempt, now);
      if (wrong !== null) return wrong;
    }
    if (phase === PHASE.ready) {
      const wrong = compare(startHighest, { type: 'start', id }, terms.mayStart, now);
      if (wrong !== null) return wrong;
    }
    for (let mb = 1; mb <= Math.max(resident, demand - resident); mb++) {
      const moved = { ...now, memory: mb };
      const wrong =
        (mb > resident
          ? null
          : compare(pageOutLowest, { type: 'pageOut', id, memory: mb }, terms.mayPageOut, moved)) ??
        (mb > demand - resident
          ? null
          : compare(pageInToRun, { type: 'pageIn', id, memory: mb }, terms.mayPageIn, moved));
      if (wrong !== null) return wrong;
    }
    return null;
  }

  private aboutList(state: State, machine: Machine): string | null {
    const { entry } = machine;
    const { calledFor: called, written } = this.terms;
    const values = {
      ...state.config.idle,
      isUp: machine.availability === AVAILABILITY.up,
      isListed: entry !== null,
      available: availableRam(machine),
      functions: machine.live.length,
      entryAvailable: entry?.available ?? 0,
      entryFunctions: entry?.functions ?? 0,
    };
    return (
      this.differ(
        'what is called for',
        evaluate(called, values),
        CALL[calledFor(state, machine) ?? 'nothing'],
      ) ??
      this.differ('memory of an entry', evaluate(written.available, values), availableRam(machine)) ??
      this.differ('functions of an entry', evaluate(written.functions, values), machine.live.length)
    );
  }

  private atShards(state: State): string | null {
    for (const shard of state.shards) {
      const heads = shard.queues.flatMap((queue) => headOf(queue) ?? []);
      for (const head of heads) {
        const beaten = heads.some(
          (rival) =>
            rival !== head &&
            evaluate(this.terms.placedBefore, {
              ...queuedValues(state, 'a', rival),
              ...queuedValues(state, 'b', head),
            }),
        );
        const wrong = this.differ(
          `a head before ${head.id}`,
          beaten,
          betterHead(state, shard, head) !== null,
        );
        if (wrong !== null) return wrong;
      }
    }
    return null;
  }

  private aboutAnswers(state: State): string | null {
    for (const callee of state.byPhase[PHASE.inheritance]!) {
      if (callee.caller === null) continue;
      const { class: caller, degraded } = callee.caller;
      const inherited = evaluate(this.terms.inherited, {
        caller,
        isDegraded: degraded,
        asked: callee.askedClass,
      });
      const wrong = this.differ(`the class of ${callee.id}`, inherited, owedEnqueue(state, callee)?.class);
      if (wrong !== null) return wrong;
    }
    for (const lost of state.byPhase[PHASE.lost]!) {
      const owed = owedEnqueue(state, lost);
      if (owed === null) continue;
      const again = evaluate(this.terms.again, { before: lost.class, asked: lost.askedClass });
      const wrong = this.differ(`the class of ${lost.id} after a crash`, again, owed.class);
      if (wrong !== null) return wrong;
    }
    return null;
  }
}
