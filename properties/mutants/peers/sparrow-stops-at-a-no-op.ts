import { createSparrow } from '../../../reference-impl/peers/sparrow.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'sparrow-stops-at-a-no-op',
  sentence: 'A machine that is told that a task was launched elsewhere does not ask for the next one.',
  rule: 'sparrow-wastes-no-slot',
  create: (name) => createSparrow({ name, policies: { asksOn: false } }),
});
