import { createHermod } from '../../../reference-impl/peers/hermod.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'hermod-polls-one-machine-fewer',
  sentence: 'Hermod, which polls one machine fewer than it should, and one at least.',
  rule: 'hermod-least-loaded-of-k',
  create: (name) => createHermod({ polls: (kMachines) => Math.max(1, kMachines - 1) }, name),
});
