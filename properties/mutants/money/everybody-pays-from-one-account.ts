import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'everybody-pays-from-one-account',
  sentence: 'Whatever a tenant spends counts as spent by the first tenant.',
  rule: 'admit',
  fault: () => ({
    hears: ({ stimulus }) => [stimulus.type === 'submit' ? { ...stimulus, tenant: 0 } : stimulus],
  }),
});
