import { chartSetup, go, goInTime, goOptional, goWrong } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

/** What happens to one that runs, or has returned, without being wholly in RAM. */
const runsInPart = {
  resize: [
    goWrong('fresh', 'has-fresh', '3.2', 'It grows, and what it asks for is nowhere yet.'),
    goWrong('partlySwapped', 'holds-ram', '3.2', 'It grows or shrinks in RAM; what is in swap stays there.'),
    goWrong('swapped', 'holds-no-ram', '3.2', 'It shrinks to what is in swap, or to a part of it.'),
  ],
  complete: goWrong(
    'released',
    'bill-exact',
    '3.1',
    'It ends well, though not all of its memory was in RAM; all of it is freed.',
  ),
};

const cancel = goOptional(
  'timeouts',
  'released',
  'bill-exact',
  'It is cancelled: what memory it has is freed, and its bill closed.',
);

/** What optional words do to one that has memory. */
const optionally = {
  evict: goOptional(
    'evictions',
    'absent',
    'always',
    'It is sent back to its queue, and its memory is freed.',
  ),
  cancel,
};

/** The memory image of an invocation: nowhere yet, in RAM, in swap, or part in either. */
export const swapChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'swap',
  description: 'The memory image of an invocation: nowhere yet, in RAM, in swap, or part in either.',
  initial: 'absent',
  states: {
    absent: {
      description: 'It has no memory anywhere.',
      on: {
        place: [
          goInTime('fresh', 'takes-time', '3.2', 'It asks for its initial memory, and has none of it yet.'),
          go('resident', 'always', '3.2', 'It is given its initial memory, in RAM.'),
        ],
        kill: go('released', 'bill-exact', '3.2', 'Lost in a crash once too often; it pays nothing.'),
        cancel,
      },
    },
    fresh: {
      description:
        'Some of the memory that it asks for is nowhere yet; the rest may be in RAM, in swap or in flight.',
      on: {
        allocate: [
          goInTime('fresh', 'leaves-some-fresh', '3.2', 'It is given some of it, in RAM.'),
          goInTime('resident', 'makes-it-whole', '3.2', 'It is given all of it, in RAM.'),
          goInTime(
            'partlySwapped',
            'grants-the-rest',
            '3.2',
            'It is given all of it; what it has in swap stays there.',
          ),
        ],
        pageOut: [
          goInTime('fresh', 'leaves-some', '3.2', 'A part of what it holds in RAM sets out for swap.'),
          goInTime('fresh', 'takes-all', '3.2', 'All that it holds in RAM sets out for swap.'),
        ],
        pageIn: goWrong(
          'fresh',
          'sends-for',
          '3.2',
          'What it has in swap sets out for RAM, and what is free there should have been given to it.',
        ),
        paged: goInTime('fresh', 'always', '3.2', 'A part of it has arrived.'),
        kill: goInTime('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        crash: goInTime('absent', 'always', '3.2', 'It is gone with its machine.'),
        start: goWrong('fresh', 'always', '3.2', 'It starts with a part of it nowhere.'),
        ...runsInPart,
        resize: [
          goWrong('resident', 'is-whole', '3.2', 'It shrinks to what it holds in RAM.'),
          ...runsInPart.resize,
        ],
      },
    },
    resident: {
      description: 'All of it is in RAM.',
      on: {
        start: go('resident', 'always', '3.2', 'An invocation that starts is wholly in RAM.'),
        resize: [
          goInTime('fresh', 'has-fresh', '3.2', 'It grows, and what it asks for is nowhere yet.'),
          go('resident', 'always', '3.2', 'Growth is in RAM at once; shrinking frees RAM.'),
        ],
        pageOut: [
          go('partlySwapped', 'leaves-some', '3.2', 'Part of it goes to swap.'),
          go('swapped', 'takes-all', '3.2', 'All of it goes to swap.'),
        ],
        complete: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        kill: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        crash: go('absent', 'always', '3.2', 'It is gone with its machine.'),
        ...optionally,
      },
    },
    partlySwapped: {
      description: 'Part of it is in RAM and the rest in swap, or in flight.',
      on: {
        pageOut: [
          go('partlySwapped', 'leaves-some', '3.2', 'More of it goes to swap.'),
          go('swapped', 'takes-all', '3.2', 'The rest of it goes to swap.'),
        ],
        pageIn: [
          go('partlySwapped', 'lacks-more', '3.2', 'Some of it comes back.'),
          go('resident', 'brings-all', '3.2', 'The rest of it comes back.'),
          goInTime('partlySwapped', 'sends-for', '3.2', 'Some of what it has in swap sets out for RAM.'),
        ],
        paged: [
          goInTime('resident', 'is-whole', '3.2', 'The last of it has come back.'),
          goInTime('partlySwapped', 'holds-ram', '3.2', 'A part of it has arrived.'),
        ],
        kill: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        crash: go('absent', 'always', '3.2', 'It is gone with its machine.'),
        start: goWrong('partlySwapped', 'always', '3.2', 'It starts with a part of it in swap.'),
        ...runsInPart,
        ...optionally,
      },
    },
    swapped: {
      description: 'All of it is in swap, or in flight.',
      on: {
        pageIn: [
          go('partlySwapped', 'lacks-more', '3.2', 'Some of it comes back.'),
          go('resident', 'brings-all', '3.2', 'All of it comes back.'),
          goInTime('swapped', 'sends-for', '3.2', 'Some of it sets out for RAM.'),
        ],
        paged: [
          goInTime('resident', 'is-whole', '3.2', 'All of it has come back.'),
          goInTime('partlySwapped', 'holds-ram', '3.2', 'Some of it has come back.'),
          goInTime('swapped', 'holds-no-ram', '3.2', 'A part of it has arrived in swap.'),
        ],
        kill: go('released', 'bill-exact', '3.1', 'Its memory is freed and its bill closed.'),
        crash: go('absent', 'always', '3.2', 'It is gone with its machine.'),
        start: goWrong('swapped', 'always', '3.2', 'It starts with all of it in swap.'),
        ...runsInPart,
        ...optionally,
      },
    },
    released: { type: 'final', description: 'Its memory is freed.' },
  },
});
