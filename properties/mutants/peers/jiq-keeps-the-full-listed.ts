import { createJiq } from '../../../reference-impl/peers/jiq.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'jiq-keeps-the-full-listed',
  sentence: 'A machine whose cores are all taken joins an idle queue.',
  rule: 'jiq-lists-once',
  create: (name) => createJiq({ name, policies: { isIdle: (load, cores) => load <= cores } }),
});
