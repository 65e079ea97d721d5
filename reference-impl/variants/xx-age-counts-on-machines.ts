import { referencePolicies } from '../xx/policies.ts';
import { variantOf } from './variant.ts';

/**
 * Who is placed by its age, before higher classes that wait, has their rank on its machine: otherwise it would wait there for
 * those that it has just gone before.
 */
export const xxAgeCountsOnMachines = variantOf(
  'xx-age-counts-on-machines',
  'XX in which who is placed before a higher class ranks with it on its machine',
  () => {
    // A choice and the arrival that follows from it are one turn, and nothing comes between them.
    let wonAgainst = -1;
    return {
      chooseHead(heads) {
        const chosen = referencePolicies.chooseHead(heads);
        wonAgainst = heads[0]!.class;
        return chosen;
      },
      priorityOf(effectiveClass) {
        const rank = Math.max(effectiveClass, wonAgainst);
        wonAgainst = -1;
        return rank;
      },
    };
  },
);
