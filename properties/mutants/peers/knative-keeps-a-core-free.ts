import { createKnative } from '../../../reference-impl/peers/knative.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'knative-keeps-a-core-free',
  sentence: 'Knative keeps a core free on every machine that has several.',
  rule: 'knative-central-queue',
  create: (name) =>
    createKnative({ name, policies: { hasRoom: (load, cores) => load < Math.max(1, cores - 1) } }),
});
