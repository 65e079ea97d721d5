import {
  DECISION_TYPES,
  type Decision,
  type DecisionType,
  groupOf,
  OPTIONAL_DECISION_TYPES,
  type OptionalDecision,
  type WordGroup,
} from '../alphabet.ts';
import { isWhole, swappedOf, usableRam } from '../entities.ts';
import type { State } from '../state.ts';
import { GUARD_NAMES, type GuardName } from '../statecharts/guards.ts';
import { AVAILABILITY, EVENT } from '../table.ts';
import { admit, answered, inherit, isNextOfTheLost, wakeCaller } from './admission.ts';
import { idleListTrue } from './idle-lists.ts';
import { killIff, killIsDue, memoryBound, pageInToRun, pageOutLowest } from './memory.ts';
import { billExact, budgetBound } from './money.ts';
import { diskWorks, grantToRun } from './paging.ts';
import { boundedOvertaking, placeGreatest, placeLeastLoaded } from './placement.ts';
import { possibleDecision } from './possible-decision.ts';
import type { MachineObligation, Occasion, Permission, RuleText, StepObligation } from './rule.ts';
import { RULE_IDS, RULE_INDEX, type RuleId } from './rule-set.ts';
import { preemptOutranked, runResident, runTheHighest, startHighest } from './running.ts';

export { RULE_INDEX } from './rule-set.ts';

/** All rules, and how the guards of the charts and the decisions hang together with them. */

export const PERMISSIONS: readonly Permission[] = [
  admit,
  wakeCaller,
  placeGreatest,
  placeLeastLoaded,
  killIff,
  grantToRun,
  memoryBound,
  preemptOutranked,
  pageOutLowest,
  pageInToRun,
  startHighest,
  idleListTrue,
  billExact,
];

/** Judged on every machine that a step has touched. */
export const MACHINE_OBLIGATIONS: readonly MachineObligation[] = [
  killIff,
  memoryBound,
  runResident,
  runTheHighest,
  grantToRun,
  diskWorks,
  idleListTrue,
];

/** Judged once a step. */
export const STEP_OBLIGATIONS: readonly StepObligation[] = [
  answered,
  inherit,
  boundedOvertaking,
  budgetBound,
];

const EVERYBODY: readonly RuleText[] = [
  possibleDecision,
  ...PERMISSIONS,
  ...MACHINE_OBLIGATIONS,
  ...STEP_OBLIGATIONS,
];

/** Every rule once, in the order in which the pages list them: by the numbers of {@link RULE_INDEX}. */
export const RULES: readonly RuleText[] = RULE_IDS.map(ruleCalled);

function ruleCalled(id: RuleId): RuleText {
  const rule = EVERYBODY.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`the rule ${id} stands in no list of model/rules/index.ts`);
  return rule;
}

/** What a rule judges: decisions, what a step leaves behind, or both; or whether a decision is possible at all. */
export type RuleKind = 'possibility' | 'permission' | 'obligation' | 'permission and obligation';

export function kindOfRule(id: RuleId): RuleKind {
  const permits = PERMISSIONS.some((rule) => rule.id === id);
  const obliges = [...MACHINE_OBLIGATIONS, ...STEP_OBLIGATIONS].some((rule) => rule.id === id);
  if (permits) return obliges ? 'permission and obligation' : 'permission';
  return obliges ? 'obligation' : 'possibility';
}

/** The rule that says when a decision may be taken. */
export const RULE_OF_DECISION: Record<DecisionType, Permission> = {
  enqueue: admit,
  throttle: admit,
  place: placeGreatest,
  start: startHighest,
  preempt: preemptOutranked,
  allocate: grantToRun,
  pageOut: pageOutLowest,
  pageIn: pageInToRun,
  kill: killIff,
  complete: billExact,
  wake: wakeCaller,
  list: idleListTrue,
  relist: idleListTrue,
  unlist: idleListTrue,
  reserve: placeLeastLoaded,
  release: placeLeastLoaded,
  probe: idleListTrue,
  forget: idleListTrue,
  evict: killIff,
  refuse: placeLeastLoaded,
  cancel: killIff,
};

/** What a type of decision is to charts and rules, found by one lookup. */
export interface DecisionKind {
  /** The number of the event that charts hear. */
  readonly event: number;
  /** The permissions that an accepted decision has put to the test, by the index of the rule. */
  readonly tested: readonly number[];
  /** The optional words that it belongs to; null: it is one of XX. */
  readonly words: WordGroup | null;
}

const tests = (...rules: readonly Permission[]) => rules.map(({ id }) => RULE_INDEX[id]);

const TESTED_BY: Record<DecisionType, readonly number[]> = {
  enqueue: tests(admit),
  throttle: tests(admit),
  place: tests(placeGreatest, placeLeastLoaded),
  start: tests(startHighest),
  preempt: tests(preemptOutranked),
  allocate: tests(grantToRun),
  pageOut: tests(pageOutLowest),
  pageIn: tests(pageInToRun),
  kill: tests(killIff, billExact),
  complete: tests(billExact),
  wake: tests(wakeCaller),
  list: tests(idleListTrue),
  relist: tests(idleListTrue),
  unlist: tests(idleListTrue),
  // No rule of XX accepts these: where they are taken none is asked but whether a bill is right.
  reserve: [],
  release: [],
  probe: [],
  forget: [],
  evict: [],
  refuse: [],
  cancel: tests(billExact),
};

const DECISION_KINDS = new Map(
  [...DECISION_TYPES, ...OPTIONAL_DECISION_TYPES].map((type): [DecisionType, DecisionKind] => [
    type,
    { event: EVENT[type], tested: TESTED_BY[type], words: groupOf(type) },
  ]),
);

/** What a type of decision is to charts and rules. */
export function kindOf({ type }: Pick<Decision, 'type'>): DecisionKind {
  return DECISION_KINDS.get(type)!;
}

/** Whether a decision is one of optional words. */
export function isOptional(
  decision: Decision,
  { words }: DecisionKind = kindOf(decision),
): decision is OptionalDecision {
  return words !== null;
}

const KILLED_FOR_ATTEMPTS = tests(admit, billExact);

/** The permissions that an accepted decision has put to the test, by the index of the rule. */
export function permissionsTested(
  decision: Decision,
  { tested }: DecisionKind = kindOf(decision),
): readonly number[] {
  // Such a kill answers the crash; no memory calls for it.
  return decision.type === 'kill' && decision.reason === 'attempts' ? KILLED_FOR_ATTEMPTS : tested;
}

type Predicate = (state: State, occasion: Occasion) => boolean;

const memoryOfDecision = ({ decision }: Occasion): number =>
  decision.type === 'pageOut' || decision.type === 'pageIn' || decision.type === 'allocate'
    ? decision.memory
    : 0;

/** What each guard of the charts asks of the state. */
const PREDICATE_OF: Record<GuardName, Predicate> = {
  always: () => true,
  // The judge has asked `impossibility` before any chart hears of the stimulus.
  possible: () => true,

  admit: admit.permits,
  'attempts-exhausted': (state, { decision, invocation }) =>
    decision.type === 'kill' &&
    decision.reason === 'attempts' &&
    isNextOfTheLost(state, invocation!) &&
    invocation!.attempt >= state.config.maxAttempts,
  'place-greatest': placeGreatest.permits,
  'place-least-loaded': placeLeastLoaded.permits,
  'start-highest': startHighest.permits,
  'preempt-outranked': preemptOutranked.permits,
  'grant-to-run': grantToRun.permits,
  'page-out-lowest': pageOutLowest.permits,
  'page-in-to-run': pageInToRun.permits,
  'kill-iff': killIff.permits,
  'wake-caller': wakeCaller.permits,
  'bill-exact': billExact.permits,
  'idle-list-true': idleListTrue.permits,

  'not-of-xx': () => false,

  'leaves-some': (_state, occasion) => memoryOfDecision(occasion) < occasion.invocation!.resident,
  'takes-all': (_state, occasion) => memoryOfDecision(occasion) === occasion.invocation!.resident,
  'lacks-more': ({ config }, occasion) =>
    config.paging === undefined && memoryOfDecision(occasion) < swappedOf(occasion.invocation!),
  'brings-all': ({ config }, occasion) =>
    config.paging === undefined && memoryOfDecision(occasion) === swappedOf(occasion.invocation!),
  'sends-for': ({ config }, occasion) =>
    config.paging !== undefined && memoryOfDecision(occasion) <= swappedOf(occasion.invocation!),
  'takes-time': ({ config }) => config.paging !== undefined,
  'leaves-some-fresh': (_state, occasion) => memoryOfDecision(occasion) < occasion.invocation!.fresh,
  'makes-it-whole': (_state, occasion) =>
    memoryOfDecision(occasion) === occasion.invocation!.fresh &&
    occasion.invocation!.resident + occasion.invocation!.fresh === occasion.invocation!.demand,
  'grants-the-rest': (_state, occasion) => memoryOfDecision(occasion) === occasion.invocation!.fresh,
  'has-fresh': (_state, { invocation }) => invocation!.fresh > 0,
  'is-whole': (_state, { invocation }) => isWhole(invocation!),
  'owns-the-transfer': (_state, { machine, invocation }) =>
    invocation !== null && machine!.transferOwner === invocation,
  'takes-it-down': (_state, { machine }) =>
    machine!.availability === AVAILABILITY.draining && machine!.live.length === 1,
  'holds-live': (_state, { machine }) => machine!.live.length > 0,
  'is-empty': (_state, { machine }) => machine!.live.length === 0,
  'leaves-others': (_state, { machine }) => machine!.live.length > 1,
  'leaves-it-empty': (_state, { machine }) => machine!.live.length === 1,
  'placed-from-this-entry': (_state, { machine, decision }) =>
    decision.type === 'place' && decision.via === 'idle-list' && machine!.entry?.shard === decision.shard,
  'fits-ram': (_state, { machine }) => machine!.demand <= usableRam(machine!),
  'fits-swap': (_state, { machine }) => !killIsDue(machine!),
  exceeds: (_state, { machine }) => killIsDue(machine!),
  'holds-ram': (_state, { invocation }) => invocation!.resident > 0,
  'holds-no-ram': (_state, { invocation }) => invocation!.resident === 0,
};

/** The predicates by the number of their guard. */
export const PREDICATES: readonly Predicate[] = GUARD_NAMES.map((name) => PREDICATE_OF[name]);

/** The permission that a guard speaks for, if it does: what a refusal by that guard is called. */
export const PERMISSION_OF_GUARD: Partial<Record<GuardName, Permission>> = {
  ...Object.fromEntries(PERMISSIONS.map((rule) => [rule.id, rule])),
  'attempts-exhausted': admit,
};
