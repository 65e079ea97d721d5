import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-machine-that-is-down-goes-on-paging',
  sentence: 'When a machine goes down, its transfer is taken for one that still ends.',
  rule: 'refuses-alike',
  fault: () => ({ pager: { forget() {} } }),
});
