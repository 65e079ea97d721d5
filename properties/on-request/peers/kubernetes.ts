import { promise } from './promise.ts';
import type { Whereabout, Whereabouts } from './whereabouts.ts';

export const kubernetesStrictlyLower = promise(
  {
    id: 'kubernetes-evicts-only-strictly-lower',
    name: 'Kubernetes: only strictly lower ones are evicted',
    peer: 'kubernetes',
    sentence:
      'Whoever is evicted makes room for one of a higher class, never of its own, that is placed on its machine in the same step.',
    premise: 'somebody is evicted',
    judgedIn: 'properties/on-request/peers/kubernetes.ts',
  },
  (where, met) => {
    /** Those whom the step has evicted so far and for whom nobody was placed yet, with the machine that they left. */
    let evicted: { readonly one: Whereabout; readonly machine: number }[] = [];
    return {
      sees(decision) {
        if (decision.type === 'evict') {
          met();
          const one = where.all.get(decision.id)!;
          evicted.push({ one, machine: one.machine });
        }
        if (decision.type !== 'place') return null;
        const { id, class: priceClass } = where.all.get(decision.id)!;
        const madeRoom = evicted.filter(({ machine }) => machine === decision.machine);
        evicted = evicted.filter(({ machine }) => machine !== decision.machine);
        const equal = madeRoom.find(({ one }) => one.class >= priceClass);
        if (equal === undefined) return null;
        return {
          entity: `invocation ${equal.one.id}`,
          message: `invocation ${equal.one.id} of class ${equal.one.class} is evicted for invocation ${id} of class ${priceClass}`,
        };
      },
      settles() {
        const [first] = evicted;
        evicted = [];
        if (first === undefined) return null;
        const { id } = first.one;
        return {
          entity: `invocation ${id}`,
          message: `invocation ${id} is evicted, and nobody is placed there`,
        };
      },
    };
  },
);

export const kubernetesIfNothingFits = promise(
  {
    id: 'kubernetes-evicts-only-if-nothing-fits',
    name: 'Kubernetes: nobody is evicted while one more fits',
    peer: 'kubernetes',
    sentence:
      'Whenever somebody is evicted, no machine takes one more on which fewer run, or wait for a core, than it has cores.',
    premise: 'somebody is evicted',
    judgedIn: 'properties/on-request/peers/kubernetes.ts',
  },
  (where, met) => ({
    sees(decision) {
      if (decision.type !== 'evict') return null;
      met();
      const room = machineWithRoom(where);
      if (room === undefined) return null;
      return {
        entity: `invocation ${decision.id}`,
        message: `invocation ${decision.id} is evicted, and machine ${room} has a core to spare`,
      };
    },
  }),
);

function machineWithRoom(where: Whereabouts): number | undefined {
  return where.sites.find((site) => where.hasCoreToSpare(site) && where.takesWork(site))?.id;
}
