import { createPrequal } from '../../../reference-impl/peers/prequal.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'prequal-prefers-the-hot',
  sentence: 'Prequal takes the answer with the most in flight.',
  rule: 'prequal-cold-before-hot',
  create: (name) =>
    createPrequal({
      name,
      policies: {
        choose: (answers) => answers.reduce((best, one) => (one.inFlight > best.inFlight ? one : best)),
      },
    }),
});
