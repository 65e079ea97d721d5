import { mutantOf } from '../parts/mutant.ts';
import { pageOutBy } from '../parts/page-outs.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-oldest-first',
  sentence: 'The invocation that arrived first loses its RAM first.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder: pageOutBy((a, b) => a.ticket - b.ticket),
    },
  }),
});
