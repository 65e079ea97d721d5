import { chartSetup, goOptional, goUnlikeXX } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

const ends = (why: string) => goOptional('reservations', 'none', 'always', why);

/** The place of one that is queued in the line at a machine: one chart for each pair of both. */
export const reservationChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'reservation',
  description: 'The place of one that is queued in the line at a machine.',
  initial: 'none',
  states: {
    none: {
      description: 'It holds no place in line there.',
      on: { reserve: goOptional('reservations', 'held', 'always', 'It is the last in line there.') },
    },
    held: {
      description: 'It holds a place in line there, and is still queued.',
      on: {
        release: goUnlikeXX('reservations', 'none', 'place-least-loaded', 'It gives its place up.'),
        place: ends('It is placed, there or elsewhere.'),
        cancel: ends('It is cancelled.'),
        drain: ends('The machine takes no more work.'),
        crash: ends('The machine is gone.'),
      },
    },
  },
});
