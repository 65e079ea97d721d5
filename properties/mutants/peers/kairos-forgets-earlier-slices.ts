import { createKairos } from '../../../reference-impl/peers/kairos.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'kairos-forgets-earlier-slices',
  sentence: 'Kairos, which counts what one has attained from when it was started last.',
  rule: 'kairos-runs-the-least-attained',
  create: (name) =>
    createKairos(
      {
        attainedMs: ({ phase, meteredAt }, now) => (phase === 'running' ? now - meteredAt : 0),
      },
      name,
    ),
});
