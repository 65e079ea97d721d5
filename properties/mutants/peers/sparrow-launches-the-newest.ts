import { createSparrow } from '../../../reference-impl/peers/sparrow.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'sparrow-launches-the-newest',
  sentence: 'Sparrow launches the invocation that took the last place in line.',
  rule: 'sparrow-launches-once',
  create: (name) =>
    createSparrow({
      name,
      policies: { launched: (line) => line.findLastIndex(({ isLaunched }) => !isLaunched) },
    }),
});
