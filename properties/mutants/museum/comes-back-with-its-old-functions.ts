import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'comes-back-with-its-old-functions',
  sentence: 'A machine that joins again is listed with the functions that it had when it went down.',
  rule: 'idle-list-true',
  fault: () => {
    const had = new Map<number, number>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'crash') had.set(stimulus.machine, state.machines[stimulus.machine]!.live);
        return [stimulus];
      },
      says(decisions, { stimulus }) {
        if (stimulus.type !== 'join') return [...decisions];
        return decisions.map((decision) =>
          decision.type === 'list' && decision.machine === stimulus.machine
            ? { ...decision, functions: decision.functions + (had.get(decision.machine) ?? 0) }
            : decision,
        );
      },
    };
  },
});
