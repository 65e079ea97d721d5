import { mutantOf } from '../parts/mutant.ts';
import { pageOutBy } from '../parts/page-outs.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-newest-first',
  sentence: 'The invocation that arrived last loses its RAM first, whatever its class.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder: pageOutBy((a, b) => b.ticket - a.ticket),
    },
  }),
});
