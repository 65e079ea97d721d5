import { createAws } from '../../../reference-impl/peers/aws.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'aws-grants-one-less',
  sentence: 'AWS lets one less run at once than the limit says.',
  rule: 'aws-reserved-floor',
  create: (name) => createAws({ name, policies: { hasRoom: (inFlight, limit) => inFlight + 1 < limit } }),
});
