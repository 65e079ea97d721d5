import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'an-antagonist-never-leaves',
  sentence: 'RAM that an antagonist gives back stays lost.',
  rule: 'idle-list-true',
  fault: () => {
    const most = new Map<number, number>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'join') most.delete(stimulus.machine);
        if (stimulus.type !== 'antagonist') return [stimulus];
        const memory = Math.max(most.get(stimulus.machine) ?? 0, stimulus.memory);
        most.set(stimulus.machine, memory);
        return [{ ...stimulus, memory }];
      },
    };
  },
});
