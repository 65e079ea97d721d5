import { createKubernetes } from '../../../reference-impl/peers/kubernetes.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'kubernetes-evicts-equals',
  sentence: 'Kubernetes, which evicts those of the same class too.',
  rule: 'kubernetes-evicts-only-strictly-lower',
  create: (name) =>
    createKubernetes({ mayEvict: (victimClass, priceClass) => victimClass <= priceClass }, name),
});
