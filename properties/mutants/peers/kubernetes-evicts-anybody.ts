import { createKubernetes } from '../../../reference-impl/peers/kubernetes.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'kubernetes-evicts-anybody',
  sentence:
    'Kubernetes, which evicts whoever is lowest, and be it higher than the one that it makes room for.',
  rule: 'kubernetes-evicts-only-strictly-lower',
  create: (name) => createKubernetes({ mayEvict: () => true }, name),
});
