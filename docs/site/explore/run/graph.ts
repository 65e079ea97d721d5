import type { Decision, Step, Stimulus } from '../../../../model/alphabet.ts';
import type { Expander } from '../../../../model/explore/expander.ts';
import { configurationOf } from '../../../../model/explore/instance.ts';
import type { Reached } from '../../../../model/explore/reached-states.ts';
import { stepsTo } from '../../../../model/explore/steps-to.ts';
import { createExpander, type Subject } from '../../../../properties/exploration/expanders.ts';
import type { PageData } from '../../../../properties/replay/exports/html/data.ts';
import { dataOf, HANDS, type Session } from '../../playground/run/session.ts';
import type { Explored } from './exploring.ts';

/** One way out of a state. */
export interface WayOut {
  readonly afterMs: number;
  readonly stimulus: Stimulus;
  readonly decisions: readonly Decision[];
  /** The number of the state that it leads to; null where something is wrong with it. */
  readonly target: number | null;
  readonly wrong: string | null;
}

/** The graph of an exploration, to be walked: states are numbered from 0 in the order in which they were reached. */
export class Graph {
  readonly subject: Subject;
  readonly found: Explored;
  /** At which depth each state was reached; those after `boot` at 1. */
  readonly depths: Uint16Array;
  /** How many states there are at each depth, from 1 on. */
  readonly byDepth: readonly number[];
  private readonly expander: Expander;
  private readonly reached: Reached;

  constructor(subject: Subject, found: Explored) {
    this.subject = subject;
    this.found = found;
    this.expander = createExpander(subject);
    // Whoever is put into a state must have booted once.
    this.expander.boot(() => true);
    const width = this.expander.packing.words;
    this.reached = {
      parentOf: (state) => found.parents[state]!,
      ordinalOf: (state) => found.ordinals[state]!,
      read: (state, into) => into.set(found.words.subarray(state * width, (state + 1) * width)),
    };
    this.depths = new Uint16Array(found.states);
    const byDepth: number[] = [];
    for (let state = 0; state < found.states; state++) {
      const parent = found.parents[state]!;
      const depth = parent < 0 ? 1 : this.depths[parent]! + 1;
      this.depths[state] = depth;
      byDepth[depth - 1] = (byDepth[depth - 1] ?? 0) + 1;
    }
    this.byDepth = byDepth;
  }

  /** Whether the exploration has gone on from a state: where it was stopped, it has not from all. */
  isExpanded(state: number): boolean {
    const { complete, starts } = this.found;
    return complete || starts[state]! < starts[state + 1]!;
  }

  /** All ways out of a state, in the order of the exploration. */
  waysOut(state: number): WayOut[] {
    const { starts, targets, words } = this.found;
    const ways: WayOut[] = [];
    let next = starts[state]!;
    const end = starts[state + 1]!;
    this.expander.expand(words, state * this.expander.packing.words, (successor) => {
      const { afterMs, stimulus, decisions, wrong } = successor;
      const target = wrong === null && next < end ? targets[next++]! : null;
      ways.push({ afterMs, stimulus, decisions: [...decisions], target, wrong: wrong?.message ?? null });
      return true;
    });
    return ways;
  }

  /** The states that lead to one in a step, each once; itself left out. */
  waysBack(state: number): number[] {
    const { starts, targets } = this.found;
    const back = new Set<number>();
    let from = 0;
    for (let edge = 0; edge < targets.length; edge++) {
      while (starts[from + 1]! <= edge) from++;
      if (targets[edge] === state && from !== state) back.add(from);
    }
    return [...back];
  }

  /** A shortest way from the start to a state: its states, the last being this one. */
  path(state: number): number[] {
    const path: number[] = [];
    for (let on = state; on >= 0; on = this.found.parents[on]!) path.push(on);
    return path.reverse();
  }

  /** The steps of that way. */
  steps(state: number): Step[] {
    return stepsTo(this.expander, this.reached, state);
  }

  /** That way as the viewer and the playground take it, by the decisions that were taken. */
  dataTo(state: number): PageData {
    return dataOf(this.sessionOf(`A shortest way to state ${state}`, this.steps(state)));
  }

  /** What was found wrong, as the playground takes it; null when nothing was. */
  dataOfCounterexample(): PageData | null {
    const { counterexample } = this.found;
    return counterexample === null
      ? null
      : dataOf(this.sessionOf('The shortest way to something wrong', counterexample.steps));
  }

  /** Where nobody draws samples, the same scheduler plays the same again; otherwise the decisions are kept. */
  private sessionOf(title: string, steps: readonly Step[]): Session {
    const { instance, scheduler, properties } = this.subject;
    const drawsSamples = instance.kMachines < instance.machines || instance.kShards < instance.shards;
    const isPlayed = scheduler !== null && !drawsSamples;
    return {
      ...{ title, config: configurationOf(instance), player: isPlayed ? scheduler : HANDS, properties },
      stimuli: steps.map(({ at, stimulus }) => ({ at, stimulus })),
      decisions: isPlayed ? [] : steps.map(({ decisions }) => decisions),
      isOpen: false,
    };
  }
}
