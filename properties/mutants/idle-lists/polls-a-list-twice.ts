import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-a-list-twice',
  sentence: 'A dispatcher polls with replacement, so that one list may be asked twice.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) => {
        if (decision.type !== 'list' || decision.polled.length < 2) return decision;
        const { shard, polled } = decision;
        return { ...decision, polled: [...polled.slice(1), shard] };
      }),
  }),
});
