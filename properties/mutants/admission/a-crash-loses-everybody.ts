import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-crash-loses-everybody',
  sentence: 'Invocations lost in a crash are never heard of again.',
  rule: 'answered',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.filter(({ type }) => stimulus.type !== 'crash' || type !== 'enqueue'),
  }),
});
