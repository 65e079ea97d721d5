import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'starts-without-its-pages',
  sentence: 'An invocation starts at once and leaves its pages in swap, to be fetched as they are touched.',
  rule: 'start-highest',
  fault: () => ({ says: (decisions) => decisions.filter(({ type }) => type !== 'pageIn') }),
});
