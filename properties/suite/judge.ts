/**
 * The judge for programs of any kind: it brings no test library along, and the contract with it, so that a scheduler can
 * be built, played and judged with this module alone.
 */
import type { Trace } from '../../model/configuration.ts';
import { emptyTally } from '../../model/coverage.ts';
import { readTrace } from '../../model/format/lines.ts';
import { traceText } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import { RULE_IDS, type RuleId, ruleSetOf } from '../../model/rules/rule-set.ts';

export type { Violation } from '../../model/judge.ts';
export { RULE_IDS, type RuleId } from '../../model/rules/rule-set.ts';
export * from '../../reference-impl/schedulers/contract.ts';

/**
 * Judges a trace, step by step.
 *
 * @param rules the rules to ask; by default all of XX. A decision that is not possible is refused in any case.
 * @returns null when it is accepted, or the first step that is not.
 * @throws InputError with one line when it is not a trace.
 */
export function acceptedByXX(trace: Trace | string, rules: readonly RuleId[] = RULE_IDS): Violation | null {
  const text = typeof trace === 'string' ? trace : textOf(trace);
  const { config, steps } = readTrace(text.trimEnd().split('\n'));
  const judge = new Judge(config, emptyTally(), ruleSetOf(rules));
  for (const [index, { at, stimulus, decisions }] of steps.entries()) {
    const violation = judged(judge, at, stimulus, decisions, index + 2);
    if (violation !== null) return violation;
  }
  return null;
}

function judged(judge: Judge, ...[at, stimulus, decisions, line]: [...Parameters<Judge['step']>, number]) {
  try {
    return judge.step(at, stimulus, decisions);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`line ${line}: ${error.message}`) : error;
  }
}

function textOf(trace: Trace): string {
  try {
    return traceText(trace);
  } catch {
    throw new InputError(
      'expected a trace: an object with config and steps, or the text of one in JSON lines',
    );
  }
}
