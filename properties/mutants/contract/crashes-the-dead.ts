import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'crashes-the-dead',
  sentence: 'A machine that is down may crash, which changes nothing.',
  rule: 'refuses-alike',
  fault: () => ({
    hears({ stimulus, state }) {
      const isDown = stimulus.type === 'crash' && state.machines[stimulus.machine]!.status === 'down';
      return [isDown ? { type: 'tick' } : stimulus];
    },
  }),
});
