import { referencePolicies } from '../xx/policies.ts';
import { NONE } from '../xx/state.ts';
import { variantOf } from './variant.ts';

/** A machine is idle only while fewer live there than it has cores: a function that is placed with an idle list has a core. */
export const xxListedWithACore = variantOf(
  'xx-listed-with-a-core',
  'XX that lists a machine as idle only while a core of it is free, and not for free memory alone',
  () => ({
    idleListChange(machine, entry, thresholds) {
      if (machine.live < machine.cores) return referencePolicies.idleListChange(machine, entry, thresholds);
      return machine.listedOn === NONE ? 'none' : 'unlist';
    },
  }),
);
