import { createSparrow } from '../../../reference-impl/peers/sparrow.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'sparrow-reserves-at-three',
  sentence: 'Sparrow reserves at three machines.',
  rule: 'sparrow-launches-once',
  create: (name) => createSparrow({ name, d: 3 }),
});
