import { promise } from './promise.ts';

export const knativeCentralQueue = promise(
  {
    id: 'knative-central-queue',
    name: 'Knative: one central queue',
    peer: 'knative',
    sentence:
      'No invocation waits at a shard while a machine that takes work has a core to spare; the one that came first is placed first, and only where there is a core to spare.',
    premise: 'an invocation waits at a shard when a step ends, or is placed',
    judgedIn: 'properties/on-request/peers/knative.ts',
  },
  (where, met) => ({
    sees(decision) {
      if (decision.type !== 'place') return null;
      met();
      const [first] = where.queued();
      const site = where.sites[decision.machine]!;
      if (first!.id !== decision.id) {
        return {
          entity: `invocation ${decision.id}`,
          message: `invocation ${decision.id} is placed before invocation ${first!.id}, which came first`,
        };
      }
      if (where.hasCoreToSpare(site)) return null;
      return {
        entity: `machine ${site.id}`,
        message: `invocation ${decision.id} is placed on machine ${site.id}, whose cores are all taken`,
      };
    },
    settles() {
      const [first] = where.queued();
      if (first === undefined) return null;
      met();
      const site = where.sites.find((one) => where.takesWork(one) && where.hasCoreToSpare(one));
      if (site === undefined) return null;
      return {
        entity: `invocation ${first.id}`,
        message: `invocation ${first.id} waits at shard ${first.shard} while machine ${site.id} has a core to spare`,
      };
    },
  }),
);
