import { createPrequal } from '../../../reference-impl/peers/prequal.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'prequal-probes-four',
  sentence: 'Prequal probes four machines for every function.',
  rule: 'prequal-probes-within-its-pool',
  create: (name) => createPrequal({ name, policies: { probes: 4 } }),
});
