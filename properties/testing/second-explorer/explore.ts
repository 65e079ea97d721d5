import { updateIdleLists } from './machines.ts';
import { type Bounds, firstState, lineOf } from './state.ts';
import { after, possibleIn } from './stimuli.ts';

/** What the second explorer finds: states and edges in the lines of `xx check --graph`, and how many levels there are. */
export interface Found {
  states: Set<string>;
  /** From, by which stimulus, to: the lines of two states around a stimulus as JSON. */
  edges: Set<string>;
  depth: number;
}

export function exploreAgain(bounds: Bounds): Found {
  const first = firstState(bounds);
  updateIdleLists(bounds, first);
  const states = new Set([lineOf(bounds, first)]);
  const edges = new Set<string>();
  let depth = 0;
  for (let level = [first]; level.length > 0; depth++) {
    const next: typeof level = [];
    for (const state of level) {
      const from = lineOf(bounds, state);
      for (const stimulus of possibleIn(bounds, state)) {
        const reached = after(bounds, state, stimulus);
        const to = lineOf(bounds, reached);
        edges.add(`${from} ${JSON.stringify(stimulus)} ${to}`);
        if (states.has(to)) continue;
        states.add(to);
        next.push(reached);
      }
    }
    level = next;
  }
  return { states, edges, depth };
}
