import { type Snapshot, STAGE, TRANSFER } from '../snapshot.ts';
import type { Expander, Successor } from './expander.ts';
import type { Edges, Exploration } from './search.ts';

/** What the graph of a complete exploration says of liveness. */
export interface Liveness {
  /**
   * States in which an invocation is live and neither an end nor a turn is enabled: nothing would ever happen there.
   */
  readonly deadEnds: number;
  /** Sets of states that lead to each other. */
  readonly cycles: number;
  /** Those of them in which a run may stay forever although running invocations eventually finish and shards get turns. */
  readonly fairCycles: number;
  /** A state that shows what is wrong, if anything is. */
  readonly witness: number | null;
}

/**
 * Every invocation that was submitted ends, under weak fairness: an end or a turn that stays enabled eventually
 * happens. It is contradicted only by a dead end with a live invocation, or by a cycle in which one never ends and
 * every end, every turn and every end of a transfer is disabled now and then, or happens. Antagonists may do as they
 * please before, but then they leave, or at least stay as they are.
 */
export function judgeLiveness(expander: Expander, exploration: Exploration): Liveness {
  const { visited } = exploration;
  const snapshot = expander.packing.blank();
  let witness: number | null = null;
  let deadEnds = 0;
  for (let state = 0; state < visited.size; state++) {
    expander.packing.unpack(visited.words, state * expander.packing.words, snapshot);
    if (!isDeadEnd(snapshot)) continue;
    deadEnds++;
    witness ??= state;
  }
  const components = cyclicComponents(visited.size, withoutAntagonists(expander, exploration));
  let fairCycles = 0;
  for (const component of components) {
    if (!staysFairly(expander, exploration, component)) continue;
    fairCycles++;
    witness ??= component[0]!;
  }
  return { deadEnds, cycles: components.length, fairCycles, witness };
}

/** The edges along which no antagonist comes or goes. */
function withoutAntagonists({ packing }: Expander, { visited, edges }: Exploration): Edges {
  if (!packing.hasAntagonists) return edges;
  const { words } = visited;
  const isSame = (one: number, other: number): boolean =>
    packing.antagonistsAreSame(words, one * packing.words, other * packing.words);
  const targets: number[] = [];
  const starts = new Int32Array(visited.size + 1);
  for (let state = 0; state < visited.size; state++) {
    for (let edge = edges.starts[state]!; edge < edges.starts[state + 1]!; edge++) {
      if (isSame(state, edges.targets[edge]!)) targets.push(edges.targets[edge]!);
    }
    starts[state + 1] = targets.length;
  }
  return { targets: Int32Array.from(targets), starts };
}

function isDeadEnd({ invocations, machines }: Snapshot): boolean {
  // A transfer will end, and an antagonist will leave.
  if (machines.some(({ disk, antagonist }) => disk !== TRANSFER.none || antagonist > 0)) return false;
  let live = false;
  for (const { stage } of invocations) {
    if (stage === STAGE.running || stage === STAGE.queued) return false;
    if (stage === STAGE.ready || stage === STAGE.blocked) live = true;
  }
  return live;
}

/**
 * Whether a run can stay in these states forever without being unfair, while there is always an invocation that has not
 * ended.
 */
function staysFairly(expander: Expander, { visited }: Exploration, component: readonly number[]): boolean {
  const inside = new Set(component);
  const { packing } = expander;
  const width = packing.words;
  const snapshot = packing.blank();
  const always = new Map<string, number>();
  const taken = new Set<string>();
  let alwaysUnended = true;
  for (const state of component) {
    packing.unpack(visited.words, state * width, snapshot);
    alwaysUnended &&= snapshot.invocations.some(
      ({ stage }) => stage >= STAGE.queued && stage <= STAGE.blocked,
    );
    const enabled = new Set<string>();
    expander.expand(visited.words, state * width, (successor, words) => {
      const action = fairAction(successor);
      if (action === null) return true;
      enabled.add(action);
      const target = ~visited.add(words, 0, state, 0);
      if (inside.has(target)) taken.add(action);
      return true;
    });
    for (const action of enabled) always.set(action, (always.get(action) ?? 0) + 1);
  }
  if (!alwaysUnended) return false;
  for (const [action, states] of always) {
    if (states === component.length && !taken.has(action)) return false;
  }
  return true;
}

function fairAction({ stimulus }: Successor): string | null {
  if (stimulus.type === 'finish') return `finish ${stimulus.id}`;
  if (stimulus.type === 'paged') return `paged ${stimulus.machine}`;
  return stimulus.type === 'turn' ? `turn ${stimulus.shard}` : null;
}

/**
 * The strongly connected components that contain a cycle, by Tarjan's algorithm (1972) with a stack of our own in
 * place of recursion.
 */
export function cyclicComponents(size: number, { targets, starts }: Edges): number[][] {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const path: number[] = [];
  const cursor = new Int32Array(size);
  const components: number[][] = [];
  let next = 0;
  const enter = (state: number): void => {
    index[state] = next;
    low[state] = next++;
    cursor[state] = starts[state]!;
    stack.push(state);
    onStack[state] = 1;
    path.push(state);
  };
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const state = path[path.length - 1]!;
      if (cursor[state]! < starts[state + 1]!) {
        const target = targets[cursor[state]!++]!;
        if (index[target] === -1) enter(target);
        else if (onStack[target] === 1) low[state] = Math.min(low[state]!, index[target]!);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[state]!);
      if (low[state] !== index[state]) continue;
      const component = takeComponent(stack, onStack, state);
      if (component.length > 1 || leadsToItself(state, targets, starts)) components.push(component);
    }
  }
  return components;
}

function takeComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component: number[] = [];
  for (let member = -1; member !== root; ) {
    member = stack.pop()!;
    onStack[member] = 0;
    component.push(member);
  }
  return component;
}

function leadsToItself(state: number, targets: Int32Array, starts: Int32Array): boolean {
  for (let edge = starts[state]!; edge < starts[state + 1]!; edge++) if (targets[edge] === state) return true;
  return false;
}
