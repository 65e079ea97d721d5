import { mutantOf } from '../parts/mutant.ts';
import { pageOutBy } from '../parts/page-outs.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-highest-first',
  sentence: 'The order of swapping is upside down: the highest class loses its RAM first.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder: pageOutBy((a, b) => b.priority - a.priority || a.ticket - b.ticket),
    },
  }),
});
