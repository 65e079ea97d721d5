import { createHermod } from '../../../reference-impl/peers/hermod.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'hermod-takes-the-first-polled',
  sentence: 'Hermod, which takes the first of the machines that it polled, however many run there.',
  rule: 'hermod-least-loaded-of-k',
  create: (name) => createHermod({ choose: (_cluster, polled) => polled[0]! }, name),
});
