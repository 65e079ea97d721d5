import type { KillReason } from '../../../model/alphabet.ts';
import type { MachineSize, Scenario } from '../../../model/configuration.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { type Sighting, type Watch, watch } from '../watch.ts';
import { startsOf } from './interference.ts';

/**
 * A function that is killed for memory, and is not when the same happens on machines with 1 MB less. All of it must be possible
 * there too: what cannot grow for want of memory would prove nothing.
 */
export function moreOf(what: 'ram' | 'swap') {
  return (scenario: Scenario, create: () => Scheduler): Sighting | null => {
    const { config, stimuli } = scenario;
    const machines = config.machines.map((machine) => lessOf(machine, what));
    if (machines.some(({ ram, swap }) => ram < config.initialMemory || swap < 0)) return null;
    const less = watch({ ...scenario, config: { ...config, machines } }, create(), UNWATCHED);
    if (less.steps.length < stimuli.length) return null;
    const killedWithLess = killedIn(less);
    for (const [id, { step, reason }] of killedIn(watch(scenario, create(), UNWATCHED))) {
      if (reason !== 'memory' || killedWithLess.has(id)) continue;
      const { ram, swap } = config.machines[0]!;
      const instead = [...killedWithLess.keys()];
      const others = instead.length === 0 ? 'none is' : `it is not, and ${instead.join(', ')} is`;
      const words = `invocation ${id} is killed on a machine of ${ram} MB of RAM and ${swap} MB of swap; with 1 MB of ${what === 'ram' ? 'RAM' : 'swap'} less ${others}`;
      return { step, words };
    }
    return null;
  };
}

/**
 * A function of the highest class that starts later, or not at all, than when the same happens without the last machine. All of it
 * must be possible there too.
 */
export function aMachineMoreDelays(scenario: Scenario, create: () => Scheduler): Sighting | null {
  const { config, stimuli } = scenario;
  if (config.machines.length < 2) return null;
  const fewer = { ...config, machines: config.machines.slice(0, -1), kMachines: config.kMachines - 1 };
  const less = watch({ config: fewer, stimuli }, create(), UNWATCHED);
  if (less.steps.length < stimuli.length) return null;
  const more = watch(scenario, create(), UNWATCHED);
  const starts = startsOf(more);
  for (const [id, was] of startsOf(less)) {
    const is = starts.get(id);
    const isHighest = stimuli.some(
      ({ stimulus }) =>
        stimulus.type === 'submit' && stimulus.id === id && stimulus.class === config.classes.length - 1,
    );
    if (!isHighest || (is !== undefined && is.at <= was.at)) continue;
    const counted = `${config.machines.length} machines`;
    const then = is === undefined ? 'has not started' : `starts at ${is.at} ms`;
    return {
      step: is?.step ?? more.steps.length,
      words: `invocation ${id} (${config.classes.at(-1)!.name}) ${then} on ${counted}; with one machine less it starts at ${was.at} ms`,
    };
  }
  return null;
}

const UNWATCHED = () => () => null;

function lessOf(machine: MachineSize, what: 'ram' | 'swap'): MachineSize {
  return { ...machine, [what]: machine[what] - 1 };
}

/** Which invocations are killed, in which step and why. */
function killedIn({ steps }: Watch): Map<number, { step: number; reason: KillReason }> {
  const killed = new Map<number, { step: number; reason: KillReason }>();
  for (const [index, { decisions }] of steps.entries()) {
    for (const decision of decisions) {
      if (decision.type === 'kill') killed.set(decision.id, { step: index + 1, reason: decision.reason });
    }
  }
  return killed;
}
