import { liveCount, NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../mutant.ts';

export const mutant = mutantOf({
  name: 'a-draining-machine-takes-work',
  sentence: 'A machine that drains is placed on like any other.',
  rule: 'place-least-loaded',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'drain' || state.entries[stimulus.machine]!.shard !== NONE) return [stimulus];
      return [liveCount(state.machines[stimulus.machine]!) === 0 ? stimulus : { type: 'tick' }];
    },
  }),
});
