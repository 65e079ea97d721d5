import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'antagonists-add-up',
  sentence: 'What an antagonist uses is added to what others used before.',
  rule: 'idle-list-true',
  fault: () => {
    const used = new Map<number, number>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'join') used.delete(stimulus.machine);
        if (stimulus.type !== 'antagonist') return [stimulus];
        const memory = (used.get(stimulus.machine) ?? 0) + stimulus.memory;
        used.set(stimulus.machine, memory);
        return [{ ...stimulus, memory }];
      },
    };
  },
});
