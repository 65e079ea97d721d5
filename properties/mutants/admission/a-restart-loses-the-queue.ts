import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-restart-loses-the-queue',
  sentence: 'What was queued at a shard is gone when it restarts.',
  rule: 'answered',
  fault: () => {
    const lost = new Set<number>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'restart') {
          for (const { slots, head } of state.shards[stimulus.shard]!.queues) {
            for (const slot of slots.slice(head)) lost.add(state.invocations[slot]!.id);
          }
        }
        return [stimulus];
      },
      says: (decisions) =>
        decisions.some((decision) => decision.type === 'place' && lost.has(decision.id))
          ? []
          : [...decisions],
    };
  },
});
