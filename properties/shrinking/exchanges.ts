import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { type Decided, familyOf, type Life, livesOf, withoutLives } from './lives.ts';
import { resized } from './room.ts';

/** Scenarios in which one stimulus replaces an invocation. */

/** At most this many neighbours are tried in the place of one invocation. */
const MOST_NEIGHBOURS = 4;

/**
 * Without an invocation and those that it called: when it was placed, an antagonist takes as much memory instead, or a
 * neighbour grows by as much. And without a callee: its caller ends instead of calling.
 */
export function* withOneInstead(scenario: Scenario, decided: Decided): Generator<Scenario> {
  for (const life of livesOf(scenario, decided)) {
    const born = life.named[0]!;
    if (life.caller !== null) {
      yield instead(scenario, life, born, { type: 'finish', id: life.caller.id });
    }
    const placed = life.turns.at(-1);
    if (placed === undefined) continue;
    for (const stimulus of fillers(scenario, decided, life, placed)) {
      yield instead(scenario, life, placed, stimulus);
    }
    yield allSwapped(scenario, life, placed);
  }
}

/** What takes as much memory as an invocation did: on its machine, when it was placed. */
function fillers(scenario: Scenario, decided: Decided, life: Life, placed: number): Stimulus[] {
  const { config, stimuli } = scenario;
  const before = { config, stimuli: stimuli.slice(0, placed) };
  const machine = life.machine!;
  const memory = antagonistOf(before, machine) + life.demandMb;
  const neighbours = livesOf(before, decided)
    .filter((other) => other.machine === machine && !other.ended)
    .slice(0, MOST_NEIGHBOURS);
  return [
    { type: 'antagonist', machine, memory },
    ...neighbours.map(
      ({ id, demandMb }): Stimulus => ({ type: 'resize', id, demand: demandMb + life.demandMb }),
    ),
  ];
}

/** With an antagonist that takes all of the RAM instead, on a machine with room in swap for what was there. */
function allSwapped(scenario: Scenario, life: Life, placed: number): Scenario {
  const machine = life.machine!;
  const { ram } = scenario.config.machines[machine] ?? { ram: life.demandMb };
  const roomy = resized(scenario, new Map([[machine, { ramMb: 0, swapMb: -ram }]]));
  return instead(roomy, life, placed, { type: 'antagonist', machine, memory: ram });
}

/** MB of a machine that an antagonist has at the end. */
function antagonistOf({ stimuli }: Scenario, machine: number): number {
  const last = stimuli.findLast(
    ({ stimulus }) =>
      (stimulus.type === 'antagonist' || stimulus.type === 'join' || stimulus.type === 'crash') &&
      stimulus.machine === machine,
  );
  return last?.stimulus.type === 'antagonist' ? last.stimulus.memory : 0;
}

/** The scenario without an invocation and those that it called, but with a stimulus in the place of one that is gone. */
function instead(scenario: Scenario, life: Life, index: number, stimulus: Stimulus): Scenario {
  const gone = familyOf(life);
  const { config, stimuli } = withoutLives(scenario, gone);
  const before = withoutLives({ config, stimuli: scenario.stimuli.slice(0, index) }, gone);
  const timed: TimedStimulus = { at: scenario.stimuli[index]!.at, stimulus };
  return { config, stimuli: stimuli.toSpliced(before.stimuli.length, 0, timed) };
}
