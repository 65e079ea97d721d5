import { enablePatches, freeze, Immer, type Patch } from 'immer';
import type { Decision } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { sampleDistinct } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import { type Context, createContext, type Pager, type Sampler } from './context.ts';
import { isSafe } from './exact.ts';
import { loadSnapshot } from './load.ts';
import { billsMayOverflow } from './meter.ts';
import { referencePager } from './pager.ts';
import { type Policies, referencePolicies } from './policies.ts';
import { prefetch } from './prefetch.ts';
import { createState, type ReadonlyXXState, type XXState } from './state.ts';
import { playStep } from './step.ts';
import { viewOf, type XXView } from './view.ts';

enablePatches();

export interface XXOptions {
  /** The design decisions; by default the reference's. */
  policies?: Policies;
  /** How paging that takes time is carried out; by default as the reference does. */
  pager?: Pager;
  /** Whether a step mutates the state, at full speed, or makes a new immutable one and keeps all of them. */
  mode?: 'direct' | 'immer';
  /** A kebab-case name; by default `xx`. */
  name?: string;
  /** Who is polled; by default drawn from the seeded generator. */
  sample?: Sampler;
}

/** What a step of an `immer` scheduler leaves behind. */
export interface StepResult {
  /** The state after the step: frozen, sharing with the others what did not change. */
  readonly state: ReadonlyXXState;
  /** What the step changed; empty for the state before the first. */
  readonly patches: readonly Patch[];
}

/** The reference scheduler XX (paper section 3), or a variant of it. */
export interface XX extends Scheduler {
  /** The state now. In direct mode the next step changes it. */
  readonly state: ReadonlyXXState;
  /** The state before the first step and after each, in order; only kept in immer mode, empty in direct mode. */
  readonly history: readonly StepResult[];
  /** The state now, in ids, as a fresh object. */
  inspect(): XXView;
  /**
   * Goes on from a state that this scheduler was in since its reset (in direct mode from a copy): what exploration and
   * time travel need. The history starts again there.
   */
  restore(state: ReadonlyXXState): void;
  /** Goes on from a quiet state of a bounded instance, which this scheduler need not have been in. */
  load(snapshot: Snapshot): void;
}

/**
 * Builds XX from its policies. The same recipe runs in both modes, so both take the same decisions; in both, a
 * stimulus that is refused leaves the state as it was.
 */
export function createXX(options: XXOptions = {}): XX {
  const { mode = 'direct', name = 'xx' } = options;
  const { policies = referencePolicies, sample = sampleDistinct, pager = referencePager } = options;
  const contextFor = (configuration: Configuration): Context =>
    createContext(configuration, policies, sample, pager);
  return mode === 'immer' ? createRecording(name, contextFor) : createDirect(name, contextFor);
}

type ContextFor = (configuration: Configuration) => Context;

function createDirect(name: string, contextFor: ContextFor): XX {
  let current: { xx: Context; state: XXState } | undefined;
  return {
    name,
    history: [],
    get state() {
      return running(current).state;
    },
    inspect() {
      const { xx, state } = running(current);
      return viewOf(xx.config, state);
    },
    restore(state) {
      running(current).state = structuredClone(state) as XXState;
    },
    load(snapshot) {
      const { xx, state } = running(current);
      loadSnapshot(xx, state, snapshot);
    },
    prefetch(ids) {
      const { xx, state } = running(current);
      prefetch(xx, state, ids);
    },
    reset(configuration) {
      current = { xx: contextFor(configuration), state: createState(configuration) };
    },
    step(at, stimulus) {
      const { xx, state } = running(current);
      if (!mayBeRefusedHalfway(xx, state, at)) return playStep(xx, state, at, stimulus);
      const before = structuredClone(state);
      try {
        return playStep(xx, state, at, stimulus);
      } catch (error) {
        running(current).state = before;
        throw error;
      }
    },
  };
}

function createRecording(name: string, contextFor: ContextFor): XX {
  const immer = new Immer({ autoFreeze: true });
  let current: { xx: Context; history: StepResult[] } | undefined;
  return {
    name,
    get history() {
      return running(current).history;
    },
    get state() {
      return running(current).history.at(-1)!.state;
    },
    inspect() {
      const { xx, history } = running(current);
      return viewOf(xx.config, history.at(-1)!.state);
    },
    restore(state) {
      running(current).history = [{ state, patches: [] }];
    },
    load(snapshot) {
      const { xx } = running(current);
      const state = createState(xx.config);
      loadSnapshot(xx, state, snapshot);
      running(current).history = [{ state: freeze(state, true), patches: [] }];
    },
    reset(configuration) {
      const state = freeze(createState(configuration), true);
      current = { xx: contextFor(configuration), history: [{ state, patches: [] }] };
    },
    step(at, stimulus) {
      const { xx, history } = running(current);
      let decisions: Decision[] = [];
      const [state, patches] = immer.produceWithPatches(history.at(-1)!.state, (draft: XXState) => {
        decisions = playStep(xx, draft, at, stimulus);
      });
      history.push({ state, patches });
      return decisions;
    },
  };
}

function running<T>(current: T | undefined): T {
  if (current === undefined) throw new Error('reset comes before the first step');
  return current;
}

/**
 * Whether a step may find out only on its way that a bill, or the demand on a machine, is beyond the safe integers. It
 * takes extreme sizes, prices or times; only then is every invocation checked. Between steps the demand on a machine is
 * at most its RAM plus swap.
 */
function mayBeRefusedHalfway(xx: Context, state: XXState, at: number): boolean {
  const { initialMemory } = xx.config;
  const demandIsSafe = isSafe(state.largestRam + state.largestSwap + initialMemory);
  if (!demandIsSafe && state.machines.some(({ demand }) => !isSafe(demand + initialMemory))) return true;
  return billsMayOverflow(xx, state, at);
}
