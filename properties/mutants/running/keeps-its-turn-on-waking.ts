import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'keeps-its-turn-on-waking',
  sentence: 'An invocation that wakes is back where it stood in the arrival order.',
  rule: 'preempt-outranked',
  fault: () => ({ policies: { ticketOnWaking: (ticket) => ticket } }),
});
