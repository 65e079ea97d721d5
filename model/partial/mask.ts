import type { Step } from '../alphabet.ts';
import type { Configuration } from '../configuration.ts';
import { FORMAT_VERSION } from '../format/header.ts';
import { inOrder } from '../format/write.ts';
import { printableJson } from '../printable.ts';
import type { Unobserved } from './unobserved.ts';

/** A whole trace as somebody would have logged it who does not record everything. */

/** The header of such a log, without its newline. */
export function maskedHeaderLine(config: Configuration, { words }: Unobserved): string {
  return printableJson({
    format: 'xx-trace',
    version: FORMAT_VERSION,
    config: inOrder(config),
    unobserved: words,
  });
}

/** A line of such a log, without its newline; null: it leaves no line. */
export function maskedStepLine(step: Step, unobserved: Unobserved): string | null {
  const decisions = step.decisions
    .filter(({ type }) => !unobserved.hides(type))
    .map((decision) => without(decision, unobserved.fieldsOf(decision.type)));
  const { at, stimulus } = step;
  if (unobserved.hides(stimulus.type)) {
    return decisions.length === 0 ? null : printableJson({ at, decisions });
  }
  return printableJson({ at, stimulus: without(stimulus, unobserved.fieldsOf(stimulus.type)), decisions });
}

function without(item: object, hidden: ReadonlySet<string>): object {
  if (hidden.size === 0) return item;
  return Object.fromEntries(Object.entries(item).filter(([field]) => !hidden.has(field)));
}
