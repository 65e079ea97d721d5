import { slotOf } from '../../../reference-impl/slot-table.ts';
import { spentAt } from '../../../reference-impl/xx/budget.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'callees-are-throttled',
  sentence: 'A callee is throttled when the budget is spent, while its caller waits for it.',
  rule: 'possible-decision',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      says(decisions, { stimulus, state, at }) {
        if (stimulus.type !== 'call') return [...decisions];
        const { tenant } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
        const { budget, period } = config.now.tenants[tenant]!;
        if (budget === null || spentAt(state.accounts[tenant]!, period, at) < budget) return [...decisions];
        return [{ type: 'throttle', id: stimulus.id }];
      },
    };
  },
});
