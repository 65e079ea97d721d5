import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'what-is-nowhere-claims-room',
  sentence: 'One that is passed over keeps room for memory that it has only asked for.',
  rule: 'grant-to-run',
  fault: () => ({
    policies: {
      willRun: willRunBy({
        holds: ({ demand, resident, outgoing, fresh }, { usableRam }) =>
          demand <= usableRam ? resident - outgoing + fresh : 0,
      }),
    },
  }),
});
