import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'joins-who-is-up',
  sentence: 'A machine that is up may join once more, which changes nothing.',
  rule: 'refuses-alike',
  fault: () => ({
    hears({ stimulus, state }) {
      const isUp = stimulus.type === 'join' && state.machines[stimulus.machine]?.status === 'up';
      return [isUp ? { type: 'tick' } : stimulus];
    },
  }),
});
