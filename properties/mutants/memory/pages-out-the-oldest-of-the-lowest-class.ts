import { mutantOf } from '../parts/mutant.ts';
import { pageOutBy } from '../parts/page-outs.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-oldest-of-the-lowest-class',
  sentence: 'Within a class the first to come is the first to lose its RAM.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder: pageOutBy(
        (a, b) =>
          a.priority - b.priority ||
          Number(b.phase === 'blocked') - Number(a.phase === 'blocked') ||
          a.ticket - b.ticket,
      ),
    },
  }),
});
