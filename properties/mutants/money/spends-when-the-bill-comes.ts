import { slotsIn } from '../../../reference-impl/slot-table.ts';
import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'spends-when-the-bill-comes',
  sentence: 'A tenant has spent nothing on what still lives: its budget knows bills only.',
  rule: 'admit',
  fault: () => {
    const config = new Remembered();
    const spent: number[] = [];
    const owners = new Map<number, number>();
    let submitting = 0;
    let now = 0;
    return {
      reads: (configuration) => config.remember(configuration),
      hears({ at, stimulus, state }) {
        for (const [tenant, { period }] of config.now.tenants.entries()) {
          if (period !== undefined && Math.floor(at / period) > Math.floor(now / period)) spent[tenant] = 0;
        }
        now = at;
        if (stimulus.type === 'submit') submitting = stimulus.tenant;
        for (const slot of slotsIn(state.slots)) {
          const { id, tenant } = state.invocations[slot]!;
          owners.set(id, tenant);
        }
        return [stimulus];
      },
      policies: {
        admit: (_spent, elapsedMs, budget) =>
          referencePolicies.admit(spent[submitting] ?? 0, elapsedMs, budget),
      },
      says(decisions) {
        for (const decision of decisions) {
          if (decision.type !== 'complete' && decision.type !== 'kill') continue;
          const owner = owners.get(decision.id) ?? 0;
          spent[owner] = (spent[owner] ?? 0) + decision.bill.cost;
        }
        return [...decisions];
      },
    };
  },
});
