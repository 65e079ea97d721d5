import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'forgets-to-preempt',
  sentence: 'Those that outrank others start while the others still run.',
  rule: 'start-highest',
  fault: () => ({ says: (decisions) => decisions.filter(({ type }) => type !== 'preempt') }),
});
