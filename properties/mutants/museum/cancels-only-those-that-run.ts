import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'cancels-only-those-that-run',
  sentence: 'When a client gives up, what runs for it is cancelled, but what is still queued for it is not.',
  rule: 'places-nobody-in-vain',
  words: ['timeouts'],
  fault: () => {
    let cancels = false;
    return {
      hears({ stimulus, state }) {
        const slot = stimulus.type === 'timeout' ? slotOf(state.slots, stimulus.id) : undefined;
        cancels = slot !== undefined && state.invocations[slot]!.phase === 'running';
        return stimulus.type === 'timeout' && cancels
          ? [stimulus, { type: 'finish', id: stimulus.id }]
          : [stimulus];
      },
      says: (decisions) =>
        decisions.map((decision) =>
          cancels && decision.type === 'complete' ? { ...decision, type: 'cancel' } : decision,
        ),
    };
  },
});
