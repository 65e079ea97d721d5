import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import { promise } from './promise.ts';
import type { Whereabouts } from './whereabouts.ts';

/** What Prequal says of itself: its pool, its probes for each query, and what is hot. */
const MOST_ANSWERS = 16;
const PROBES = 3;
const FRESH_MS = 1000;
const REMEMBERED = 64;
const HOT_PERCENT = 60;

type Probe = Extract<Decision, { type: 'probe' }>;

interface Answer {
  readonly machine: number;
  inFlight: number;
  readonly latencyMs: number;
  readonly at: number;
}

/** The pools of all shards, and what was answered last: from the trace alone. */
class Pools {
  readonly #pools = new Map<number, Answer[]>();
  readonly #answered = new Map<number, number[]>();

  hear(stimulus: Stimulus): void {
    if (stimulus.type !== 'restart') return;
    this.#pools.delete(stimulus.shard);
    this.#answered.delete(stimulus.shard);
  }

  follow(decision: Decision, at: number): void {
    if (decision.type !== 'probe' && decision.type !== 'forget') return;
    const { shard, machine } = decision;
    const others = this.of(shard).filter((answer) => answer.machine !== machine);
    if (decision.type === 'probe') {
      others.push({ machine, inFlight: decision.inFlight, latencyMs: decision.latencyMs, at });
      const answered = [...(this.#answered.get(shard) ?? []), decision.inFlight];
      this.#answered.set(shard, answered.slice(-REMEMBERED));
    }
    this.#pools.set(shard, others);
  }

  of(shard: number): readonly Answer[] {
    return this.#pools.get(shard) ?? [];
  }

  /** A machine with more in flight than this is hot. */
  hotAbove(shard: number): number {
    const sorted = [...(this.#answered.get(shard) ?? [])].sort((one, other) => one - other);
    return sorted[Math.ceil((HOT_PERCENT * sorted.length) / 100) - 1] ?? 0;
  }
}

export const prequalProbesWithinItsPool = promise(
  {
    id: 'prequal-probes-within-its-pool',
    name: 'Prequal: a pool of few answers',
    peer: 'prequal',
    sentence:
      'A shard probes at most three machines for a function that it places, and its pool then holds at most 16 answers, and at most one for every two machines that take work, rounded up.',
    premise: 'a shard probes a machine',
    judgedIn: 'properties/on-request/peers/prequal.ts',
  },
  (where, met) => {
    const pools = new Pools();
    let probes = 0;
    const sees = (decision: Probe) => {
      met();
      probes++;
      const { shard } = decision;
      const held = pools.of(shard).length;
      const open = where.sites.filter((site) => where.takesWork(site)).length;
      const most = Math.min(MOST_ANSWERS, Math.ceil(open / 2));
      const entity = `shard ${shard}`;
      if (probes > PROBES) return { entity, message: `shard ${shard} probes ${probes} machines in a step` };
      if (held <= most) return null;
      return { entity, message: `the pool of shard ${shard} holds ${held} answers, and ${most} is the most` };
    };
    return {
      hears(stimulus) {
        pools.hear(stimulus);
        probes = 0;
      },
      sees(decision, at) {
        pools.follow(decision, at);
        return decision.type === 'probe' ? sees(decision) : null;
      },
    };
  },
);

export const prequalColdBeforeHot = promise(
  {
    id: 'prequal-cold-before-hot',
    name: 'Prequal: cold before hot',
    peer: 'prequal',
    sentence:
      'A shard with two answers or more that are not a second old, of machines that take work, places on a machine that is cold, if one is, with the least latency; else on one with the fewest in flight. Hot is a machine with more in flight than 60 percent of the last 64 answers.',
    premise: 'a shard with two such answers places an invocation',
    judgedIn: 'properties/on-request/peers/prequal.ts',
  },
  (where, met) => {
    const pools = new Pools();
    return {
      hears: (stimulus) => pools.hear(stimulus),
      sees(decision, at) {
        pools.follow(decision, at);
        if (decision.type !== 'place') return null;
        const { id, shard, machine } = decision;
        const usable = usableOf(pools.of(shard), where, at);
        if (usable.length < 2) return null;
        met();
        const hotAbove = pools.hotAbove(shard);
        const best = bestOf(usable, hotAbove);
        const chosen = best.find((answer) => answer.machine === machine);
        if (chosen !== undefined) {
          chosen.inFlight++;
          return null;
        }
        return {
          entity: `shard ${shard}`,
          message: `shard ${shard} places invocation ${id} on machine ${machine}; by its pool it is ${best.map((one) => `machine ${one.machine} (${one.inFlight} in flight, ${one.latencyMs} ms)`).join(' or ')}, and more than ${hotAbove} in flight is hot`,
        };
      },
    };
  },
);

function usableOf(answers: readonly Answer[], where: Whereabouts, at: number): Answer[] {
  return answers.filter(
    (answer) => at - answer.at < FRESH_MS && where.takesWork(where.sites[answer.machine]!),
  );
}

function bestOf(answers: readonly Answer[], hotAbove: number): Answer[] {
  const cold = answers.filter(({ inFlight }) => inFlight <= hotAbove);
  const [some, figure] =
    cold.length > 0
      ? [cold, ({ latencyMs }: Answer) => latencyMs]
      : [answers, ({ inFlight }: Answer) => inFlight];
  const least = Math.min(...some.map(figure));
  return some.filter((answer) => figure(answer) === least);
}
