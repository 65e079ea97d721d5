import { leastBy, waitingBefore } from './placement.ts';
import { variantOf } from './variant.ts';

/**
 * Chooses a machine by those who would go before the newcomer there, and by nothing of a lower class: so what lower classes do
 * cannot be seen in where, and when, a higher one runs. An idle list says nothing of classes, and is not used.
 */
export const xxClassAware = variantOf(
  'xx-class-aware',
  'XX that polls, and places where the fewest of the same class or higher ones live',
  () => ({
    choosePolled(state, polled, slot) {
      const { class: priceClass } = state.invocations[slot]!;
      return leastBy(polled, (id) => [waitingBefore(state, state.machines[id]!, priceClass)]);
    },
    idleListChange: () => 'none',
  }),
);
