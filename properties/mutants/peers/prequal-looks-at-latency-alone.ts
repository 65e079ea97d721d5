import { createPrequal } from '../../../reference-impl/peers/prequal.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'prequal-looks-at-latency-alone',
  sentence: 'Prequal takes the answer with the least latency, hot or not.',
  rule: 'prequal-cold-before-hot',
  create: (name) =>
    createPrequal({
      name,
      policies: {
        choose: (answers) => answers.reduce((best, one) => (one.latencyMs < best.latencyMs ? one : best)),
      },
    }),
});
