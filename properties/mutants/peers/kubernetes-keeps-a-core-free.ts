import { createKubernetes } from '../../../reference-impl/peers/kubernetes.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'kubernetes-keeps-a-core-free',
  sentence: 'Kubernetes, for which a node is full when it has one core left, if it has several.',
  rule: 'kubernetes-evicts-only-if-nothing-fits',
  create: (name) =>
    createKubernetes(
      {
        hostWithRoom: ({ fleet }, free) =>
          [...free].find(({ id, cores }) => fleet.isOpen(id) && fleet.loadOf(id) < Math.max(1, cores - 1)),
      },
      name,
    ),
});
