import { mutantOf } from '../parts/mutant.ts';
import { pageOutBy } from '../parts/page-outs.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-largest-first',
  sentence: 'The largest loses its RAM first, so that few have to.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder: pageOutBy((a, b) => b.resident - a.resident),
    },
  }),
});
