import { createSparrow } from '../../../reference-impl/peers/sparrow.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'sparrow-keeps-a-slot-free',
  sentence: 'Sparrow keeps a slot free on every machine that has several.',
  rule: 'sparrow-wastes-no-slot',
  create: (name) =>
    createSparrow({ name, policies: { hasSlot: (load, cores) => load < Math.max(1, cores - 1) } }),
});
