import { createAws } from '../../../reference-impl/peers/aws.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'aws-throttles-with-the-rest',
  sentence: 'AWS throttles what has a reservation when the others have used up theirs.',
  rule: 'aws-reserved-floor',
  create: (name) =>
    createAws({
      name,
      policies: { throttles: (hasRoom, unreservedHasRoom) => !hasRoom || !unreservedHasRoom },
    }),
});
