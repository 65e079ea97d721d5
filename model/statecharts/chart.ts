import { setup } from 'xstate';
import type { DecisionType, StimulusType } from '../alphabet.ts';
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

/**
 * Declares a transition that is possible, and that no trace takes which all rules accept. The parameters are those of
 * {@link go}.
 */
export function goWrong<Target extends string>(
  target: Target,
  guard: GuardName,
  section: string,
  description: string,
): GuardedTransition<Target> {
  return { guard, target, description, meta: { section, wrong: true } };
}

/** The xstate set-up that all three charts share: named guards whose outcomes the event carries. */
export function chartSetup<Name extends GuardName>(names: readonly Name[]) {
  type Guard = (context: { event: ChartEvent }) => boolean;
  const guards = Object.fromEntries(
    names.map((name): [Name, Guard] => [name, ({ event }) => event.holds[name] === true]),
  ) as Record<Name, Guard>;
  return setup({ types: { events: {} as ChartEvent }, guards });
}
