import type { Stimulus } from '../alphabet.ts';
import { type Snapshot, STAGE } from '../snapshot.ts';
import type { Expander } from './expander.ts';
import type { Exploration } from './search.ts';
import { StateReader } from './state-reader.ts';

/**
 * Whether a run can stay forever in these canonical forms, which lead to each other, without being unfair to anybody,
 * while there is always an invocation that has not ended.
 *
 * A run through canonical forms may call somebody by another name each time it comes back to the same form, so fairness
 * is judged of persons and not of names. A person in a form is a pair of the form and a name; a step leads from a pair to
 * the pair that the same person is in the next form. All pairs that are connected in this way are one person of a run
 * that visits all of the forms in all the names that can come up: whoever leads somewhere leads back, since names repeat
 * after finitely many rounds. That run is unfair exactly if there is a person whose step is possible in each of their pairs
 * and is taken in none (Emerson and Sistla, Utilizing symmetry when model-checking under fairness assumptions, 1997).
 */
export function staysFairlyRenamed(
  { behind, renaming, packing }: Expander,
  { visited }: Pick<Exploration, 'visited'>,
  component: Int32Array,
): boolean {
  const naming = renaming!.naming;
  const people = naming.invocations.length + naming.machines.length + naming.shards.length;
  const placeOf = new Map<number, number>();
  for (const [place, state] of component.entries()) placeOf.set(state, place);
  const pairs = new Pairs(component.length * people);
  const isPossible = new Uint8Array(component.length * people);
  const isTaken = new Uint8Array(component.length * people);
  const reader = new StateReader(packing);
  const form = new Int32Array(packing.words);
  for (const [place, state] of component.entries()) {
    // Those that have ended in one state of a cycle have in all.
    if (!someoneLives(reader.read(visited, state))) return false;
    behind!.expand(visited.blockOf(state), visited.offsetOf(state), ({ stimulus }, words) => {
      renaming!.canonize(words, 0, form);
      const to = placeOf.get(visited.find(form, 0));
      const person = personOf(stimulus);
      if (person >= 0) isPossible[place * people + person] = 1;
      if (to === undefined) return true;
      if (person >= 0) isTaken[place * people + person] = 1;
      let at = 0;
      for (const names of [naming.invocations, naming.machines, naming.shards]) {
        for (const [name, next] of names.entries())
          pairs.unite(place * people + at + name, to * people + at + next);
        at += names.length;
      }
      return true;
    });
  }

  /** Whose step it is that fairness asks for: invocations first, then machines, then shards; -1 for others. */
  function personOf(stimulus: Stimulus): number {
    switch (stimulus.type) {
      case 'finish':
        return stimulus.id;
      case 'paged':
        return naming.invocations.length + stimulus.machine;
      case 'turn':
        return naming.invocations.length + naming.machines.length + stimulus.shard;
      default:
        return -1;
    }
  }

  return !pairs.some(
    (members) =>
      members.every((pair) => isPossible[pair] === 1) && members.every((pair) => isTaken[pair] === 0),
  );
}

/** Whether an invocation lives in a state. */
export function someoneLives({ invocations }: Snapshot): boolean {
  return invocations.some(({ stage }) => stage >= STAGE.queued && stage <= STAGE.blocked);
}

/** Numbers that belong together, by union and find. */
class Pairs {
  private readonly leads: Int32Array;

  constructor(count: number) {
    this.leads = Int32Array.from({ length: count }, (_, pair) => pair);
  }

  unite(one: number, other: number): void {
    this.leads[this.find(one)] = this.find(other);
  }

  some(holds: (members: readonly number[]) => boolean): boolean {
    const groups = new Map<number, number[]>();
    for (let pair = 0; pair < this.leads.length; pair++) {
      const group = groups.get(this.find(pair));
      if (group === undefined) groups.set(this.find(pair), [pair]);
      else group.push(pair);
    }
    return [...groups.values()].some(holds);
  }

  private find(pair: number): number {
    const { leads } = this;
    let on = pair;
    for (; leads[on] !== on; on = leads[on]!) leads[on] = leads[leads[on]!]!;
    return on;
  }
}
