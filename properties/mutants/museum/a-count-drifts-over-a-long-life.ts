import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-count-drifts-over-a-long-life',
  sentence:
    'Of 300 placements one is counted twice and never taken off again, so that entries say one function too many.',
  rule: 'idle-list-true',
  fault: () => {
    let placed = 0;
    return {
      says(decisions) {
        placed += decisions.filter(({ type }) => type === 'place').length;
        const leaked = Math.floor(placed / 300);
        return decisions.map((decision) =>
          decision.type === 'list' || decision.type === 'relist'
            ? { ...decision, functions: decision.functions + leaked }
            : decision,
        );
      },
    };
  },
});
