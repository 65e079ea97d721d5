import type { Decision, Stimulus } from '../alphabet.ts';
import { emptyTally, type Tally } from '../coverage.ts';
import { InputError } from '../input-error.ts';
import type { Choices } from './choices.ts';
import {
  type Expander,
  type Explorable,
  type ExtraCheck,
  type Successor,
  type Visit,
  Workbench,
} from './expander.ts';
import type { BoundedInstance } from './instance.ts';
import type { Packing } from './packing.ts';

/**
 * Steps a scheduler by every enabled stimulus, and each time by every outcome of the samples that it draws; every step
 * is judged.
 */
export class SchedulerExpander implements Expander {
  readonly packing: Packing;
  readonly tally: Tally;
  private readonly bench: Workbench;
  private readonly scheduler: Explorable;
  private readonly choices: Choices;
  private readonly check: ExtraCheck;
  private readonly drawsSamples: boolean;

  /** @param choices what the scheduler draws its samples from, if it draws any. */
  constructor(
    instance: BoundedInstance,
    scheduler: Explorable,
    choices: Choices,
    check: ExtraCheck = () => null,
    tally: Tally = emptyTally(),
  ) {
    this.bench = new Workbench(instance, tally);
    this.packing = this.bench.packing;
    this.tally = tally;
    this.scheduler = scheduler;
    this.choices = choices;
    this.check = check;
    this.drawsSamples = instance.kMachines < instance.machines || instance.kShards < instance.shards;
  }

  boot(visit: Visit): void {
    const { bench, scheduler, choices } = this;
    // Whoever had enough in the midst of the samples of another state has left answers behind.
    choices.begin();
    do {
      choices.rewind();
      scheduler.reset(bench.configuration);
      bench.renew();
      const successor = this.step(0, 0, { type: 'boot' });
      if (!visit(successor, successor.wrong === null ? bench.leave() : bench.nowhere)) return;
    } while (choices.advance());
  }

  expand(words: Int32Array, offset: number, visit: Visit): void {
    const { bench, scheduler, choices } = this;
    bench.enter(words, offset);
    choices.begin();
    for (const { afterMs, stimulus } of bench.enabled) {
      do {
        choices.rewind();
        bench.load();
        scheduler.load(bench.here);
        const successor = this.step(bench.here.now + afterMs, afterMs, stimulus);
        if (!visit(successor, successor.wrong === null ? bench.leave() : bench.nowhere)) return;
      } while (choices.advance());
    }
  }

  private step(at: number, afterMs: number, stimulus: Stimulus): Successor {
    const { judge } = this.bench;
    const decisions = this.scheduler.step(at, stimulus);
    if (this.drawsSamples && !this.choices.anyAsked) this.mustNotHaveDrawn(decisions);
    const wrong = judge.step(at, stimulus, decisions) ?? this.check(judge, { at, stimulus, decisions });
    return { afterMs, stimulus, decisions, wrong };
  }

  /** @throws InputError when a sample of some of many was drawn, and not from the choices: then not all are tried. */
  private mustNotHaveDrawn(decisions: readonly Decision[]): void {
    const { machines, kMachines, shards, kShards } = this.bench.instance;
    for (const decision of decisions) {
      const drawn =
        (decision.type === 'place' && decision.via === 'poll' && kMachines < machines) ||
        (decision.type === 'list' && kShards < shards);
      if (!drawn) continue;
      throw new InputError(
        'the scheduler draws its samples by itself, so that not every sample can be tried; let it poll all ' +
          '(--k-machines as many as --machines, --k-shards as many as --shards), or try xx fuzz',
      );
    }
  }
}
