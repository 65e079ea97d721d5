import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

/** What a reset should forget. */
const resets = { next: 0 };

export const mutant = mutantOf({
  name: 'ties-break-by-turns',
  sentence: 'Of equal entries on an idle list every other scenario takes another one.',
  rule: 'determinism',
  fault: () => {
    const isOdd = resets.next++ % 2 === 1;
    return {
      policies: {
        listedBefore: (a, b) =>
          a.functions === b.functions && isOdd ? a.machine > b.machine : referencePolicies.listedBefore(a, b),
      },
    };
  },
});
