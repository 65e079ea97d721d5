import { createAlps } from '../../../reference-impl/peers/alps.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'alps-lets-the-outrun-go-on',
  sentence: 'ALPS, which takes one that has outrun its prediction for one that is about to end.',
  rule: 'alps-runs-the-shortest-predicted',
  create: (name) =>
    createAlps({ remainingMs: (predictedMs, attainedMs) => Math.max(0, predictedMs - attainedMs) }, name),
});
