import type { Decision, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { MachineSize, Scenario } from '../../model/configuration.ts';
import { combinations } from '../../model/permitted.ts';

/** What a scheduler decided at each step of a scenario. */
export type Decided = readonly (readonly Decision[])[];

/** With more machines than this, pairs of them are not looked at: there are too many. */
const MOST_PAIRED = 12;

/**
 * The scenario as one machine sees it, or two of them: without the other machines, without whoever was never placed
 * on these, and without the turns that placed them. A machine that joined is there from the beginning.
 */
export function* focused(scenario: Scenario, decided: Decided): Generator<Scenario> {
  const sizes = firstSizes(scenario);
  const machines = [...sizes.keys()];
  for (const machine of machines) yield seenBy([machine], sizes, scenario, decided);
  if (machines.length > MOST_PAIRED) return;
  for (const pair of combinations(machines, 2)) yield seenBy(pair, sizes, scenario, decided);
}

/** The size that each machine had when it first was one: of the configuration, or as it joined. */
function firstSizes({ config, stimuli }: Scenario): Map<number, MachineSize> {
  const sizes = new Map<number, MachineSize>(config.machines.entries());
  for (const { stimulus } of stimuli) {
    if (stimulus.type !== 'join' || sizes.has(stimulus.machine)) continue;
    const { cores, ram, swap } = stimulus;
    sizes.set(stimulus.machine, { cores, ram, swap });
  }
  return sizes;
}

function seenBy(
  kept: readonly number[],
  sizes: ReadonlyMap<number, MachineSize>,
  { config, stimuli }: Scenario,
  decided: Decided,
): Scenario {
  const there = new Set<number>();
  const effective = new Map<number, number>();
  for (const decision of decided.flat()) {
    if (decision.type === 'enqueue') effective.set(decision.id, decision.class);
    if (decision.type === 'place' && kept.includes(decision.machine)) there.add(decision.id);
  }
  const joined = new Set(kept.filter((machine) => machine >= config.machines.length));
  const seen = stimuli.flatMap(({ at, stimulus }, index): TimedStimulus[] => {
    const shown = asSeen(stimulus, decided[index] ?? []);
    return shown === null ? [] : [{ at, stimulus: shown }];
  });
  return { config: { ...config, machines: kept.map((machine) => sizes.get(machine)!) }, stimuli: seen };

  function asSeen(stimulus: Stimulus, decisions: readonly Decision[]): Stimulus | null {
    switch (stimulus.type) {
      case 'turn':
        return decisions.some((d) => d.type === 'place' && kept.includes(d.machine)) ? stimulus : null;
      case 'call': {
        if (!there.has(stimulus.id)) return null;
        if (there.has(stimulus.caller)) return stimulus;
        const { id, function: name, shard } = stimulus;
        return { type: 'submit', id, tenant: 0, function: name, class: effective.get(id) ?? 0, shard };
      }
      case 'submit':
      case 'resize':
      case 'finish':
        return there.has(stimulus.id) ? stimulus : null;
      case 'join':
        if (joined.delete(stimulus.machine)) return null;
        return onKept(stimulus);
      case 'antagonist':
      case 'drain':
      case 'crash':
        return onKept(stimulus);
      case 'boot':
      case 'restart':
      case 'tick':
        return stimulus;
    }
  }

  function onKept<Of extends Stimulus & { machine: number }>(stimulus: Of): Of | null {
    const machine = kept.indexOf(stimulus.machine);
    return machine < 0 ? null : { ...stimulus, machine };
  }
}
