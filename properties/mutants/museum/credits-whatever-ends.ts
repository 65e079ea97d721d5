import { slotsIn } from '../../../reference-impl/slot-table.ts';
import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'credits-whatever-ends',
  sentence: 'What an invocation has cost is given back to the budget of its tenant when it ends.',
  rule: 'admit',
  fault: () => {
    const config = new Remembered();
    const credit = new Map<number, number>();
    const owners = new Map<number, number>();
    let tenant = 0;
    let now = 0;
    return {
      reads: (configuration) => config.remember(configuration),
      hears({ at, stimulus, state }) {
        for (const [one, { period }] of config.now.tenants.entries()) {
          if (period !== undefined && Math.floor(at / period) > Math.floor(now / period)) credit.delete(one);
        }
        now = at;
        if (stimulus.type === 'submit') tenant = stimulus.tenant;
        for (const slot of slotsIn(state.slots)) {
          const invocation = state.invocations[slot]!;
          owners.set(invocation.id, invocation.tenant);
        }
        return [stimulus];
      },
      policies: {
        admit: (spent, elapsedMs, budget) =>
          referencePolicies.admit(Math.max(0, spent - (credit.get(tenant) ?? 0)), elapsedMs, budget),
      },
      says(decisions) {
        for (const decision of decisions) {
          if (decision.type !== 'complete' && decision.type !== 'kill') continue;
          const owner = owners.get(decision.id) ?? 0;
          credit.set(owner, (credit.get(owner) ?? 0) + decision.bill.cost);
        }
        return [...decisions];
      },
    };
  },
});
