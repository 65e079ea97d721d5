import { createJiq } from '../../../reference-impl/peers/jiq.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'jiq-asks-the-next-dispatcher',
  sentence: 'A dispatcher takes from the idle queue of the next one.',
  rule: 'jiq-idle-before-random',
  create: (name) =>
    createJiq({ name, policies: { queueOf: (dispatcher, dispatchers) => (dispatcher + 1) % dispatchers } }),
});
