import { createAws } from '../../../reference-impl/peers/aws.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'aws-grants-one-more',
  sentence: 'AWS lets one more run at once than the limit says.',
  rule: 'aws-cap',
  create: (name) => createAws({ name, policies: { hasRoom: (inFlight, limit) => inFlight <= limit } }),
});
