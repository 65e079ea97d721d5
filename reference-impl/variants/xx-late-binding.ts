import type { Decision } from '../../model/alphabet.ts';
import type { Scheduler } from '../scheduler.ts';
import { referencePolicies } from '../xx/policies.ts';
import type { ReadonlyXXState } from '../xx/state.ts';
import { createXX } from '../xx/xx.ts';
import { leastBy, wouldRun } from './placement.ts';
import type { Variant } from './variant.ts';

/**
 * Keeps a function in its shard's queue until some machine would run it at once. A shard whose turn found no such machine
 * places by itself from then on, in the step in which there is one. It asks all machines, and no idle list.
 */
export const xxLateBinding: Variant = {
  name: 'xx-late-binding',
  summary: 'XX that asks all machines, and keeps a function queued until one of them would run it at once',
  create: createLateBinding,
};

function createLateBinding(): Scheduler {
  let newcomerMb = 0;
  let placesByItself: boolean[] = [];
  const wouldRunSomewhere = (state: ReadonlyXXState, priceClass: number): boolean =>
    state.up.some((machine) => wouldRun(state, state.machines[machine]!, priceClass, newcomerMb));
  const xx = createXX({
    name: 'xx-late-binding',
    sample: (_generator, count) => Array.from({ length: count }, (_, index) => index),
    policies: {
      ...referencePolicies,
      // One that would have to wait does not hold up one that would not.
      chooseHead(heads) {
        const ready = heads.filter((head) => wouldRunSomewhere(xx.state, head.class));
        return referencePolicies.chooseHead(ready.length > 0 ? ready : heads);
      },
      choosePolled(state, polled, slot) {
        const { class: priceClass } = state.invocations[slot]!;
        return leastBy(polled, (id) => {
          const machine = state.machines[id]!;
          return [wouldRun(state, machine, priceClass, newcomerMb) ? 0 : 1, machine.live];
        });
      },
      idleListChange: () => 'none',
    },
  });
  /** Whether functions are queued at a shard, and none of those that are next would run. */
  const mustWait = (shard: number): boolean => {
    const next = queuedClasses(xx.state, shard);
    return next.length > 0 && !next.some((priceClass) => wouldRunSomewhere(xx.state, priceClass));
  };
  return {
    name: xx.name,
    reset(configuration) {
      newcomerMb = configuration.initialMemory;
      placesByItself = Array.from({ length: configuration.shards }, () => false);
      xx.reset(configuration);
    },
    step(at, stimulus) {
      const waits = stimulus.type === 'turn' && stimulus.shard in placesByItself && mustWait(stimulus.shard);
      if (waits) placesByItself[stimulus.shard] = true;
      const decisions: Decision[] = xx.step(at, waits ? { type: 'tick' } : stimulus);
      for (const [shard, does] of placesByItself.entries()) {
        while (does && queuedClasses(xx.state, shard).length > 0 && !mustWait(shard)) {
          decisions.push(...xx.step(at, { type: 'turn', shard }));
        }
      }
      return decisions;
    },
  };
}

/** The classes of which functions are queued at a shard. */
function queuedClasses({ shards }: ReadonlyXXState, shard: number): number[] {
  return shards[shard]!.queues.flatMap(({ slots, head }, priceClass) =>
    head < slots.length ? [priceClass] : [],
  );
}
