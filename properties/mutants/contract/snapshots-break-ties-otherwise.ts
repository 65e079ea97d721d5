import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'snapshots-break-ties-otherwise',
  sentence:
    'Run with snapshots, it takes another one of equal entries on an idle list than it does directly.',
  rule: 'immer-equals-direct',
  fault: () => ({}),
  twinFault: () => ({
    policies: {
      listedBefore: (a, b) =>
        a.functions === b.functions ? a.machine > b.machine : referencePolicies.listedBefore(a, b),
    },
  }),
});
