import { createOpenWhisk } from '../../../reference-impl/peers/openwhisk.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'openwhisk-counts-a-slot-too-few',
  sentence: 'OpenWhisk leaves a slot of each machine unused when it has several.',
  rule: 'openwhisk-home-before-spill',
  create: (name) =>
    createOpenWhisk({
      name,
      policies: { slotsOf: ({ cores }, balancers) => Math.max(1, Math.floor(cores / balancers) - 1) },
    }),
});
