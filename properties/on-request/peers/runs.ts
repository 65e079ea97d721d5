import type { Decision } from '../../../model/alphabet.ts';
import { REMEMBERED_RUNS } from '../../../reference-impl/peers/parts/recent-runs.ts';
import type { JudgedStep } from '../../checkers/checker.ts';

/** What a trace says of one that has not ended. */
interface Account {
  readonly function: string;
  /** When it was submitted or called, in ms. */
  readonly arrivedAt: number;
  /** How long this attempt has run up to `since`, and since when it runs, if it does. */
  ranMs: number;
  since: number | null;
  machine: number;
  /** What it was predicted to run when it was queued last, in ms. */
  predictedMs: number;
}

/**
 * How long each has run, and how long its function has run lately, kept from the trace alone. It goes through steps one
 * after the other, each after it has been judged.
 */
export class Runs {
  readonly #accounts = new Map<number, Account>();
  /** By function: the cpu-ms of those that completed, the last ones at the end. */
  readonly #completed = new Map<string, number[]>();
  #now = 0;
  /** Machines on which the step that was followed last has changed who lives or runs. */
  readonly changed = new Set<number>();

  follow({ at, stimulus, decisions }: JudgedStep): void {
    this.#now = at;
    this.changed.clear();
    if (stimulus.type === 'submit' || stimulus.type === 'call') {
      const { id, function: label } = stimulus;
      const account = { function: label, arrivedAt: at, ranMs: 0, since: null, machine: -1, predictedMs: 0 };
      this.#accounts.set(id, account);
    }
    if (stimulus.type === 'call') {
      this.#stop(stimulus.caller);
      this.#change(stimulus.caller);
    }
    for (const decision of decisions) this.#take(decision);
  }

  /** How long one has run in this attempt, in ms. */
  attainedMs(id: number): number {
    const { ranMs, since } = this.#accounts.get(id)!;
    return since === null ? ranMs : ranMs + this.#now - since;
  }

  /** The mean of the last runs of its function that had completed when it was queued, in whole ms; 0 before there were any. */
  predictedMs(id: number): number {
    return this.#accounts.get(id)!.predictedMs;
  }

  arrivedAt(id: number): number {
    return this.#accounts.get(id)!.arrivedAt;
  }

  #take(decision: Decision): void {
    switch (decision.type) {
      case 'enqueue': {
        const account = this.#accounts.get(decision.id)!;
        account.since = null;
        account.predictedMs = meanOf(this.#completed.get(account.function) ?? []);
        return;
      }
      case 'place': {
        const account = this.#accounts.get(decision.id)!;
        account.ranMs = 0;
        account.machine = decision.machine;
        this.changed.add(decision.machine);
        return;
      }
      case 'start':
        this.#accounts.get(decision.id)!.since = this.#now;
        this.#change(decision.id);
        return;
      case 'preempt':
        this.#stop(decision.id);
        this.#change(decision.id);
        return;
      case 'wake':
        this.#change(decision.id);
        return;
      case 'complete': {
        this.#stop(decision.id);
        const { function: label, ranMs } = this.#accounts.get(decision.id)!;
        const completed = this.#completed.get(label) ?? [];
        this.#completed.set(label, [...completed, ranMs].slice(-REMEMBERED_RUNS));
        this.#end(decision.id);
        return;
      }
      case 'kill':
      case 'throttle':
        this.#end(decision.id);
        return;
    }
  }

  #stop(id: number): void {
    const account = this.#accounts.get(id)!;
    account.ranMs = this.attainedMs(id);
    account.since = null;
  }

  #change(id: number): void {
    this.changed.add(this.#accounts.get(id)!.machine);
  }

  #end(id: number): void {
    this.#change(id);
    this.#accounts.delete(id);
  }
}

function meanOf(runsMs: readonly number[]): number {
  if (runsMs.length === 0) return 0;
  return Math.floor(runsMs.reduce((sum, ms) => sum + ms, 0) / runsMs.length);
}
