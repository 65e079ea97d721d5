import { createHermod } from '../../../reference-impl/peers/hermod.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'hermod-counts-the-blocked',
  sentence: 'Hermod, which counts those that wait for a callee as if they ran.',
  rule: 'hermod-least-loaded-of-k',
  create: (name) =>
    createHermod(
      {
        choose: ({ hosts }, polled) =>
          polled.reduce((best, machine) => (hosts[machine]!.live < hosts[best]!.live ? machine : best)),
      },
      name,
    ),
});
