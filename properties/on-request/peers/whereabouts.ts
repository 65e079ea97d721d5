import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';

/** What a trace alone says of an invocation that has not ended. */
export interface Whereabout {
  readonly id: number;
  readonly tenant: number;
  readonly function: string;
  /** The invocation that called it; undefined for a root. */
  readonly caller: Whereabout | undefined;
  class: number;
  shard: number;
  /** `ready`, `running` and `blocked` are on a machine. */
  phase: 'awaiting' | 'queued' | 'ready' | 'running' | 'blocked';
  /** The how manieth to be queued it was. */
  ticket: number;
  /** -1 while it is on none. */
  machine: number;
  demandMb: number;
}

/** What a trace alone says of a machine. */
export interface Site {
  readonly id: number;
  cores: number;
  status: 'up' | 'draining' | 'down';
}

/**
 * What is where, from the trace alone: promises of peers are judged by this, and by nothing that the model or the peer knows.
 * Sums are added up when they are asked for, since the clusters of campaigns are small.
 */
export class Whereabouts {
  readonly config: Configuration;
  readonly all = new Map<number, Whereabout>();
  readonly sites: Site[];
  #tickets = 0;

  constructor(config: Configuration) {
    this.config = config;
    this.sites = config.machines.map(({ cores }, id) => ({ id, cores, status: 'up' }));
  }

  hear(stimulus: Stimulus): void {
    switch (stimulus.type) {
      case 'submit':
        this.#enter(stimulus, stimulus.tenant, undefined);
        return;
      case 'call': {
        const caller = this.all.get(stimulus.caller)!;
        caller.phase = 'blocked';
        this.#enter(stimulus, caller.tenant, caller);
        return;
      }
      case 'resize':
        this.all.get(stimulus.id)!.demandMb = stimulus.demand;
        return;
      case 'join':
        this.sites[stimulus.machine] = { id: stimulus.machine, cores: stimulus.cores, status: 'up' };
        return;
      case 'drain':
        this.sites[stimulus.machine]!.status = 'draining';
        return;
      case 'crash':
        this.sites[stimulus.machine]!.status = 'down';
        for (const one of this.on(stimulus.machine)) this.#leave(one);
        return;
    }
  }

  follow(decision: Decision): void {
    switch (decision.type) {
      case 'enqueue': {
        const one = this.all.get(decision.id)!;
        one.phase = 'queued';
        one.ticket = this.#tickets++;
        one.class = decision.class;
        one.shard = decision.shard;
        return;
      }
      case 'evict': {
        const one = this.all.get(decision.id)!;
        this.#leave(one);
        one.phase = 'queued';
        one.ticket = this.#tickets++;
        return;
      }
      case 'place': {
        const one = this.all.get(decision.id)!;
        one.phase = 'ready';
        one.machine = decision.machine;
        one.demandMb = this.config.initialMemory;
        return;
      }
      case 'start':
        this.all.get(decision.id)!.phase = 'running';
        return;
      case 'preempt':
      case 'wake':
        this.all.get(decision.id)!.phase = 'ready';
        return;
      case 'throttle':
      case 'complete':
      case 'kill':
      case 'cancel':
        this.all.delete(decision.id);
        return;
    }
  }

  /** Those that live on a machine. */
  on(machine: number): Whereabout[] {
    return [...this.all.values()].filter((one) => one.machine === machine);
  }

  /** How many on a machine run, or would if they had a core: all but the blocked. */
  loadOn(machine: number): number {
    return this.on(machine).filter(({ phase }) => phase !== 'blocked').length;
  }

  /** Those that are queued, the one that has waited longest in front. */
  queued(): Whereabout[] {
    const queued = [...this.all.values()].filter(({ phase }) => phase === 'queued');
    return queued.sort((one, other) => one.ticket - other.ticket);
  }

  /** Whether a machine takes one more: it is up, and the sum of its memory stays within the safe integers. */
  takesWork({ id, status }: Site): boolean {
    if (status !== 'up') return false;
    const demandMb = this.on(id).reduce((sum, one) => sum + one.demandMb, 0);
    return Number.isSafeInteger(demandMb + this.config.initialMemory);
  }

  hasCoreToSpare({ id, cores }: Site): boolean {
    return this.loadOn(id) < cores;
  }

  #enter(
    { id, function: label, class: priceClass, shard }: Extract<Stimulus, { type: 'submit' | 'call' }>,
    tenant: number,
    caller: Whereabout | undefined,
  ): void {
    this.all.set(id, {
      id,
      tenant,
      function: label,
      caller,
      class: priceClass,
      shard,
      phase: 'awaiting',
      ticket: 0,
      machine: -1,
      demandMb: 0,
    });
  }

  #leave(one: Whereabout): void {
    one.phase = 'awaiting';
    one.machine = -1;
    one.demandMb = 0;
  }
}
