import type { Step } from '../../model/alphabet.ts';
import { configurationOf } from '../../model/explore/instance.ts';
import type { Counterexample } from '../../model/explore/search.ts';
import type { PropertyId } from '../catalogue.ts';
import { askedOf } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { EXPLORABLE, type Subject } from './expanders.ts';
import { type Kept, keep } from './keep.ts';

/** Something wrong, at the end of a path, and where it is kept. */
export interface ExplorationViolation extends Kept {
  rule: string;
  length: number;
  /** Properties beyond the rules that do not hold either where the refused step leads. */
  falls: PropertyId[];
  message: string;
}

/** Writes what is wrong, and says what it is. */
export function violationOf(
  subject: Parameters<typeof keep>[0],
  { wrong, steps }: Counterexample,
): ExplorationViolation {
  const { message, falls } = verdictOf(subject, steps, wrong.rule);
  return {
    rule: wrong.rule,
    length: steps.length,
    falls,
    message: message ?? wrong.message,
    ...keep(subject, wrong.rule, steps),
  };
}

/** The message when a trace is judged by itself: the step numbers of an exploration are not those of this trace. */
function verdictOf(
  { instance, properties }: Subject,
  steps: readonly Step[],
  rule: string,
): { message: string | null; falls: PropertyId[] } {
  // Its last step has no decisions that could be judged.
  if (rule === 'refuses-alike') return { message: null, falls: [] };
  const sought = EXPLORABLE.filter((id) => id === rule);
  const asked = properties.length === 0 ? askedOf([]) : askedOf(sought);
  const assessor = new Assessor(configurationOf(instance), emptyCampaignTally(), asked);
  for (const { at, stimulus, decisions } of steps) {
    const finding = assessor.assess(at, stimulus, decisions);
    if (finding === null) continue;
    return { message: finding.message, falls: finding.falls.map(({ property }) => property) };
  }
  return { message: null, falls: [] };
}
