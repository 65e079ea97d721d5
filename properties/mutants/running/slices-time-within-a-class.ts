import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'slices-time-within-a-class',
  sentence: 'Within a class the oldest and the newest run by turns, from one step to the next.',
  rule: 'bounded-preemption',
  fault: () => {
    let isNewestsTurn = false;
    return {
      hears({ stimulus }) {
        isNewestsTurn = !isNewestsTurn;
        return [stimulus];
      },
      policies: {
        willRun: willRunBy({
          order: (a, b) =>
            b.priority - a.priority || (isNewestsTurn ? b.ticket - a.ticket : a.ticket - b.ticket),
        }),
      },
    };
  },
});
