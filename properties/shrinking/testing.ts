import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { cluster, LOW, submit, turn } from '../../model/testing.ts';
import { type Policies, referencePolicies } from '../../reference-impl/xx/policies.ts';
import type { Fault } from '../mutants/parts/planted.ts';
import { willRunBy } from '../mutants/parts/will-run.ts';

/** Faults and scenarios for the tests of shrinking. */

/** A scenario that shows a fault. */
export interface Told {
  readonly what: string;
  readonly fault: () => Fault;
  readonly config?: Partial<Configuration>;
  /** Each at the time of the one before; a number says how many ms later. */
  readonly stimuli: readonly (Stimulus | number)[];
}

type Machine = Parameters<Policies['willRun']>[1];

const newestFirst = willRunBy({ order: (a, b) => b.priority - a.priority || b.ticket - a.ticket });

/** Within a class the newest runs first on a machine of which something holds. */
export const newestFirstIf = (holds: (machine: Machine) => boolean) => (): Fault => ({
  policies: {
    willRun(state, machine, slots) {
      const order = holds(machine) ? newestFirst : referencePolicies.willRun;
      order(state, machine, slots);
    },
  },
});

/** From the `nth` decision of a type on, each is lost, with whatever comes after it in its step. */
export const losesFromThe = (nth: number, type: Decision['type']) => (): Fault => {
  let count = 0;
  return {
    says(decisions) {
      const lost = decisions.findIndex((decision) => decision.type === type && ++count >= nth);
      return lost < 0 ? [...decisions] : decisions.slice(0, lost);
    },
  };
};

/** `count` invocations are submitted, and then placed. */
export const crowd = (count: number, price = LOW): Stimulus[] => [
  ...Array.from({ length: count }, (_, id) => submit(id, price)),
  ...Array.from({ length: count }, () => turn()),
];

/** A single machine of one core. */
export const one = (ram: number, swap: number) => ({ machines: [{ cores: 1, ram, swap }] });

/** The scenario, from `boot` on. */
export function scenarioOf({ config, stimuli }: Told): Scenario {
  let at = 0;
  const timed: Scenario['stimuli'] = [{ at, stimulus: { type: 'boot' } }];
  for (const next of stimuli) {
    if (typeof next === 'number') at += next;
    else timed.push({ at, stimulus: next });
  }
  return { config: cluster(config), stimuli: timed };
}
