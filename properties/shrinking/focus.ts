import type { Decision, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { MachineSize, Scenario } from '../../model/configuration.ts';
import { combinations } from '../../model/permitted.ts';
import type { Decided } from './lives.ts';

/** With more machines than this, pairs of them are not looked at: there are too many. */
const MOST_PAIRED = 12;

/**
 * The scenario as one machine sees it, or two of them, or all but a part of them: without the other machines, without
 * invocations that were never placed on these, and without the turns that placed them. A machine that joined is there
 * from the beginning.
 */
export function* focused(scenario: Scenario, decided: Decided): Generator<Scenario> {
  const sizes = firstSizes(scenario);
  const machines = [...sizes.keys()];
  for (const machine of machines) yield seenBy([machine], sizes, scenario, decided);
  if (machines.length <= MOST_PAIRED) {
    for (const pair of combinations(machines, 2)) yield seenBy(pair, sizes, scenario, decided);
  }
  for (let count = machines.length >> 1; count >= 1 && machines.length > 2; count >>= 1) {
    for (let from = 0; from < machines.length; from += count) {
      yield seenBy(machines.toSpliced(from, count), sizes, scenario, decided);
    }
  }
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
  const lasting = new Set<number>();
  for (const decision of decided.flat()) {
    if (decision.type === 'enqueue') {
      effective.set(decision.id, decision.class);
      lasting.add(decision.id);
    }
    if (decision.type === 'complete' || decision.type === 'kill') lasting.delete(decision.id);
    if (decision.type === 'place' && kept.includes(decision.machine)) there.add(decision.id);
  }
  const joined = new Set(kept.filter((machine) => machine >= config.machines.length));
  const seen = stimuli.flatMap(({ at, stimulus }, index): TimedStimulus[] => {
    const shown = asSeen(stimulus, decided[index] ?? []);
    return shown === null ? [] : [{ at, stimulus: shown }];
  });
  const waitsElsewhere = seen.some(({ stimulus }) => 'shard' in stimulus && stimulus.shard === config.shards);
  return {
    config: {
      ...config,
      machines: kept.map((machine) => sizes.get(machine)!),
      shards: config.shards + (waitsElsewhere ? 1 : 0),
    },
    stimuli: seen,
  };

  function asSeen(stimulus: Stimulus, decisions: readonly Decision[]): Stimulus | null {
    switch (stimulus.type) {
      case 'turn':
        return decisions.some((d) => d.type === 'place' && kept.includes(d.machine)) ? stimulus : null;
      case 'call': {
        if (there.has(stimulus.caller)) {
          if (there.has(stimulus.id)) return stimulus;
          // Its caller goes on waiting for it, but it is not placed here.
          return lasting.has(stimulus.id) ? { ...stimulus, shard: config.shards } : null;
        }
        if (!there.has(stimulus.id)) return null;
        const { id, function: name, shard } = stimulus;
        return { type: 'submit', id, tenant: 0, function: name, class: effective.get(id) ?? 0, shard };
      }
      case 'submit':
      case 'resize':
      case 'finish':
      case 'timeout':
        return there.has(stimulus.id) ? stimulus : null;
      case 'join':
        if (joined.delete(stimulus.machine)) return null;
        return onKept(stimulus);
      case 'antagonist':
      case 'paged':
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
