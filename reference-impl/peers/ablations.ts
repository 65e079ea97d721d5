import { ImpossibleStimulus } from '../../model/input-error.ts';
import type { Sampler } from '../xx/context.ts';
import { type Policies, referencePolicies } from '../xx/policies.ts';
import type { ReadonlyXXState } from '../xx/state.ts';
import { createXX, type XX } from '../xx/xx.ts';

/** XX without one of its ideas, so that what the idea is worth can be measured. */
export interface Ablation {
  /** Kebab-case, and begins with `xx-`. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** What takes the place of the reference's policies. */
  readonly policies: Partial<Policies>;
}

/** A machine that knows no classes: whoever came first runs, and the last to come is swapped out and killed first. */
const CLASSLESS_MACHINE: Partial<Policies> = { priorityOf: () => 0 };

/** A shard that knows no classes: the longest wait, in ms; among those that came in the same ms the higher class. */
const CLASSLESS_SHARD: Partial<Policies> = {
  chooseHead: (heads) => heads.reduce((best, head) => (head.waitMs > best.waitMs ? head : best)).class,
};

/** No machine ever joins a list, so that every placement polls. */
const NO_IDLE_LIST: Partial<Policies> = { idleListChange: () => 'none' };

/** The fewest live invocations of at least the class of the one that is placed, the first of several. */
const CLASS_AWARE: Partial<Policies> = {
  choosePolled(state, polled, slot) {
    const { class: placedClass } = state.invocations[slot]!;
    let best = polled[0]!;
    let fewest = liveOfAtLeast(state, best, placedClass);
    for (let index = 1; index < polled.length; index++) {
      const count = liveOfAtLeast(state, polled[index]!, placedClass);
      if (count >= fewest) continue;
      best = polled[index]!;
      fewest = count;
    }
    return best;
  },
};

/**
 * The ablations of XX (paper section 3.2), each of one idea or, where one hides another, of both. A class-aware choice
 * is only possible where machines are polled, since an entry of an idle list says how many functions there are and not
 * of which class: so there is one beside the idle lists and one without them.
 */
export const ABLATIONS: readonly Ablation[] = [
  {
    name: 'xx-placement-only',
    summary: 'XX whose machines know no classes: price counts at the shard alone',
    policies: CLASSLESS_MACHINE,
  },
  {
    name: 'xx-machine-only',
    summary: 'XX whose shards know no classes: price counts on the machine alone',
    policies: CLASSLESS_SHARD,
  },
  {
    name: 'xx-fifo',
    summary: 'XX without classes: first come first served at the shard and on the machine',
    policies: { ...CLASSLESS_SHARD, ...CLASSLESS_MACHINE },
  },
  {
    name: 'xx-class-aware',
    summary: 'XX that polls for the fewest functions of at least the class of the one it places',
    policies: CLASS_AWARE,
  },
  {
    name: 'xx-class-aware-polling',
    summary: 'xx-class-aware without idle lists, so that every placement is class-aware',
    policies: { ...CLASS_AWARE, ...NO_IDLE_LIST },
  },
  {
    name: 'xx-no-idle-list',
    summary: 'XX without idle lists: every placement polls',
    policies: NO_IDLE_LIST,
  },
  {
    name: 'xx-no-aging',
    summary: 'XX whose shards go strictly by class, however long the others have waited',
    policies: { chooseHead: (heads) => heads[0]!.class },
  },
];

/**
 * Builds an ablation. Where its own choice would take a bill or a demand beyond the safe integers it chooses as XX does,
 * so that it plays every scenario that XX can play.
 *
 * @param sample who is polled; by default drawn from the seeded generator.
 */
export function createAblation({ name, policies }: Ablation, sample?: Sampler): XX {
  const ablated: Policies = { ...referencePolicies, ...policies };
  const inForce: Policies = { ...ablated };
  const xx = createXX({ name, policies: inForce, ...(sample === undefined ? {} : { sample }) });
  const { step } = xx;
  xx.step = (at, stimulus) => {
    try {
      return step(at, stimulus);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      Object.assign(inForce, referencePolicies);
      try {
        return step(at, stimulus);
      } finally {
        Object.assign(inForce, ablated);
      }
    }
  };
  return xx;
}

function liveOfAtLeast(state: ReadonlyXXState, machine: number, atLeast: number): number {
  const { runnable, blocked } = state.machines[machine]!;
  let count = 0;
  for (const slot of runnable) if (state.invocations[slot]!.class >= atLeast) count++;
  for (const slot of blocked) if (state.invocations[slot]!.class >= atLeast) count++;
  return count;
}
