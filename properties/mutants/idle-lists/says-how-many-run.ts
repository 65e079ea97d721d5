import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'says-how-many-run',
  sentence: 'An entry says how many functions run, and not how many live there.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions, { state }) =>
      decisions.map((decision) =>
        decision.type === 'list' || decision.type === 'relist'
          ? { ...decision, functions: state.machines[decision.machine]!.running }
          : decision,
      ),
  }),
});
