import { InputError } from '../../model/input-error.ts';
import { RULE_IDS } from '../../model/rules/rule-set.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { OF_TRACES } from '../play/assessor.ts';
import { EXIT, interruptedCode } from './command.ts';

/** What `xx run` and `xx judge` have in common. */

/** The exit code of a verdict: what was refused stays refused, also when a signal came. */
export function codeOf(finding: Finding | null, isWhole: boolean): number {
  if (finding !== null) return EXIT.violation;
  return isWhole ? EXIT.accepted : interruptedCode();
}

/** @throws InputError when a property cannot be judged of a trace alone. */
export function ofTraces(properties: readonly PropertyId[]): readonly PropertyId[] {
  for (const id of properties) {
    if (OF_TRACES.includes(id) || RULE_IDS.some((rule) => rule === id)) continue;
    throw new InputError(
      `--property: ${id} is judged by playing a scheduler again, which is impossible with a trace; judge it with xx fuzz`,
    );
  }
  return properties;
}
