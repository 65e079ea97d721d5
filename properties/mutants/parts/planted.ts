import type { Decision, Stimulus, WordGroup } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { sampleDistinct } from '../../../reference-impl/random.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { slotOf } from '../../../reference-impl/slot-table.ts';
import type { Pager, Sampler } from '../../../reference-impl/xx/context.ts';
import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { type Policies, referencePolicies } from '../../../reference-impl/xx/policies.ts';
import type { ReadonlyXXState } from '../../../reference-impl/xx/state.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';

/** What a faulty scheduler knows while it hears or says something. */
export interface FaultContext {
  readonly at: number;
  readonly stimulus: Stimulus;
  /** The state of the reference within: before the stimulus when it hears, after it when it speaks. */
  readonly state: ReadonlyXXState;
}

/**
 * What is wrong, in one place of six: how the cluster is read, what is heard, refused, decided, paged, or said. The
 * first difference that this makes in a trace is the one that counts, since a judge stops there: what is said need
 * not agree with what the reference within believes from then on.
 */
export interface Fault {
  reads?(configuration: Configuration): Configuration;
  hears?(moment: FaultContext): readonly Stimulus[];
  /** What it answers where the reference within refuses; that throws the refusal itself unless given. */
  refuses?(refusal: ImpossibleStimulus, moment: FaultContext): Decision[];
  readonly policies?: Partial<Policies>;
  readonly sample?: Sampler;
  /** How paging that takes time is carried out, as far as it is not as in the reference. */
  readonly pager?: Partial<Pager>;
  says?(decisions: readonly Decision[], moment: FaultContext): Decision[];
}

/** The reference with a fault, which is made anew by each reset; its clients may use these optional words. */
export function planted(
  name: string,
  faultOf: () => Fault,
  sampler: Sampler = sampleDistinct,
  words: readonly WordGroup[] = [],
): Scheduler {
  let fault = faultOf();
  let xx = createXX();
  let configuration: Configuration | undefined;
  const reset = (given: Configuration): void => {
    configuration = given;
    fault = faultOf();
    const { policies, pager, sample = sampler } = fault;
    xx = createXX({
      policies: { ...referencePolicies, ...policies },
      pager: { ...referencePager, ...pager },
      sample,
      name,
    });
    xx.reset(fault.reads?.(given) ?? given);
  };
  return {
    name,
    words,
    reset,
    step(at, stimulus) {
      // What makes no sense gets no further, so that no fault has to look out for it.
      if (at < xx.state.now || !Number.isInteger(at) || makesNoSense(xx.state, stimulus))
        return xx.step(at, stimulus);
      const heard = fault.hears?.({ at, stimulus, state: xx.state }) ?? [stimulus];
      let decisions: Decision[];
      try {
        decisions = heard.flatMap((one) => xx.step(at, one));
      } catch (error) {
        if (fault.refuses === undefined || !(error instanceof ImpossibleStimulus)) throw error;
        return fault.refuses(error, { at, stimulus, state: xx.state });
      }
      return fault.says?.(decisions, { at, stimulus, state: xx.state }) ?? decisions;
    },
    load(snapshot) {
      // What the fault remembers of another state must not count in this one.
      reset(configuration!);
      xx.load(snapshot);
    },
  };
}

/** Whether it names something that there is not, or a machine or antagonist of less than nothing. */
function makesNoSense(state: ReadonlyXXState, stimulus: Stimulus): boolean {
  switch (stimulus.type) {
    case 'finish':
    case 'resize':
      return slotOf(state.slots, stimulus.id) === undefined;
    case 'call':
      return slotOf(state.slots, stimulus.caller) === undefined;
    case 'antagonist':
      return state.machines[stimulus.machine] === undefined || stimulus.memory < 0;
    case 'join':
      return stimulus.cores < 1 || stimulus.ram < 1 || stimulus.swap < 0;
    case 'drain':
    case 'paged':
    case 'crash':
      return state.machines[stimulus.machine] === undefined;
    case 'turn':
    case 'restart':
      return state.shards[stimulus.shard] === undefined;
    default:
      return false;
  }
}
