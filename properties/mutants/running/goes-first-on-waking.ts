import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'goes-first-on-waking',
  sentence: 'An invocation that wakes goes first in its class, like an interactive thread.',
  rule: 'preempt-outranked',
  fault: () => ({ policies: { ticketOnWaking: (_ticket, nextTicket) => -nextTicket } }),
});
