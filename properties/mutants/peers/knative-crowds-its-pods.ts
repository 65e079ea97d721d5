import { createKnative } from '../../../reference-impl/peers/knative.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'knative-crowds-its-pods',
  sentence: 'Knative sends each machine one more than it has cores.',
  rule: 'knative-central-queue',
  create: (name) => createKnative({ name, policies: { hasRoom: (load, cores) => load <= cores } }),
});
