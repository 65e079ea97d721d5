import type { Expander } from '../../model/explore/expander.ts';
import type { Exploration } from '../../model/explore/search.ts';
import { InputError } from '../../model/input-error.ts';

/** Where states that differ only in who is called what count as one. */

/** How many states there are of the canonical forms that were reached. */
export function statesStoodFor({ renaming, packing }: Expander, { visited }: Exploration): number {
  const form = new Int32Array(packing.words);
  let sum = 0;
  for (let state = 0; state < visited.size; state++) {
    sum += renaming!.orbit(visited.blockOf(state), visited.offsetOf(state), form);
  }
  return sum;
}

/** @throws InputError when something is asked that names somebody, where names mean nothing. */
export function refuseNames({
  process,
  graph,
  reach,
}: {
  process?: unknown;
  graph?: string;
  reach?: string;
}): void {
  const refuse = (option: string, why: string): never => {
    throw new InputError(`--symmetry: ${why}; leave out --symmetry or ${option}`);
  };
  if (process !== undefined)
    refuse('--exec', 'a process is played from the start, with the names that it was told');
  if (graph !== undefined) refuse('--graph', 'a graph names everybody, and here a state stands for many');
  if (reach !== undefined) refuse('--reach', 'a query may name somebody, and here a state stands for many');
}
