import { createKairos, KAIROS_QUANTUM_MS } from '../../../reference-impl/peers/kairos.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'kairos-takes-long-slices',
  sentence: 'Kairos, whose quantum is ten times as long as it should be.',
  rule: 'kairos-runs-the-least-attained',
  create: (name) => createKairos({ quantumMs: 10 * KAIROS_QUANTUM_MS }, name),
});
