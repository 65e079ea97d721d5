/**
 * XX in other people's tests: the whole catalogue against a scheduler of theirs, and a matcher for traces of theirs.
 * To be imported where vitest runs; a scheduler itself needs only `xx-spec/contract`.
 */

export * from '../../reference-impl/schedulers/contract.ts';
export type { Size } from '../arbitraries/configuration.ts';
export { describeScheduler, type SuiteOptions } from './describe-scheduler.ts';
export { acceptedByXX } from './matcher.ts';
