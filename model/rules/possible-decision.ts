import type { RuleText } from './rule.ts';

/**
 * What cannot be done at all: the one rule that is asked whichever others are, since what is not possible has no effect
 * that could be judged. `model/possible.ts` and the charts say when.
 */
export const possibleDecision: RuleText = {
  id: 'possible-decision',
  sentence:
    'What a decision names exists, and the charts of all that it concerns have a transition for it: only a ready invocation starts, only a queued one is placed, only memory that is there moves.',
  section: '3.2',
  premise: 'a decision is taken',
};
