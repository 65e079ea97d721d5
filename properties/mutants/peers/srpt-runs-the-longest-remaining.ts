import { createSrpt } from '../../../reference-impl/peers/alps.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'srpt-runs-the-longest-remaining',
  sentence: 'SRPT, which takes the longest remaining run for the shortest.',
  rule: 'srpt-runs-the-shortest-remaining',
  create: (name) => createSrpt({ goesBefore: (ms, otherMs) => ms > otherMs }, name),
});
