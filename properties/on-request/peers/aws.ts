import { promise } from './promise.ts';
import type { Whereabouts } from './whereabouts.ts';

/** By default, so many percent of the account's concurrency are reserved for the highest of several classes. */
const RESERVED_PERCENT = 25;

function concurrencyOf({ sites }: Whereabouts): number {
  return sites.reduce((sum, { status, cores }) => sum + (status === 'up' ? cores : 0), 0);
}

function isReserved(priceClass: number, { config }: Whereabouts): boolean {
  return priceClass > 0 && priceClass === config.classes.length - 1;
}

/** How many may run at once that draw on the same limit as a class. */
function limitOf(priceClass: number, where: Whereabouts): number {
  const concurrency = concurrencyOf(where);
  const reserved = where.config.classes.length > 1 ? Math.ceil((RESERVED_PERCENT * concurrency) / 100) : 0;
  if (isReserved(priceClass, where)) return reserved;
  return concurrency === 0 ? 0 : Math.max(1, concurrency - reserved);
}

/** How many run, or would if they had a core, that draw on the same limit as a class. */
function inFlight(priceClass: number, where: Whereabouts): number {
  const counts = isReserved(priceClass, where);
  return [...where.all.values()].filter(
    ({ class: other, phase }) =>
      (phase === 'ready' || phase === 'running') && isReserved(other, where) === counts,
  ).length;
}

export const awsReservedFloor = promise(
  {
    id: 'aws-reserved-floor',
    name: 'AWS: a reservation is a floor',
    peer: 'aws',
    sentence:
      'No invocation of the highest of several classes is throttled, or waits while a machine takes work, while fewer of them run than are reserved: a quarter of the cores that are up, rounded up.',
    premise: 'an invocation of the highest of several classes is submitted or called, or waits',
    judgedIn: 'properties/on-request/peers/aws.ts',
  },
  (where, met) => ({
    sees(decision) {
      if (decision.type !== 'enqueue' && decision.type !== 'throttle') return null;
      const one = where.all.get(decision.id)!;
      if (!isReserved(one.class, where)) return null;
      met();
      const [running, limit] = [inFlight(one.class, where), limitOf(one.class, where)];
      if (decision.type === 'enqueue' || running >= limit) return null;
      return {
        entity: `invocation ${one.id}`,
        message: `invocation ${one.id} is throttled while ${running} of its class run, and ${limit} are reserved`,
      };
    },
    settles() {
      const waits = where.queued().find((one) => isReserved(one.class, where));
      if (waits === undefined) return null;
      met();
      const [running, limit] = [inFlight(waits.class, where), limitOf(waits.class, where)];
      if (running >= limit || !where.sites.some((site) => where.takesWork(site))) return null;
      return {
        entity: `invocation ${waits.id}`,
        message: `invocation ${waits.id} waits while ${running} of its class run, and ${limit} are reserved`,
      };
    },
  }),
);

export const awsCap = promise(
  {
    id: 'aws-cap',
    name: 'AWS: a reservation is a cap',
    peer: 'aws',
    sentence:
      'No invocation is placed while as many run as its limit: what is reserved for the highest of several classes, and for all others together the rest of the cores that are up, at least one.',
    premise: 'an invocation is placed',
    judgedIn: 'properties/on-request/peers/aws.ts',
  },
  (where, met) => ({
    sees(decision) {
      if (decision.type !== 'place') return null;
      met();
      const one = where.all.get(decision.id)!;
      const [running, limit] = [inFlight(one.class, where), limitOf(one.class, where)];
      if (running < limit) return null;
      return {
        entity: `invocation ${one.id}`,
        message: `invocation ${one.id} is placed while ${running} run of those that share its limit of ${limit}`,
      };
    },
  }),
);
