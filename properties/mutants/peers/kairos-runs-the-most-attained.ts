import { createKairos } from '../../../reference-impl/peers/kairos.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'kairos-runs-the-most-attained',
  sentence: 'Kairos, which takes the most attained service for the least.',
  rule: 'kairos-runs-the-least-attained',
  create: (name) => createKairos({ goesBefore: (ms, otherMs) => ms > otherMs }, name),
});
