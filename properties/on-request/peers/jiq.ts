import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import { promise } from './promise.ts';

/** Which machines are on the idle queue of which dispatcher, the first to join in front: from the trace alone. */
class IdleQueues {
  readonly #entries: { machine: number; shard: number }[] = [];

  hear(stimulus: Stimulus): void {
    if (stimulus.type === 'restart') this.#drop(({ shard }) => shard === stimulus.shard);
  }

  follow(decision: Decision): void {
    if (decision.type === 'list') this.#entries.push({ machine: decision.machine, shard: decision.shard });
    if (decision.type === 'unlist') this.#drop(({ machine }) => machine === decision.machine);
  }

  firstOf(shard: number): number | undefined {
    return this.#entries.find((entry) => entry.shard === shard)?.machine;
  }

  timesOn(machine: number): number {
    return this.#entries.filter((entry) => entry.machine === machine).length;
  }

  #drop(isGone: (entry: { machine: number; shard: number }) => boolean): void {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      if (isGone(this.#entries[index]!)) this.#entries.splice(index, 1);
    }
  }
}

export const jiqListsOnce = promise(
  {
    id: 'jiq-lists-once',
    name: 'Join-Idle-Queue: an idle machine is listed once',
    peer: 'jiq',
    sentence:
      'When a step ends, a machine that takes work and has a core to spare is on one idle queue, and every other machine is on none.',
    premise: 'a machine takes work and has a core to spare when a step ends, or is on an idle queue',
    judgedIn: 'properties/on-request/peers/jiq.ts',
  },
  (where, met) => {
    const idle = new IdleQueues();
    return {
      hears: (stimulus) => idle.hear(stimulus),
      sees(decision) {
        idle.follow(decision);
        return null;
      },
      settles() {
        for (const site of where.sites) {
          const times = idle.timesOn(site.id);
          const isIdle = where.takesWork(site) && where.hasCoreToSpare(site);
          if (isIdle || times > 0) met();
          if (times === Number(isIdle)) continue;
          const what = isIdle
            ? 'takes work and has a core to spare'
            : 'takes no work, or has no core to spare';
          return {
            entity: `machine ${site.id}`,
            message: `machine ${site.id} ${what}, and is on ${times === 0 ? 'no idle queue' : `${times} of the idle queues`}`,
          };
        }
        return null;
      },
    };
  },
);

export const jiqIdleBeforeRandom = promise(
  {
    id: 'jiq-idle-before-random',
    name: 'Join-Idle-Queue: an idle machine before a random one',
    peer: 'jiq',
    sentence: 'A shard that has machines on its idle queue places on the one that joined it first.',
    premise: 'a shard that has machines on its idle queue places an invocation',
    judgedIn: 'properties/on-request/peers/jiq.ts',
  },
  (_where, met) => {
    const idle = new IdleQueues();
    return {
      hears: (stimulus) => idle.hear(stimulus),
      sees(decision) {
        idle.follow(decision);
        if (decision.type !== 'place') return null;
        const { id, shard, machine } = decision;
        const first = idle.firstOf(shard);
        if (first === undefined) return null;
        met();
        if (first === machine) return null;
        return {
          entity: `shard ${shard}`,
          message: `shard ${shard} places invocation ${id} on machine ${machine}, and machine ${first} is first on its idle queue`,
        };
      },
    };
  },
);
