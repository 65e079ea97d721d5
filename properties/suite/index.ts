/**
 * XX in other people's tests: the whole catalogue against a scheduler of theirs, and a matcher for traces of theirs.
 * Without vitest it can be imported, and the judge works; a suite needs vitest. A scheduler itself needs only
 * `xx-spec/contract`, and judging `xx-spec/judge`.
 */

export * from '../../reference-impl/schedulers/contract.ts';
export type { Size } from '../arbitraries/configuration.ts';
export type { Goal, GoalStep } from '../goals/goal.ts';
export type {
  GoalInvocation,
  GoalMachine,
  GoalShard,
  GoalState,
  GoalTenant,
} from '../goals/view.ts';
export { describeScheduler, type SuiteOptions } from './describe-scheduler.ts';
export { acceptedByXX } from './judge.ts';

import './matcher.ts';
