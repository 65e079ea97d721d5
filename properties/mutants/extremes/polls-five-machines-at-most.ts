import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-five-machines-at-most',
  sentence: 'A shard polls five machines at most.',
  rule: 'place-least-loaded',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) => {
        if (decision.type !== 'place' || decision.via !== 'poll') return decision;
        const others = decision.polled.filter((machine) => machine !== decision.machine);
        return { ...decision, polled: [decision.machine, ...others.slice(0, 4)] };
      }),
  }),
});
