import { createAlps } from '../../../reference-impl/peers/alps.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'alps-goes-by-the-whole-run',
  sentence: 'ALPS, which goes by the whole run that it predicts, and forgets what of it is done.',
  rule: 'alps-runs-the-shortest-predicted',
  create: (name) => createAlps({ remainingMs: (predictedMs) => predictedMs }, name),
});
