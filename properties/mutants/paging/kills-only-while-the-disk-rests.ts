import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { SeenMachine } from '../parts/will-run.ts';

function isAtWork({ disk }: SeenMachine): boolean {
  return disk !== null && disk.transfer !== 'none';
}

export const mutant = mutantOf({
  name: 'kills-only-while-the-disk-rests',
  sentence: 'Nobody is killed for memory while a transfer is in flight.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine: (state, machine) =>
        isAtWork(machine) ? NONE : referencePolicies.exceedsMachine(state, machine),
      exceedsMemory: (state, machine) =>
        isAtWork(machine) ? NONE : referencePolicies.exceedsMemory(state, machine),
    },
  }),
});
