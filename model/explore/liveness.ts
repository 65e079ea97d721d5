import { PRESENCE, type Snapshot, STAGE, TRANSFER } from '../snapshot.ts';
import { Column, type Numbers } from './blocks.ts';
import type { Expander, Successor } from './expander.ts';
import { someoneLives, staysFairlyRenamed } from './renamed-liveness.ts';
import type { Edges, Exploration } from './search.ts';
import { StateReader } from './state-reader.ts';

/** What the graph of a complete exploration says of liveness. */
export interface Liveness {
  /**
   * States in which an invocation is live and neither an end nor a turn nor a transfer is enabled: nothing would ever
   * happen there.
   */
  readonly deadEnds: number;
  /** Sets of states that lead to each other. */
  readonly cycles: number;
  /**
   * Those of them in which a run may stay forever although running invocations eventually finish, shards get turns and
   * transfers end.
   */
  readonly fairCycles: number;
  /** A state that shows what is wrong, if anything is. */
  readonly witness: number | null;
}

/**
 * Every invocation that was submitted ends, under weak fairness: an end, a turn or a transfer that stays enabled
 * eventually happens. It is contradicted only by a dead end with a live invocation, or by a cycle in which one never
 * ends and every one of these is disabled now and then, or happens.
 *
 * Of faults there are finitely many, and in the end they are made good: from some time on no antagonist takes memory or
 * gives it back, a machine is up, and what an antagonist has kept leaves everybody room to run alone. So only what stays
 * in such states, by steps other than those of antagonists, can contradict it.
 */
export function judgeLiveness(expander: Expander, exploration: Exploration, cluster: Cluster): Liveness {
  const { visited, edges } = exploration;
  const reader = new StateReader(expander.packing);
  const isMended = cluster.hasFaults ? new Uint8Array(visited.size) : null;
  let witness: number | null = null;
  let deadEnds = 0;
  for (let state = 0; state < visited.size; state++) {
    const snapshot = reader.read(visited, state);
    if (isMended !== null) {
      if (!mended(snapshot, cluster.ram)) continue;
      isMended[state] = 1;
    }
    if (!isDeadEnd(snapshot)) continue;
    deadEnds++;
    witness ??= state;
  }
  const components = cyclicComponents(
    visited.size,
    isMended === null ? edges : mendedEdges(expander, exploration, isMended),
  );
  let fairCycles = 0;
  for (const component of components) {
    const isFair =
      expander.renaming === undefined
        ? staysFairly(expander, exploration, component)
        : staysFairlyRenamed(expander, exploration, component);
    if (!isFair) continue;
    fairCycles++;
    witness ??= component[0]!;
  }
  return { deadEnds, cycles: components.length, fairCycles, witness };
}

/** What liveness must know of an instance: the RAM of its machines, in MB, and whether anything may happen to them. */
export interface Cluster {
  readonly ram: number;
  readonly hasFaults: boolean;
}

/** Whether a machine is up, and each live invocation could run on its machine if it were alone. */
function mended({ invocations, machines }: Snapshot, ram: number): boolean {
  return (
    machines.some(({ presence }) => presence === PRESENCE.up) &&
    invocations.every(
      ({ stage, machine, demand }) =>
        stage < STAGE.ready || stage > STAGE.blocked || demand <= ram - machines[machine]!.antagonist,
    )
  );
}

/** The edges between mended states that are not the work of an antagonist. */
function mendedEdges({ packing }: Expander, { visited, edges }: Exploration, isMended: Uint8Array): Edges {
  const here = new StateReader(packing);
  const there = new StateReader(packing);
  const starts = new Int32Array(visited.size + 1);
  const targets = new Column();
  for (let state = 0; state < visited.size; state++) {
    starts[state] = targets.length;
    if (isMended[state] === 0) continue;
    const antagonists = antagonistsIn(here.read(visited, state));
    for (let edge = edges.starts.at(state)!, end = edges.starts.at(state + 1)!; edge < end; edge++) {
      const target = edges.targets.at(edge)!;
      if (isMended[target] === 0) continue;
      // Nothing else changes how much antagonists take, but what cannot be undone: a crash, a drain that ends, a join. A
      // step changes one of them, so their sum changes, however the machines are called.
      if (antagonistsIn(there.read(visited, target)) !== antagonists) continue;
      targets.push(target);
    }
  }
  starts[visited.size] = targets.length;
  return { starts, targets };
}

function antagonistsIn({ machines }: Snapshot): number {
  return machines.reduce((sum, { antagonist }) => sum + antagonist, 0);
}

/** Something lives, and nothing will happen to it. A turn with no machine up places nothing, but that is not mended. */
function isDeadEnd({ invocations, machines }: Snapshot): boolean {
  let live = false;
  for (const { stage } of invocations) {
    if (stage === STAGE.running || stage === STAGE.queued) return false;
    if (stage === STAGE.ready || stage === STAGE.blocked) live = true;
  }
  return live && machines.every(({ disk }) => disk === TRANSFER.none);
}

/**
 * Whether a run can stay in these states forever without being unfair, while there is always an invocation that has not
 * ended.
 */
function staysFairly(expander: Expander, { visited }: Exploration, component: Int32Array): boolean {
  const inside = new Set(component);
  const reader = new StateReader(expander.packing);
  const always = new Map<string, number>();
  const taken = new Set<string>();
  for (const state of component) {
    // Those that have ended in one state of a cycle have in all.
    if (!someoneLives(reader.read(visited, state))) return false;
    const enabled = new Set<string>();
    expander.expand(visited.blockOf(state), visited.offsetOf(state), (successor, words) => {
      const action = fairAction(successor);
      if (action === null) return true;
      enabled.add(action);
      const target = visited.find(words, 0);
      if (inside.has(target)) taken.add(action);
      return true;
    });
    for (const action of enabled) always.set(action, (always.get(action) ?? 0) + 1);
  }
  for (const [action, states] of always) {
    if (states === component.length && !taken.has(action)) return false;
  }
  return true;
}

function fairAction({ stimulus }: Successor): string | null {
  switch (stimulus.type) {
    case 'finish':
      return `finish ${stimulus.id}`;
    case 'turn':
      return `turn ${stimulus.shard}`;
    case 'paged':
      return `paged ${stimulus.machine}`;
    default:
      return null;
  }
}

/** Memory that judging takes while it lasts, in bytes for each state. */
export const BYTES_TO_JUDGE = 26;

/**
 * The strongly connected components that contain a cycle, by Tarjan's algorithm (1972) with a stack of our own in
 * place of recursion.
 */
export function cyclicComponents(size: number, { targets, starts }: Edges): Int32Array[] {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack = new Int32Array(size);
  const path = new Int32Array(size);
  const cursor = new Int32Array(size);
  const components: Int32Array[] = [];
  let next = 0;
  let stacked = 0;
  let deep = 0;
  const enter = (state: number): void => {
    index[state] = next;
    low[state] = next++;
    cursor[state] = starts.at(state)!;
    stack[stacked++] = state;
    onStack[state] = 1;
    path[deep++] = state;
  };
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    enter(root);
    while (deep > 0) {
      const state = path[deep - 1]!;
      if (cursor[state]! < starts.at(state + 1)!) {
        const target = targets.at(cursor[state]!++)!;
        if (index[target] === -1) enter(target);
        else if (onStack[target] === 1) low[state] = Math.min(low[state]!, index[target]!);
        continue;
      }
      deep--;
      if (deep > 0) low[path[deep - 1]!] = Math.min(low[path[deep - 1]!]!, low[state]!);
      if (low[state] !== index[state]) continue;
      const top = stacked;
      do onStack[stack[--stacked]!] = 0;
      while (stack[stacked] !== state);
      if (top - stacked > 1 || leadsToItself(state, targets, starts))
        components.push(stack.slice(stacked, top));
    }
  }
  return components;
}

function leadsToItself(state: number, targets: Numbers, starts: Numbers): boolean {
  for (let edge = starts.at(state)!, end = starts.at(state + 1)!; edge < end; edge++) {
    if (targets.at(edge) === state) return true;
  }
  return false;
}
