import { promise } from './promise.ts';
import type { Whereabout, Whereabouts } from './whereabouts.ts';

/** By balancer: how often it has restarted; and of each that it has sent, how often it had by then. */
interface Lives {
  readonly ofShard: number[];
  readonly ofSent: Map<Whereabout, number>;
}

export const openWhiskHomeBeforeSpill = promise(
  {
    id: 'openwhisk-home-before-spill',
    name: 'OpenWhisk: home before a spill',
    peer: 'openwhisk',
    sentence:
      'A function goes to the first machine of its walk, which begins at its home, that takes work and where its shard has a slot left; to another only when there is none.',
    premise: 'a function is placed',
    judgedIn: 'properties/on-request/peers/openwhisk.ts',
  },
  (where, met) => {
    const lives: Lives = { ofShard: where.config.machines.map(() => 0), ofSent: new Map() };
    return {
      hears(stimulus) {
        if (stimulus.type !== 'restart') return;
        lives.ofShard[stimulus.shard] = (lives.ofShard[stimulus.shard] ?? 0) + 1;
      },
      sees(decision) {
        if (decision.type !== 'place') return null;
        met();
        const one = where.all.get(decision.id)!;
        const due = firstWithASlot(one, where, lives);
        lives.ofSent.set(one, lives.ofShard[one.shard] ?? 0);
        if (due === undefined || due === decision.machine) return null;
        return {
          entity: `invocation ${one.id}`,
          message: `invocation ${one.id} of function ${one.function} goes to machine ${decision.machine}, and on its walk shard ${one.shard} comes first to machine ${due}, where it has a slot left`,
        };
      },
    };
  },
);

function firstWithASlot(one: Whereabout, where: Whereabouts, lives: Lives): number | undefined {
  const { sites, config } = where;
  const count = sites.length;
  const hash = hashOf(one);
  const steps = stepsOf(count);
  const step = steps[hash % steps.length]!;
  for (let taken = 0; taken < count; taken++) {
    const site = sites[(hash + taken * step) % count]!;
    const slots = Math.max(1, Math.floor(site.cores / config.shards));
    if (where.takesWork(site) && sent(one.shard, site.id, where, lives) < slots) return site.id;
  }
  return undefined;
}

/** How many of those that live on a machine a shard knows to have sent there. */
function sent(shard: number, machine: number, where: Whereabouts, { ofShard, ofSent }: Lives): number {
  return where.on(machine).filter((one) => one.shard === shard && ofSent.get(one) === (ofShard[shard] ?? 0))
    .length;
}

/** |h(tenant) XOR h(function)|, with h as Java hashes a string: 32 bits of h = 31·h + c, character by character. */
function hashOf({ tenant, function: label }: Whereabout): number {
  const [ofTenant, ofLabel] = [String(tenant), label].map((text) => {
    let hash = 0n;
    for (let index = 0; index < text.length; index++) {
      hash = BigInt.asIntN(32, 31n * hash + BigInt(text.charCodeAt(index)));
    }
    return hash;
  });
  const mixed = ofTenant! ^ ofLabel!;
  return Number(mixed < 0n ? -mixed : mixed);
}

/** The numbers up to n that share no divisor with n, or with one before. */
function stepsOf(n: number): number[] {
  const steps: number[] = [];
  for (let step = 1; step <= n; step++) {
    if ([n, ...steps].every((other) => sharesNone(step, other))) steps.push(step);
  }
  return steps;
}

function sharesNone(one: number, other: number): boolean {
  for (let divisor = 2; divisor <= one; divisor++) {
    if (one % divisor === 0 && other % divisor === 0) return false;
  }
  return true;
}
