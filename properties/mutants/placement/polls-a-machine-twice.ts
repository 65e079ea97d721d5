import { mutantOf } from '../mutant.ts';

export const mutant = mutantOf({
  name: 'polls-a-machine-twice',
  sentence: 'It polls with replacement, so that one machine may be asked twice.',
  rule: 'place-least-loaded',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) => {
        if (decision.type !== 'place' || decision.via !== 'poll' || decision.polled.length < 2)
          return decision;
        const { machine, polled } = decision;
        return { ...decision, polled: [...polled.filter((other) => other !== polled[0]), machine] };
      }),
  }),
});
