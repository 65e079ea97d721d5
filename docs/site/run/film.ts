import type { Configuration } from '../../../model/configuration.ts';
import { emptyTally } from '../../../model/coverage.ts';
import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { Judge } from '../../../model/judge.ts';
import type { Finding } from '../../../properties/checkers/checker.ts';
import { type Asked, isTold } from '../../../properties/play/asked.ts';
import { type MarkedDecision, playFrame } from '../../../properties/replay/frames.ts';
import { spentNow } from '../../../properties/replay/spending.ts';
import type { RecordedStep, Steps } from '../../../properties/replay/steps.ts';
import { cloned } from './clone.ts';
import { Lanes, MemoryOverTime } from './lanes.ts';
import type { Playing } from './players.ts';
import { Transfers } from './transfers.ts';

/** A copy of the judge is kept after so many steps: no seek plays more than these. */
const STEPS_OF_KEYFRAME = 256;

/** The judge after some of the decisions of a step. */
export interface Still {
  /** Counted from 1. */
  readonly step: number;
  /** How many of the decisions were tried: all up to here had their effect, if they are possible. */
  readonly point: number;
  readonly judge: Judge;
  readonly recorded: RecordedStep;
  readonly decisions: readonly MarkedDecision[] | null;
}

interface Keyframe {
  readonly step: number;
  readonly judge: Judge;
}

/**
 * A run that is being played, and can be looked at from its first step to the last that was played. It keeps what was
 * decided, where everybody was, and a copy of the judge now and then; every other state is computed again.
 */
export class PlayedFilm {
  readonly name: string;
  readonly config: Configuration;
  readonly asked: Asked;
  readonly length: number;
  readonly recorded: RecordedStep[] = [];
  readonly lanes = new Lanes();
  readonly memory = new MemoryOverTime();
  /** Null where a page moves at once. */
  readonly transfers: Transfers | null;
  /** What each tenant has spent after each step, in pico-cents. */
  readonly spent: number[][] = [];
  /** Why the playing broke off, if it did: the scheduler broke the contract, or the scenario is not possible. */
  broken: string | null = null;
  isDone = false;
  private found: Finding | null = null;
  private isRefused = false;
  private marks: readonly MarkedDecision[] | null = null;
  /** Played, and not shown yet. */
  private pending: RecordedStep | null = null;
  private readonly playing: Steps;
  private readonly judge: Judge;
  private readonly kept: ReadonlySet<unknown>;
  private readonly keyframes: Keyframe[] = [];
  private at: { step: number; tried: number; judge: Judge } | null = null;

  private readonly apart: number;

  /** @param apart how many steps lie between copies of the judge. */
  constructor({ name, scenario, asked, steps }: Playing, apart: number = STEPS_OF_KEYFRAME) {
    this.apart = apart;
    this.name = name;
    this.config = scenario.config;
    this.transfers = scenario.config.paging === undefined ? null : new Transfers();
    this.asked = asked;
    this.length = scenario.stimuli.length;
    this.playing = steps;
    this.judge = this.judgeOf();
    this.kept = new Set<unknown>([this.config, this.judge.tally, asked.rules]);
    this.keep();
  }

  /** What is wrong, of what was asked; null when nothing is, so far. */
  get finding(): Finding | null {
    return this.found !== null && isTold(this.found, this.asked) ? this.found : null;
  }

  /** Whether a rule has refused the last step, at a decision or at its end. */
  get refused(): boolean {
    return this.isRefused;
  }

  /** Plays on. @param mayGoOn is asked after each step. */
  play(mayGoOn: () => boolean = () => true): void {
    while (!this.isDone) {
      this.playOne();
      if (!mayGoOn()) return;
    }
  }

  private playOne(): void {
    try {
      const next = this.playing.next();
      if (!next.done) return this.record(next.value);
      this.found = next.value;
      this.finish();
    } catch (error) {
      this.broken = error instanceof Error ? error.message : String(error);
      this.finish();
    }
  }

  /** A step is shown when the next one is known, or that there is none: only then is it known whether it was refused. */
  private record(step: RecordedStep): void {
    const { pending } = this;
    this.pending = step;
    if (pending !== null) this.show(pending);
  }

  private finish(): void {
    this.isDone = true;
    this.isRefused = this.found !== null && this.found.rule !== null;
    if (this.pending !== null) this.show(this.pending, this.isRefused);
    this.pending = null;
    this.lanes.end(this.recorded.length + 1);
  }

  private show(recorded: RecordedStep, isRefused = false): void {
    const { judge } = this;
    const { step, timed, decisions } = recorded;
    this.recorded.push(recorded);
    const marked = decisions === null ? [] : playFrame(judge.model, recorded, isRefused);
    if (isRefused) this.marks = marked;
    const taken = marked.filter(({ mark }) => mark === 'taken').map(({ decision }) => decision);
    const { state } = judge;
    this.lanes.watch(state, step, timed, taken);
    this.memory.watch(state, step);
    this.transfers?.watch(state, step, timed, taken);
    this.spent.push(state.tenants.map((tenant) => (tenant.budget === null ? 0 : spentNow(state, tenant))));
    if (step % this.apart === 0 && !isRefused) this.keep();
  }

  private keep(): void {
    const step = this.recorded.length;
    this.keyframes.push({ step, judge: cloned(this.judge, this.kept) });
  }

  private judgeOf(): Judge {
    return new Judge(this.config, emptyTally(), this.asked.rules);
  }

  /** The decisions of a step with what became of them; null when it was left out. */
  decisionsOf(step: number): readonly MarkedDecision[] | null {
    const { decisions } = this.recorded[step - 1]!;
    if (decisions === null) return null;
    const isLast = step === this.recorded.length && this.isDone;
    if (isLast && this.isRefused && this.marks !== null) return this.marks;
    return decisions.map((decision) => ({ decision, mark: 'taken' }));
  }

  /** How many decisions of a step are tried, unless others are asked for: those before the refused one. */
  pointOf(step: number): number {
    return (this.decisionsOf(step) ?? []).filter(({ mark }) => mark === 'taken').length;
  }

  /**
   * The judge after a step, or after some of its decisions. It is another one when the next is asked for.
   *
   * @param step counted from 1, at most {@link recorded}.
   */
  still(step: number, point: number = this.pointOf(step)): Still {
    const decisions = this.decisionsOf(step);
    const recorded = this.recorded[step - 1]!;
    let { at } = this;
    const goesOn = at !== null && (at.step === step ? at.tried <= point : this.isWhole(at) && at.step < step);
    const keyframe =
      this.keyframes[Math.min(Math.floor((step - 1) / this.apart), this.keyframes.length - 1)]!;
    if (!goesOn || (at!.step < step && keyframe.step > at!.step)) at = this.restored(keyframe);
    const { judge } = at!;
    let { step: now, tried } = at!;
    while (now < step) {
      now++;
      const next = this.recorded[now - 1]!;
      judge.steps = now;
      if (next.decisions === null) {
        tried = 0;
        continue;
      }
      tried = stimulated(judge, next) ? 0 : next.decisions.length;
      if (now < step) tried = this.tried(judge, now, tried, next.decisions.length);
    }
    tried = this.tried(judge, step, tried, point);
    this.at = { step, tried, judge };
    return { step, point: tried, judge, recorded, decisions };
  }

  private isWhole({ step, tried }: { step: number; tried: number }): boolean {
    return step === 0 || tried === (this.recorded[step - 1]!.decisions ?? []).length;
  }

  private tried(judge: Judge, step: number, from: number, to: number): number {
    const decisions = this.recorded[step - 1]!.decisions ?? [];
    const end = Math.min(to, decisions.length);
    try {
      for (let index = from; index < end; index++) {
        const decision = decisions[index]!;
        if (judge.model.isPossible(decision)) judge.model.apply(decision);
      }
    } catch (error) {
      // A sum has left the safe integers: nothing more of this step can be shown.
      if (!(error instanceof ImpossibleStimulus)) throw error;
    }
    return Math.max(from, end);
  }

  private restored({ step, judge }: Keyframe): { step: number; tried: number; judge: Judge } {
    const tried = step === 0 ? 0 : (this.recorded[step - 1]!.decisions ?? []).length;
    return { step, tried, judge: cloned(judge, this.kept) };
  }
}

/** Whether the stimulus had its effect: it has none where a sum would leave the safe integers. */
function stimulated({ model }: Judge, { timed: { at, stimulus } }: RecordedStep): boolean {
  try {
    model.stimulate(at, stimulus);
    return true;
  } catch (error) {
    if (!(error instanceof ImpossibleStimulus)) throw error;
    return false;
  }
}
