import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'compares-four-heads-at-most',
  sentence: 'Of the heads of a shard only those of the four highest classes compete.',
  rule: 'place-greatest',
  fault: () => ({ policies: { chooseHead: (heads) => referencePolicies.chooseHead(heads.slice(0, 4)) } }),
});
