import type { PartId, Stimulus, WordGroup } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { LacksParts } from '../../exec/lacks-parts.ts';
import type { Scheduler } from '../../scheduler.ts';
import { Cluster, type Heard, type Machines } from './cluster.ts';
import type { Host, Job } from './job.ts';
import { checkPossible } from './possible.ts';

/** What a peer decides: hooks, each of which may be left out. They are called when the cluster has changed already. */
export interface Rules extends Heard {
  /** Whether a root that is submitted is admitted; all are, unless it says otherwise. */
  admits?(job: Job): boolean;
  /** A shard has its turn, and there is a machine to place on: `job` has waited longest there. */
  turn?(job: Job, shard: number): void;
  /** A machine takes work from now on: at boot each, then each that joins. */
  joined?(host: Host): void;
  /** A machine takes no more work: it drains, or is lost with those that lived there, which are not queued again yet. */
  gone?(host: Host): void;
  /** A shard has forgotten all but its queue. */
  restarted?(shard: number): void;
  /** At the end of each step: every machine where something has changed about what runs, lives or waits there. */
  settled?(host: Host): void;
  /** At the very end of each step: nothing else happens by itself. */
  quiet?(): void;
}

/** A peer, said in few words. */
export interface Description {
  /** Kebab-case, as `--scheduler` takes it. */
  readonly name: string;
  readonly machines: (configuration: Configuration) => Machines;
  /** Whether functions share the cores of a machine, as `Scheduler.cores` has it. */
  readonly cores: 'own-core' | 'shared';
  /** The optional words that it uses; none unless given. */
  readonly words?: readonly WordGroup[];
  /** Makes its rules anew for every scenario. */
  readonly rules: (cluster: Cluster) => Rules;
}

/**
 * A scheduler that plays every stimulus: the answer first, then what the machines and the rules make of it. A stimulus that
 * is refused leaves no trace.
 */
export function createPeer({ name, machines, cores, words = [], rules: rulesOf }: Description): Scheduler {
  let playing: Peer | undefined;
  return {
    name,
    cores,
    memory: 'unbounded',
    words,
    without: WITHOUT,
    reset(configuration) {
      if (configuration.paging !== undefined) throw new LacksParts(name, WITHOUT, 'it is');
      const cluster = new Cluster(configuration, machines(configuration));
      playing = new Peer(cluster, rulesOf(cluster));
    },
    step(at, stimulus) {
      if (playing === undefined) throw new Error('reset comes before the first step');
      return playing.step(at, stimulus);
    },
  };
}

/** They ignore memory, so that none of it is ever on its way. */
const WITHOUT: readonly PartId[] = ['paging'];

class Peer {
  readonly #cluster: Cluster;
  readonly #rules: Rules;

  constructor(cluster: Cluster, rules: Rules) {
    this.#cluster = cluster;
    this.#rules = rules;
    cluster.heard = rules;
  }

  step(at: number, stimulus: Stimulus) {
    const cluster = this.#cluster;
    const rules = this.#rules;
    checkPossible(cluster, at, stimulus);
    cluster.begin(at);
    this.#answer(stimulus);
    const { touched } = cluster;
    do {
      // A rule that places an invocation touches machines again, which are then looked at once more.
      for (let index = 0; index < touched.length; index++) {
        touched[index]!.isTouched = false;
        rules.settled?.(touched[index]!);
      }
      touched.length = 0;
      rules.quiet?.();
    } while (touched.length > 0);
    return cluster.decisions;
  }

  #answer(stimulus: Stimulus): void {
    const cluster = this.#cluster;
    const rules = this.#rules;
    switch (stimulus.type) {
      case 'boot':
        for (const host of cluster.hosts) rules.joined?.(host);
        return;
      case 'submit': {
        const job = cluster.create(stimulus);
        if (rules.admits?.(job) === false) cluster.throttle(job);
        else cluster.enqueue(job);
        return;
      }
      case 'call': {
        const callee = cluster.create(stimulus);
        cluster.enqueue(callee);
        cluster.settle(cluster.hosts[callee.caller!.machine]!);
        return;
      }
      case 'turn': {
        const job = cluster.queues[stimulus.shard]!.first;
        if (job !== undefined && cluster.fleet.open.length > 0) rules.turn?.(job, stimulus.shard);
        return;
      }
      case 'resize':
        cluster.resize(cluster.jobs.get(stimulus.id)!, stimulus.demand);
        return;
      case 'finish':
        cluster.complete(cluster.jobs.get(stimulus.id)!);
        return;
      case 'join': {
        const host = cluster.join(stimulus.machine, stimulus);
        rules.joined?.(host);
        return;
      }
      case 'drain': {
        const host = cluster.drain(stimulus.machine);
        rules.gone?.(host);
        return;
      }
      case 'crash': {
        const lost = cluster.crash(stimulus.machine);
        rules.gone?.(cluster.hosts[stimulus.machine]!);
        for (const job of lost) cluster.retry(job);
        return;
      }
      case 'restart':
        rules.restarted?.(stimulus.shard);
        return;
      case 'timeout':
        cluster.jobs.get(stimulus.id)!.isGivenUp = true;
        return;
      case 'antagonist':
      case 'tick':
        return;
    }
  }
}
