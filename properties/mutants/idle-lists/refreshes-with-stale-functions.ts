import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'refreshes-with-stale-functions',
  sentence: 'A refreshed entry keeps its old count of functions.',
  rule: 'idle-list-true',
  fault: () => {
    let before: number[] = [];
    return {
      hears({ stimulus, state }) {
        before = state.entries.map(({ functions }) => functions);
        return [stimulus];
      },
      says: (decisions) =>
        decisions.map((decision) =>
          decision.type === 'relist' ? { ...decision, functions: before[decision.machine]! } : decision,
        ),
    };
  },
});
