import type { Scenario } from '../../model/configuration.ts';
import { type Decided, livesOf } from './lives.ts';
import { resized } from './room.ts';

/**
 * Without an antagonist, or without another size of an invocation, on a machine that has as much less or more; or
 * without an invocation's end, on one that has an extra core and memory for it.
 */
export function* withoutSizes(scenario: Scenario, decided: Decided): Generator<Scenario> {
  const { config, stimuli } = scenario;
  const lives = livesOf(scenario, decided);
  for (const [index, { stimulus }] of stimuli.entries()) {
    const left = { config, stimuli: stimuli.toSpliced(index, 1) };
    if (stimulus.type === 'antagonist') {
      yield* withRoomLess(left, stimulus.machine, stimulus.memory);
    }
    if (stimulus.type !== 'resize' && stimulus.type !== 'finish') continue;
    const { machine = null, demandMb = 0 } = lives.find(({ id }) => id === stimulus.id) ?? {};
    if (machine === null) continue;
    if (stimulus.type === 'finish') {
      yield resized(left, new Map([[machine, { ramMb: -demandMb, swapMb: 0, cores: -1 }]]));
      continue;
    }
    const grownMb = stimulus.demand - demandBefore(scenario, index, stimulus.id);
    yield* withRoomLess(left, machine, grownMb);
  }
}

/** MB that an invocation had before a stimulus, if it was not placed again since it was given another size. */
function demandBefore({ config, stimuli }: Scenario, index: number, id: number): number {
  for (const { stimulus } of stimuli.slice(0, index).reverse()) {
    if (stimulus.type === 'resize' && stimulus.id === id) return stimulus.demand;
  }
  return config.initialMemory;
}

function* withRoomLess(left: Scenario, machine: number, byMb: number): Generator<Scenario> {
  if (byMb === 0) return;
  yield resized(left, new Map([[machine, { ramMb: byMb, swapMb: 0 }]]));
  yield resized(left, new Map([[machine, { ramMb: 0, swapMb: byMb }]]));
}
