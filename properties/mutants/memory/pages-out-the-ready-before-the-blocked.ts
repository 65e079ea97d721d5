import { mutantOf } from '../parts/mutant.ts';
import { pageOutBy } from '../parts/page-outs.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-ready-before-the-blocked',
  sentence: 'Of the same class the ready lose their RAM before the blocked.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder: pageOutBy(
        (a, b) =>
          a.priority - b.priority ||
          Number(a.phase === 'blocked') - Number(b.phase === 'blocked') ||
          b.ticket - a.ticket,
      ),
    },
  }),
});
