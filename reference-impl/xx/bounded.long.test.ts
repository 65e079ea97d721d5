import { expect, test } from 'vitest';
import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { ReadonlyXXState } from './state.ts';
import type { XXView } from './view.ts';
import { createXX } from './xx.ts';

/** The bounded instance that independent checkers have explored: every state of it, breadth first. */
const INVOCATIONS = 3;
const MAX_DEMAND = 3;
const MAX_AGE = 2;
const machine = { cores: 1, ram: 3, swap: 2 };
const config: Configuration = {
  classes: [
    { name: 'low', price: 1 },
    { name: 'high', price: 4 },
  ],
  memoryPrice: 0,
  machines: [machine, machine],
  shards: 1,
  kMachines: 2,
  kShards: 1,
  initialMemory: 1,
  idle: { enter: 2, leave: 1, memoryDrift: 1, functionsDrift: 1 },
  maxAttempts: 3,
  seed: 0,
  tenants: [{ budget: null }],
};

/** A state of the exploration: the scheduler's, and how those that have ended did so. */
interface Node {
  state: ReadonlyXXState;
  ended: Record<number, 'completed' | 'killed'>;
}

test('the bounded instance has exactly 3,764 states, the last of them 14 deep', () => {
  const xx = createXX({ mode: 'immer' });
  const seen = new Set<string>();
  const visit = (node: Node): Node[] => {
    const key = canonical(xx.inspect(), node.ended);
    if (seen.has(key)) return [];
    seen.add(key);
    return [node];
  };
  const after = ({ state, ended }: Node, stimulus: Stimulus): Node => {
    xx.restore(state);
    const decisions = xx.step(state.now + (stimulus.type === 'tick' ? 1 : 0), stimulus);
    return { state: xx.state, ended: { ...ended, ...endings(decisions) } };
  };
  xx.reset(config);
  let frontier = visit(after({ state: xx.state, ended: {} }, { type: 'boot' }));
  let depth = 0;
  for (; frontier.length > 0; depth++) {
    frontier = frontier.flatMap((node) => {
      xx.restore(node.state);
      return enabled(xx.inspect(), node).flatMap((stimulus) => visit(after(node, stimulus)));
    });
  }
  expect({ states: seen.size, depth }).toEqual({ states: 3764, depth: 14 });
});

function enabled(view: XXView, { state }: Node): Stimulus[] {
  const stimuli: Stimulus[] = [];
  const id = (state.usedIds.ends.at(-1) ?? -1) + 1;
  const classes = id < INVOCATIONS ? config.classes.map((_, index) => index) : [];
  const queued = view.invocations.filter(({ phase }) => phase === 'queued');
  for (const asked of classes) {
    stimuli.push({ type: 'submit', id, tenant: 0, function: 'f', class: asked, shard: 0 });
  }
  for (const { id: caller, phase, demand } of view.invocations) {
    if (phase !== 'running') continue;
    stimuli.push({ type: 'finish', id: caller });
    if (demand < MAX_DEMAND) stimuli.push({ type: 'resize', id: caller, demand: demand + 1 });
    for (const asked of classes) {
      stimuli.push({ type: 'call', caller, id, function: 'g', class: asked, shard: 0 });
    }
  }
  if (queued.length === 0) return stimuli;
  stimuli.push({ type: 'turn', shard: 0 });
  if (queued.every(({ enqueuedAt }) => view.now - enqueuedAt < MAX_AGE)) stimuli.push({ type: 'tick' });
  return stimuli;
}

function endings(decisions: readonly Decision[]): Node['ended'] {
  const ended: Node['ended'] = {};
  for (const decision of decisions) {
    if (decision.type === 'complete') ended[decision.id] = 'completed';
    if (decision.type === 'kill') ended[decision.id] = 'killed';
  }
  return ended;
}

/** What tells two states apart: ages instead of times, and of those that have ended only how. */
function canonical(view: XXView, ended: Node['ended']): string {
  const invocations = view.invocations.map((each) => [
    each.id,
    each.phase,
    each.class,
    each.machine,
    each.phase === 'queued' ? view.now - each.enqueuedAt : 0,
    each.demand,
    each.resident,
    each.caller,
  ]);
  const machines = view.machines.map(({ arrivalOrder, listed }) => [arrivalOrder, listed]);
  return JSON.stringify([invocations, ended, machines, view.shards.map(({ queues }) => queues)]);
}
