import type { Decision, PartId, Stimulus, TimedStimulus, WordGroup } from '../model/alphabet.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Snapshot } from '../model/snapshot.ts';

/**
 * The contract of every scheduler under test: it is given one stimulus at a time and answers with its decisions, in the
 * order in which it takes them. The same configuration and stimuli give the same decisions.
 */
export interface Scheduler {
  /** A kebab-case name, as `--scheduler` takes it. */
  readonly name: string;
  /**
   * How running invocations share the cores of a machine. `own-core`, the default: each has one. `shared`: all get
   * equal parts, at most one core each (processor sharing), so more may run than there are cores. Only the clock of a
   * simulation uses this; no step depends on it.
   */
  readonly cores?: 'own-core' | 'shared';
  /**
   * `unbounded`: it ignores memory, and neither swaps nor kills, so its machines may hold more than their RAM.
   * `bounded` is the default. Only reports of a simulation use this.
   */
  readonly memory?: 'bounded' | 'unbounded';
  /**
   * The optional words that it uses, or that its clients do: configurations that are made for it have them. None unless
   * given.
   */
  readonly words?: readonly WordGroup[];
  /** The parts of XX that it lacks (docs/parts.md): it is given no cluster that has them. None unless given. */
  readonly without?: readonly PartId[];
  /** Forgets everything and starts over on this cluster. Called before the first step of every scenario. */
  reset(configuration: Configuration): void;
  /**
   * Plays one stimulus at time `at` (ms, never decreasing; the first is always `boot`).
   *
   * @returns the decisions, a fresh array that the caller may keep.
   * @throws ImpossibleStimulus when the stimulus is not possible in this state: the scenario's fault.
   */
  step(at: number, stimulus: Stimulus): Decision[];
  /**
   * Hears right after a reset which stimuli are likely to come, in this order. Optional, and only a hint: a process is
   * sent them ahead, so that many answers cost one round trip.
   */
  announce?(stimuli: readonly TimedStimulus[]): void;
  /**
   * Continues from a quiet state of a bounded instance, after a reset to its configuration. Optional, but exploration
   * (`xx check`) refuses a scheduler without it.
   */
  load?(snapshot: Snapshot): void;
  /**
   * Receives the invocations that the next steps are likely to be about, in this order, so that it can fetch their data
   * from memory all at once. Optional, and only a hint: it must not change anything observable, and the steps may turn
   * out otherwise. A simulation calls it when thousands run, each on a core of its own, and several are due at the same
   * ms; it names at most sixteen.
   *
   * @param ids of running invocations, in a fresh array.
   */
  prefetch?(ids: readonly number[]): void;
  /**
   * When it wants the next `tick`, in ms, or null for none: asked after every step, each answer taking the place of the one
   * before. Optional. The clock of a simulation sends the tick when everything else of that ms has happened, and at the
   * next ms at the earliest. Campaigns and exploration do not ask: there a tick comes when the scenario has one, so no
   * rule of a scheduler may depend on getting it.
   */
  dueAt?(): number | null;
  /**
   * Tells an oracle, right before an invocation is submitted or called, how long it will run in all, in ms. Optional, and
   * called by the clock of a simulation alone: elsewhere nobody knows, and the scheduler must do without. A new attempt
   * after a crash runs as long again. What it is told of an id that is then refused means nothing.
   */
  expect?(id: number, runMs: number): void;
}

/** A configuration as a scheduler is to be given it: with the optional words that it uses. */
export function withWordsOf({ words = [] }: Scheduler, configuration: Configuration): Configuration {
  if (words.length === 0) return configuration;
  // No cluster has both.
  const { paging: _, ...atOnce } = configuration;
  return { ...atOnce, words: [...words] };
}

/** The same scheduler, which hears of no stimulus before it is asked. */
export function inLockstep(scheduler: Scheduler): Scheduler {
  return {
    name: scheduler.name,
    reset: (config) => scheduler.reset(config),
    step: (at, stimulus) => scheduler.step(at, stimulus),
  };
}
