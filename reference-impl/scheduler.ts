import type { Decision, Stimulus } from '../model/alphabet.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Snapshot } from '../model/snapshot.ts';

/**
 * What every scheduler under test speaks: it is given one stimulus at a time and answers with its decisions, in the
 * order in which it takes them. Same configuration and stimuli, same decisions.
 */
export interface Scheduler {
  /** A kebab-case name, as `--scheduler` takes it. */
  readonly name: string;
  /**
   * How those that run on a machine have its cores. `own-core`, unless given: each has one. `shared`: all have equal
   * parts, at most a core each (processor sharing), so more may run than there are cores. The clock of a simulation
   * goes by this; a step says nothing of it.
   */
  readonly cores?: 'own-core' | 'shared';
  /**
   * `unbounded`: it has no idea of memory, and neither swaps nor kills, so that its machines may hold more than they
   * have. `bounded`, unless given. Reports of a simulation go by this.
   */
  readonly memory?: 'bounded' | 'unbounded';
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
   * Goes on from a quiet state of a bounded instance, after a reset to its configuration. Optional: exploration of a
   * scheduler without it plays every path from the start, which is slow.
   */
  load?(snapshot: Snapshot): void;
  /**
   * Is told whom the next steps are likely to be about, in this order, so that it can fetch what it knows of them from
   * memory at once. Optional, and a hint: it must change nothing that can be seen, and what it is told need not come
   * true. A simulation calls it where thousands run, each on a core of its own, and several are due at the same ms, for
   * sixteen at most.
   *
   * @param ids of invocations that run, in a fresh array.
   */
  prefetch?(ids: readonly number[]): void;
}
