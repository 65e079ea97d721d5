import type { Numbers } from '../../../../model/explore/blocks.ts';
import type { Counterexample } from '../../../../model/explore/search.ts';
import { search } from '../../../../model/explore/search.ts';
import { breathe } from '../../../../properties/breathe.ts';
import { createExpander, type Subject } from '../../../../properties/exploration/expanders.ts';

/** What an exploration has found, as data that can come from a worker. */
export interface Explored {
  readonly states: number;
  readonly steps: number;
  readonly depth: number;
  readonly complete: boolean;
  readonly counterexample: Counterexample | null;
  /** The packed words of all states, in the order in which they were reached. */
  readonly words: Int32Array<ArrayBuffer>;
  /** For each state the one from which it was first reached, -1 for those after `boot`, and by which successor of it. */
  readonly parents: Int32Array<ArrayBuffer>;
  readonly ordinals: Uint16Array<ArrayBuffer>;
  /** The successors of each state, and where those of each begin; one more than there are states. */
  readonly targets: Int32Array<ArrayBuffer>;
  readonly starts: Int32Array<ArrayBuffer>;
}

export interface Sofar {
  readonly states: number;
  readonly depth: number;
}

/** More states are more than a tab should keep, or anybody would walk. */
export const MOST_STATES = 400_000;

/**
 * Explores an instance as `xx check` does, in this thread.
 *
 * @param goesOn asked after each batch of states; false ends the exploration with what there is.
 * @throws InputError when there is no such instance, or the scheduler cannot be explored.
 */
export async function explored(
  subject: Subject,
  onProgress: (sofar: Sofar) => void,
  goesOn: () => boolean,
): Promise<Explored> {
  const expander = createExpander(subject);
  const exploration = await search(expander, {
    goOn: async ({ states, depth }) => {
      onProgress({ states, depth });
      await breathe();
      return goesOn() && states <= MOST_STATES;
    },
  });
  const { states, steps, depth, complete, counterexample, visited, edges } = exploration;
  return {
    ...{ states, steps, depth, complete, counterexample },
    words: visited.copy(0, states),
    parents: Int32Array.from({ length: states }, (_, state) => visited.parentOf(state)),
    ordinals: Uint16Array.from({ length: states }, (_, state) => visited.ordinalOf(state)),
    targets: flat(edges.targets),
    starts: flat(edges.starts),
  };
}

function flat(numbers: Numbers): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: numbers.length }, (_, index) => numbers.at(index)!);
}
