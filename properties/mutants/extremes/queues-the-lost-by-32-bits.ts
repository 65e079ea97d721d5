import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'queues-the-lost-by-32-bits',
  sentence:
    'Those lost in a crash are queued in the order of the low 32 bits of their ids, read with a sign.',
  rule: 'admit',
  fault: () => ({
    says(decisions, { stimulus }) {
      if (stimulus.type !== 'crash') return [...decisions];
      const queued = decisions.filter((decision) => decision.type === 'enqueue');
      queued.sort((a, b) => (a.id | 0) - (b.id | 0));
      return decisions.map((decision) => (decision.type === 'enqueue' ? queued.shift()! : decision));
    },
  }),
});
