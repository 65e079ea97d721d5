import { createPrequal } from '../../../reference-impl/peers/prequal.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'prequal-pools-one-too-many',
  sentence: 'A pool of Prequal holds one answer more than it should.',
  rule: 'prequal-probes-within-its-pool',
  create: (name) =>
    createPrequal({ name, policies: { poolSize: (machines) => Math.ceil(machines / 2) + 1 } }),
});
