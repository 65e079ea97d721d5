import { createOpenWhisk } from '../../../reference-impl/peers/openwhisk.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'openwhisk-has-no-home',
  sentence: 'OpenWhisk begins at the first machine with every function.',
  rule: 'openwhisk-home-before-spill',
  create: (name) => createOpenWhisk({ name, policies: { walkOf: () => ({ home: 0, step: 1 }) } }),
});
