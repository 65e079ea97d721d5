import { MUTANTS } from '../../mutants/index.ts';
import { describeScheduler } from '../index.ts';

/**
 * A scheduler with a known fault, in the suite that other people use. It must fail: `.ci/canary` and a test run it with
 * the configuration beside it, and fail if it passes. Not part of `npm test`.
 */
const canary = MUTANTS.find(({ name }) => name === (process.env.XX_CANARY ?? 'kills-the-newest'));
if (canary === undefined) throw new Error(`properties/mutants has no ${process.env.XX_CANARY}`);

describeScheduler(() => canary.create(), {
  runs: 60,
  counterexamples: process.env.XX_CANARY_OUT ?? null,
});
