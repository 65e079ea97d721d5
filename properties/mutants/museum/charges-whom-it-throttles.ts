import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

/** What a root that is turned away is charged for: as much as if it had run for so long. */
const CHARGED_MS = 10;

export const mutant = mutantOf({
  name: 'charges-whom-it-throttles',
  sentence: 'A root that is throttled is charged to its tenant all the same, and no period ends that.',
  rule: 'admit',
  fault: () => {
    const config = new Remembered();
    const charged = new Map<number, number>();
    let tenant = 0;
    return {
      reads: (configuration) => config.remember(configuration),
      hears({ stimulus }) {
        if (stimulus.type === 'submit') tenant = stimulus.tenant;
        return [stimulus];
      },
      policies: {
        admit: (spent, elapsedMs, budget) =>
          referencePolicies.admit(spent + (charged.get(tenant) ?? 0), elapsedMs, budget),
      },
      says(decisions, { stimulus }) {
        if (stimulus.type === 'submit' && decisions.some(({ type }) => type === 'throttle')) {
          const { price } = config.now.classes[stimulus.class]!;
          charged.set(tenant, (charged.get(tenant) ?? 0) + price * CHARGED_MS);
        }
        return [...decisions];
      },
    };
  },
});
