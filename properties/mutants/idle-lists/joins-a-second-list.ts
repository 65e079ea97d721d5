import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'joins-a-second-list',
  sentence: 'A machine that is listed joins another list when its entry is off.',
  rule: 'possible-decision',
  fault: () => ({
    says: (decisions, { state }) =>
      decisions.map((decision) =>
        decision.type === 'relist'
          ? { ...decision, type: 'list', polled: state.shards.map((_, shard) => shard) }
          : decision,
      ),
  }),
});
