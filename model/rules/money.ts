import type { Invocation } from '../entities.ts';
import { billOf, settleTenant } from '../metering.ts';
import { portrait } from '../words.ts';
import type { Permission, StepObligation } from './rule.ts';

/** Bills and budgets (paper section 3.1). */

const EXACT_BILL = [
  'bill.cpuMs = how long i ran in its last attempt, ms',
  'bill.mbMs = r(i), added up over every ms of its last attempt',
  'bill.cost = bill.cpuMs × price(i) + bill.mbMs × memoryPrice',
];

export const billExact: Permission = {
  id: 'bill-exact',
  sentence:
    'An invocation that ends pays exactly for the CPU time at its effective class and for the resident memory of its last attempt.',
  section: '3.1',
  premise: 'an invocation completes or is killed',
  formula: { complete: EXACT_BILL, kill: EXACT_BILL, cancel: EXACT_BILL },
  permits(state, { invocation, decision }) {
    if (!('bill' in decision)) return false;
    const exact = billOf(state, invocation!);
    const { bill } = decision;
    return bill.cpuMs === exact.cpuMs && bill.mbMs === exact.mbMs && bill.cost === exact.cost;
  },
  objection(state, { invocation }) {
    const exact = billOf(state, invocation!);
    return `the bill of ${portrait(state, invocation!)} is cpuMs ${exact.cpuMs}, mbMs ${exact.mbMs}, cost ${exact.cost}`;
  },
};

export const budgetBound: StepObligation = {
  id: 'budget-bound',
  sentence: 'While the budget of a period is spent, no root of that tenant is admitted.',
  section: '3.1',
  premise: 'a root is submitted while the budget of its tenant is spent',
  applies(state) {
    const root = state.due.root;
    return root !== null && isSpent(state, root.tenant);
  },
  breach(state) {
    const root = state.due.root;
    if (root === null || !wasAdmitted(root) || !isSpent(state, root.tenant)) return null;
    const { spent, budget } = state.tenants[root.tenant]!;
    return {
      entity: `tenant ${root.tenant}`,
      message: `invocation ${root.id} was admitted while tenant ${root.tenant} has spent ${spent} of ${budget}`,
    };
  },
};

/** Admission is the first attempt, whatever has become of it in the same step. */
function wasAdmitted({ attempt }: Invocation): boolean {
  return attempt > 0;
}

function isSpent(state: Parameters<typeof settleTenant>[0], id: number): boolean {
  const tenant = settleTenant(state, id);
  return tenant.budget !== null && tenant.spent >= tenant.budget;
}
