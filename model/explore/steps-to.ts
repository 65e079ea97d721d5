import type { Decision, Step } from '../alphabet.ts';
import type { Expander, Successor, Visit, Wrong } from './expander.ts';
import { ExplorationError } from './exploration-error.ts';
import type { Reached } from './reached-states.ts';

/** The parent of the states after `boot`. */
export const ROOT = -1;

/** A shortest trace that leads to a state, remade from parents and ordinals unless somebody knows it. */
export function stepsTo(expander: Expander, reached: Reached, state: number): Step[] {
  if (isRenamed(expander)) return realWay(expander, reached, state).steps;
  return knownWay(expander, reached, state) ?? remadeWay(expander, reached, state);
}

/** The same, and a step more: to what is wrong in the step of this number. */
export function stepsToWrong(
  expander: Expander,
  reached: Reached,
  state: number,
  ordinal: number,
): { wrong: Wrong; steps: Step[] } {
  if (expander.found != null) return { wrong: expander.found.wrong, steps: [...expander.found.steps] };
  const made = remake(expander, reached, state, ordinal);
  if (made.wrong === null) throw new ExplorationError({ kind: 'remembers' });
  const way = isRenamed(expander)
    ? realWay(expander, reached, state)
    : { steps: remadeWay(expander, reached, state), words: null };
  const last = isRenamed(expander) ? alike(expander, way.words, made.wrong.rule) : made;
  const at = (way.steps.at(-1)?.at ?? 0) + last.afterMs;
  return {
    wrong: last.wrong ?? made.wrong,
    steps: [...way.steps, { at, stimulus: last.stimulus, decisions: [...last.decisions] }],
  };
}

function knownWay(expander: Expander, reached: Reached, state: number): Step[] | null {
  if (expander.wayTo === undefined || state === ROOT) return null;
  const words = new Int32Array(expander.packing.words);
  reached.read(state, words);
  return [...expander.wayTo(words, 0)];
}

function remadeWay(expander: Expander, reached: Reached, state: number): Step[] {
  let at = 0;
  return pathTo(reached, state).map((on) => {
    const made = remake(expander, reached, reached.parentOf(on), reached.ordinalOf(on));
    at += made.afterMs;
    return { at, stimulus: made.stimulus, decisions: [...made.decisions] as Decision[] };
  });
}

type Renamed = Expander & Required<Pick<Expander, 'behind' | 'renaming'>>;

function isRenamed(expander: Expander): expander is Renamed {
  return expander.renaming !== undefined;
}

/** A way along the same canonical forms on which everybody keeps the name they have, and the words of its end, if it is not empty. */
function realWay(
  expander: Renamed,
  reached: Reached,
  state: number,
): { steps: Step[]; words: Int32Array | null } {
  const { renaming, packing } = expander;
  const wanted = new Int32Array(packing.words);
  const form = new Int32Array(packing.words);
  const steps: Step[] = [];
  let here: Int32Array | null = null;
  let at = 0;
  for (const on of pathTo(reached, state)) {
    reached.read(on, wanted);
    let found: Successor | null = null;
    const from: Int32Array | null = here;
    const visit: Visit = (successor, words) => {
      if (successor.wrong !== null) return true;
      renaming.canonize(words, 0, form);
      if (form.some((word, index) => word !== wanted[index])) return true;
      found = successor;
      here = words.slice();
      return false;
    };
    if (from === null) expander.behind.boot(visit);
    else expander.behind.expand(from, 0, visit);
    const made = found as Successor | null;
    if (made === null) throw new ExplorationError({ kind: 'tells-apart' });
    at += made.afterMs;
    steps.push({ at, stimulus: made.stimulus, decisions: [...made.decisions] as Decision[] });
  }
  return { steps, words: here };
}

/** The first step out of a state, or at `boot`, that is wrong by the same rule. */
function alike({ behind }: Renamed, words: Int32Array | null, rule: string): Successor {
  let found: Successor | null = null;
  const visit: Visit = (successor) => {
    if (successor.wrong?.rule !== rule) return true;
    found = successor;
    return false;
  };
  if (words === null) behind.boot(visit);
  else behind.expand(words, 0, visit);
  if (found === null) throw new ExplorationError({ kind: 'tells-apart' });
  return found;
}

/** The states on the way to one, itself the last. */
export function pathTo(reached: Reached, state: number): number[] {
  const path: number[] = [];
  for (let on = state; on !== ROOT; on = reached.parentOf(on)) path.push(on);
  return path.reverse();
}

/** The successor of a state that has this number. */
export function remake(expander: Expander, reached: Reached, parent: number, ordinal: number): Successor {
  let left = ordinal;
  let found: Successor | null = null;
  const visit = (successor: Successor): boolean => {
    if (left-- > 0) return true;
    found = successor;
    return false;
  };
  if (parent === ROOT) {
    expander.boot(visit);
  } else {
    const words = new Int32Array(expander.packing.words);
    reached.read(parent, words);
    expander.expand(words, 0, visit);
  }
  if (found === null) throw new Error(`state ${parent} has no successor ${ordinal}`);
  return found;
}
