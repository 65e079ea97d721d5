import { createAws } from '../../../reference-impl/peers/aws.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'aws-limits-nobody',
  sentence: 'AWS runs all invocations at once, whatever the limit.',
  rule: 'aws-cap',
  create: (name) => createAws({ name, policies: { hasRoom: () => true } }),
});
