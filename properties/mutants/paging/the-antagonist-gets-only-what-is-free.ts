import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-antagonist-gets-only-what-is-free',
  sentence: 'An antagonist has what is free when it comes, and no more later.',
  rule: 'disk-works',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'antagonist') return [stimulus];
      const { ram, resident, disk } = state.machines[stimulus.machine]!;
      if (disk === null) return [stimulus];
      const free = Math.max(0, ram - resident - (disk.transfer === 'dying' ? disk.mb : 0));
      return [{ ...stimulus, memory: Math.min(stimulus.memory, free) }];
    },
  }),
});
