import { type AnyStateNode, type StateValue, setup } from 'xstate';
import type { DecisionType, StimulusType, WordGroup } from '../alphabet.ts';
import type { RuleId } from '../rules/rule-set.ts';
import type { GuardName } from './guards.ts';

/**
 * What a chart hears: the stimuli and the decisions under their own names, and one consequence, `calleeEnds`, by
 * which a blocked caller learns that the invocation it waits for has ended.
 */
export type ChartEventType = StimulusType | DecisionType | 'calleeEnds';

/**
 * An event as the charts run it under xstate: the outcome of each guard travels with the event. The chart says
 * which guards matter in which state; the rules say when they hold.
 */
export interface ChartEvent {
  type: ChartEventType;
  holds: Partial<Record<GuardName, boolean>>;
}

/** What the pages and the verdicts say of a transition beside its guard. */
export interface TransitionMeta {
  /** Section of the paper, without the sign. */
  section: string;
  /** Whether no trace that XX accepts takes it: it is there so that what is wrong can be followed, and seen. */
  wrong?: true;
  /** Whether only a cluster where paging takes time takes it. */
  inTime?: true;
  /** The optional words without which nothing takes it; none: XX takes it, or it is wrong. */
  words?: WordGroup;
  /** The rule by which XX refuses what it has no word for. */
  refusedBy?: RuleId;
}

/** One guarded transition of a chart, as the configuration of xstate wants it. */
export interface GuardedTransition<Target extends string> {
  guard: GuardName;
  target: Target;
  description: string;
  meta: TransitionMeta;
}

/**
 * Declares a transition: where to, under which guard, why (a sentence), and where the paper says so.
 */
export function go<Target extends string>(
  target: Target,
  guard: GuardName,
  section: string,
  description: string,
): GuardedTransition<Target> {
  return { guard, target, description, meta: { section } };
}

/** Declares a transition of XX where paging takes time. The parameters are those of {@link go}. */
export function goInTime<Target extends string>(
  target: Target,
  guard: GuardName,
  section: string,
  description: string,
): GuardedTransition<Target> {
  return { guard, target, description, meta: { section, inTime: true } };
}

/** Declares a transition that is possible, but that no accepted trace takes. The parameters are those of {@link go}. */
export function goWrong<Target extends string>(
  target: Target,
  guard: GuardName,
  section: string,
  description: string,
): GuardedTransition<Target> {
  return { guard, target, description, meta: { section, wrong: true } };
}

/** The section of the paper that names the schedulers whose words are optional. */
const RELATED_WORK = '5';

/**
 * Declares a transition of a decision that is an optional word, which XX does not have: only a cluster whose configuration
 * has it takes it, and a judge that asks for this rule of XX refuses it.
 */
export function goUnlikeXX<Target extends string>(
  words: WordGroup,
  target: Target,
  refusedBy: RuleId,
  description: string,
): GuardedTransition<Target> {
  const meta = { section: RELATED_WORK, words, refusedBy };
  return { guard: 'not-of-xx', target, description, meta };
}

/** Declares a transition that comes with optional words, and that another chart, or nobody, asks for. */
export function goOptional<Target extends string>(
  words: WordGroup,
  target: Target,
  guard: GuardName,
  description: string,
): GuardedTransition<Target> {
  return { guard, target, description, meta: { section: RELATED_WORK, words } };
}

/** The xstate set-up that all charts share: named guards whose outcomes the event carries. */
export function chartSetup<Name extends GuardName>(names: readonly Name[]) {
  type Guard = (context: { event: ChartEvent }) => boolean;
  const guards = Object.fromEntries(
    names.map((name): [Name, Guard] => [name, ({ event }) => event.holds[name] === true]),
  ) as Record<Name, Guard>;
  return setup({ types: { events: {} as ChartEvent, tags: {} as typeof WITHIN_A_STEP }, guards });
}

/** The tag of states that last only within a step: when a step that XX accepts is over, nobody is in one. */
export const WITHIN_A_STEP = 'within-a-step';

/** The states of a region that hold no others, in the order of the chart. */
export function leavesOf(region: AnyStateNode): AnyStateNode[] {
  return Object.values(region.states).flatMap((node) => (isLeaf(node) ? [node] : leavesOf(node)));
}

function isLeaf(node: AnyStateNode): boolean {
  return Object.keys(node.states).length === 0;
}

/** The states that a state of a region lies in, itself first; the region is not one of them. */
export function selfAndSuperstates(node: AnyStateNode, region: AnyStateNode): AnyStateNode[] {
  return node === region ? [] : [node, ...selfAndSuperstates(node.parent!, region)];
}

/** The innermost state of a value that xstate gives for a region: `running` of `{ onMachine: 'running' }`. */
export function leafOf(value: StateValue): string {
  return typeof value === 'string' ? value : leafOf(Object.values(value)[0]!);
}
