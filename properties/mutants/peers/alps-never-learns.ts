import { createAlps } from '../../../reference-impl/peers/alps.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'alps-never-learns',
  sentence: 'ALPS, which never learns how long a function runs.',
  rule: 'alps-runs-the-shortest-predicted',
  create: (name) => createAlps({ predictedMs: () => 0 }, name),
});
