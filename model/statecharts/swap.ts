import { chartSetup, go } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

/** The memory image of an invocation: in RAM, in swap, or part in either. */
export const swapChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'swap',
  description: 'The memory image of an invocation: in RAM, in swap, or part in either.',
  initial: 'absent',
  states: {
    absent: {
      description: 'It has no memory anywhere.',
      on: {
        place: go('resident', 'always', '3.2', 'It is given its initial memory, in RAM.'),
        kill: go('released', 'bill-exact', '3.2', 'Lost in a crash once too often; it pays nothing.'),
      },
    },
    resident: {
      description: 'All of it is in RAM.',
      on: {
        start: go('resident', 'always', '3.2', 'Whoever starts is wholly in RAM.'),
        resize: go('resident', 'always', '3.2', 'Growth is in RAM at once; shrinking frees RAM.'),
        pageOut: [
          go('partlySwapped', 'leaves-some', '3.2', 'Part of it goes to swap.'),
          go('swapped', 'takes-all', '3.2', 'All of it goes to swap.'),
        ],
        complete: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        kill: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        crash: go('absent', 'always', '3.2', 'It is gone with its machine.'),
      },
    },
    partlySwapped: {
      description: 'Part of it is in RAM and part in swap.',
      on: {
        pageOut: [
          go('partlySwapped', 'leaves-some', '3.2', 'More of it goes to swap.'),
          go('swapped', 'takes-all', '3.2', 'The rest of it goes to swap.'),
        ],
        pageIn: [
          go('partlySwapped', 'lacks-more', '3.2', 'Some of it comes back.'),
          go('resident', 'brings-all', '3.2', 'The rest of it comes back.'),
        ],
        kill: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        crash: go('absent', 'always', '3.2', 'It is gone with its machine.'),
      },
    },
    swapped: {
      description: 'All of it is in swap.',
      on: {
        pageIn: [
          go('partlySwapped', 'lacks-more', '3.2', 'Some of it comes back.'),
          go('resident', 'brings-all', '3.2', 'All of it comes back.'),
        ],
        kill: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        crash: go('absent', 'always', '3.2', 'It is gone with its machine.'),
      },
    },
    released: { type: 'final', description: 'Its memory is freed.' },
  },
});
