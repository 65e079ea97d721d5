import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'neighbours-die-for-the-oversized',
  sentence:
    'An invocation that can never fit is treated like any other: those of lower rank are killed first.',
  rule: 'kill-iff',
  fault: () => ({ policies: { exceedsMachine: () => NONE } }),
});
