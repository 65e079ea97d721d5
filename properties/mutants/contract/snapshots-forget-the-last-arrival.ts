import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'snapshots-forget-the-last-arrival',
  sentence:
    'Run with snapshots, one that wakes keeps its place, as if its move to the end had never been taken up.',
  rule: 'immer-equals-direct',
  fault: () => ({}),
  twinFault: () => ({ policies: { ticketOnWaking: (ticket) => ticket } }),
});
