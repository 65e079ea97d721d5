import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'two-transfers-at-once',
  sentence: 'A transfer begins while another one is in flight.',
  rule: 'possible-decision',
  fault: pagesBy({ isBusy: () => false }),
});
