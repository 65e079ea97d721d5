import { createJiq } from '../../../reference-impl/peers/jiq.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'jiq-takes-the-newest',
  sentence: 'A dispatcher takes the machine that joined its idle queue last.',
  rule: 'jiq-idle-before-random',
  create: (name) => createJiq({ name, policies: { taken: (queue) => queue.at(-1) } }),
});
