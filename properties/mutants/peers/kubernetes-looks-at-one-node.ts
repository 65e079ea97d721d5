import { createKubernetes } from '../../../reference-impl/peers/kubernetes.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'kubernetes-looks-at-one-node',
  sentence: 'Kubernetes, which looks for room on the first node alone before it evicts.',
  rule: 'kubernetes-evicts-only-if-nothing-fits',
  create: (name) =>
    createKubernetes(
      {
        hostWithRoom: ({ fleet }, free) => [...free].find(({ id }) => id === fleet.open[0]),
      },
      name,
    ),
});
