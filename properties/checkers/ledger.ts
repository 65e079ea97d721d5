import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration, MachineSize } from '../../model/configuration.ts';
import type { State } from '../../model/state.ts';
import type { Checker, JudgedStep } from './checker.ts';

/** Where an invocation is, as far as a trace alone tells. */
type Place = 'awaiting' | 'queued' | 'placed' | 'ended';

interface Account {
  place: Place;
  class: number;
  machine: number;
  demand: number;
}

/**
 * An account of who is where, kept from the trace alone: it knows nothing of charts, rules or the model's state, so
 * what it finds does not rest on them.
 */
class Ledger {
  readonly accounts = new Map<number, Account>();
  readonly counts: Record<Place, number> = { awaiting: 0, queued: 0, placed: 0, ended: 0 };
  private readonly config: Configuration;
  private readonly sizes: (MachineSize & { antagonist: number })[];

  constructor(config: Configuration) {
    this.config = config;
    this.sizes = config.machines.map((size) => ({ ...size, antagonist: 0 }));
  }

  hear(stimulus: Stimulus): void {
    switch (stimulus.type) {
      case 'submit':
      case 'call':
        this.counts.awaiting++;
        this.accounts.set(stimulus.id, { place: 'awaiting', class: stimulus.class, machine: -1, demand: 0 });
        return;
      case 'resize':
        this.accounts.get(stimulus.id)!.demand = stimulus.demand;
        return;
      case 'antagonist':
        this.sizes[stimulus.machine]!.antagonist = stimulus.memory;
        return;
      case 'join':
        this.sizes[stimulus.machine] = { ...stimulus, antagonist: 0 };
        return;
      case 'crash':
        for (const account of this.accounts.values()) {
          if (account.place === 'placed' && account.machine === stimulus.machine)
            this.move(account, 'awaiting');
        }
        return;
    }
  }

  /** Follows a decision; says what is wrong when it comes from the wrong place. */
  follow(decision: Decision): string | null {
    switch (decision.type) {
      case 'enqueue':
        this.accounts.get(decision.id)!.class = decision.class;
        return this.expect(decision.id, 'awaiting', 'queued');
      case 'throttle':
        return this.expect(decision.id, 'awaiting', 'ended');
      case 'place': {
        const account = this.accounts.get(decision.id)!;
        account.machine = decision.machine;
        account.demand = this.config.initialMemory;
        return this.expect(decision.id, 'queued', 'placed');
      }
      case 'complete':
        return this.expect(decision.id, 'placed', 'ended');
      case 'evict':
        return this.expect(decision.id, 'placed', 'queued');
      case 'cancel':
        return this.expect(decision.id, this.accounts.get(decision.id)!.place, 'ended');
      case 'kill': {
        // Whether its reason is right is not asked here: it ends an invocation that lives on a machine, or was lost in
        // a crash.
        const isLost = this.accounts.get(decision.id)!.place === 'awaiting';
        return this.expect(decision.id, isLost ? 'awaiting' : 'placed', 'ended');
      }
      default:
        return null;
    }
  }

  private expect(id: number, from: Place, to: Place): string | null {
    const account = this.accounts.get(id)!;
    if (account.place !== from) return `invocation ${id} is ${account.place}, not ${from}`;
    this.move(account, to);
    return null;
  }

  private move(account: Account, to: Place): void {
    this.counts[account.place]--;
    this.counts[to]++;
    account.place = to;
  }

  /** Why a kill for memory was not the last resort, or took one that is not the lowest; asked before it is followed. */
  objectionToKill(decision: Extract<Decision, { type: 'kill' }>): string | null {
    const victim = this.accounts.get(decision.id)!;
    const size = this.sizes[victim.machine]!;
    const ram = Math.max(0, size.ram - size.antagonist);
    const swap = Math.max(0, size.swap - (this.config.paging?.reserve ?? 0));
    if (decision.reason === 'exceeds-machine') {
      return victim.demand > size.ram || victim.demand > ram + swap
        ? null
        : `its ${victim.demand} MB fit into machine ${victim.machine} alone`;
    }
    let demand = 0;
    for (const [id, other] of this.accounts) {
      if (other.place !== 'placed' || other.machine !== victim.machine) continue;
      demand += other.demand;
      if (other.class < victim.class)
        return `invocation ${id} of a lower class lives on machine ${victim.machine}`;
    }
    return demand > ram + swap
      ? null
      : `all ${demand} MB fit into ${ram} MB of RAM and ${swap} MB of swap on machine ${victim.machine}`;
  }
}

/** What an account says of a step: the first kill that was not the last resort, and the first that is out of place. */
interface Audit {
  readonly step: JudgedStep;
  readonly kills: number;
  readonly unneeded: { readonly id: number; readonly why: string } | null;
  readonly outOfPlace: string | null;
}

/** Goes through steps one after the other; another question about the same step gets the same audit. */
class Auditor {
  readonly ledger: Ledger;
  private last: Audit | null = null;

  constructor(config: Configuration) {
    this.ledger = new Ledger(config);
  }

  audit(step: JudgedStep): Audit {
    if (this.last?.step === step) return this.last;
    const { ledger } = this;
    let kills = 0;
    let unneeded: Audit['unneeded'] = null;
    let outOfPlace: string | null = null;
    ledger.hear(step.stimulus);
    for (const decision of step.decisions) {
      if (decision.type === 'kill' && decision.reason !== 'attempts') {
        kills++;
        const why = ledger.objectionToKill(decision);
        if (why !== null) unneeded ??= { id: decision.id, why };
      }
      const wrong = ledger.follow(decision);
      if (wrong !== null) outOfPlace ??= wrong;
    }
    this.last = { step, kills, unneeded, outOfPlace };
    return this.last;
  }
}

/**
 * Kills are the last resort and take the lowest (paper section 3.2), and every invocation is in exactly one place,
 * so that what was submitted is what has ended and what lives: both from the same account of the trace.
 */
export function createLedgerCheckers(config: Configuration): readonly Checker[] {
  const auditor = new Auditor(config);
  return [
    {
      property: 'kills-are-the-last-resort',
      check(_state, step, met) {
        const { kills, unneeded } = auditor.audit(step);
        if (kills > 0) met('kills-are-the-last-resort');
        if (unneeded === null) return null;
        const { id, why } = unneeded;
        return {
          property: 'kills-are-the-last-resort',
          entity: `invocation ${id}`,
          message: `invocation ${id} was killed although ${why}`,
        };
      },
    },
    {
      property: 'conservation',
      check(state, step, met) {
        const { outOfPlace } = auditor.audit(step);
        const { ledger } = auditor;
        const wrong = outOfPlace ?? disagreement(ledger, state);
        if (ledger.counts.ended > 0 || wrong !== null) met('conservation');
        return wrong === null ? null : { property: 'conservation', entity: 'the trace', message: wrong };
      },
    },
  ];
}

function disagreement(ledger: Ledger, state: State): string | null {
  const { awaiting, queued, placed, ended } = ledger.counts;
  const { submitted, completed, killed, throttled } = state.counts;
  const agrees =
    awaiting === 0 &&
    submitted === queued + placed + ended &&
    ended === completed + killed + throttled &&
    queued + placed === state.invocations.size;
  return agrees
    ? null
    : `${submitted} were submitted; ${awaiting} await an answer, ${queued} are queued, ${placed} placed, ${ended} ended, while the model counts ${state.invocations.size} live and ${completed + killed + throttled} ended`;
}
