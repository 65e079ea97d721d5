import { createJiq } from '../../../reference-impl/peers/jiq.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'jiq-joins-only-when-empty',
  sentence: 'A machine joins an idle queue only when nothing lives there, however many cores it has.',
  rule: 'jiq-lists-once',
  create: (name) => createJiq({ name, policies: { isIdle: (load) => load === 0 } }),
});
