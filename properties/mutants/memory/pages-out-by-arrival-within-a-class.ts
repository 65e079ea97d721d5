import { mutantOf } from '../parts/mutant.ts';
import { pageOutBy } from '../parts/page-outs.ts';

export const mutant = mutantOf({
  name: 'pages-out-by-arrival-within-a-class',
  sentence: 'Within a class the last to come loses its RAM first, whether it is blocked or ready.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder: pageOutBy((a, b) => a.priority - b.priority || b.ticket - a.ticket),
    },
  }),
});
