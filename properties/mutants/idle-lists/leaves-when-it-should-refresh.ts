import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'leaves-when-it-should-refresh',
  sentence: 'An entry that has drifted is withdrawn.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) => {
        if (decision.type !== 'relist') return decision;
        const { machine, shard } = decision;
        return { type: 'unlist', machine, shard };
      }),
  }),
});
