import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'joins-a-step-late',
  sentence: 'Of a machine that joins no shard hears until something happens on it.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.filter(
        (decision) =>
          stimulus.type !== 'join' || decision.type !== 'list' || decision.machine !== stimulus.machine,
      ),
  }),
});
