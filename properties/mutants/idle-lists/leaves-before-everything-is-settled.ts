import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'leaves-before-everything-is-settled',
  sentence: 'Idle lists are updated before machines are settled.',
  rule: 'idle-list-true',
  beside: ['memory-bound', 'run-the-highest'],
  fault: () => ({
    says(decisions) {
      const isAboutLists = ({ type }: Decision) => type === 'list' || type === 'relist' || type === 'unlist';
      const settling = decisions.findIndex(({ type }) => type === 'preempt' || type === 'start');
      if (settling === -1) return [...decisions];
      const later = decisions.slice(settling);
      return [
        ...decisions.slice(0, settling),
        ...later.filter(isAboutLists),
        ...later.filter((decision) => !isAboutLists(decision)),
      ];
    },
  }),
});
