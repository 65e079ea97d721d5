import { chartSetup, go, goOptional, goWrong } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

const GONE_WITH_IT = 'It was the last on a machine that drains, which is down, and its disk with it.';

const crash = go('idle', 'always', '3.2', 'The transfer is gone with the machine.');

/** How the owner of a transfer may leave its machine before the transfer has ended. */
const ownerLeaves = {
  kill: [
    go('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
    go('dying', 'owns-the-transfer', '3.2', 'Its owner is killed; the disk goes on, for nobody.'),
  ],
  complete: [
    goWrong('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
    goWrong('dying', 'owns-the-transfer', '3.2', 'Its owner ends well, though a part of it is in flight.'),
  ],
  evict: [
    goOptional('evictions', 'idle', 'takes-it-down', GONE_WITH_IT),
    goOptional('evictions', 'dying', 'owns-the-transfer', 'Its owner is sent back to its queue.'),
  ],
  cancel: [
    goOptional('timeouts', 'idle', 'takes-it-down', GONE_WITH_IT),
    goOptional('timeouts', 'dying', 'owns-the-transfer', 'Its owner is cancelled.'),
  ],
};

/** The disk of a machine, where paging takes time: at most one transfer is in flight. */
export const diskChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'disk',
  description: 'The disk of a machine, where paging takes time: at most one transfer is in flight.',
  initial: 'idle',
  states: {
    idle: {
      description: 'Nothing is in flight.',
      on: {
        pageOut: go('out', 'always', '3.2', 'A part of what somebody holds in RAM sets out for swap.'),
        pageIn: go('in', 'always', '3.2', 'A part of what somebody has in swap sets out for RAM.'),
      },
    },
    out: {
      description: 'A chunk is on its way to swap. It is held in RAM and in swap until it is there.',
      on: { paged: go('idle', 'always', '3.2', 'It is in swap.'), ...ownerLeaves, crash },
    },
    in: {
      description: 'A chunk is on its way to RAM. It is held in RAM and in swap until it is there.',
      on: { paged: go('idle', 'always', '3.2', 'It is in RAM.'), ...ownerLeaves, crash },
    },
    dying: {
      description:
        'A chunk whose owner is gone. It is held in RAM and in swap until the disk is done with it.',
      on: {
        paged: go('idle', 'always', '3.2', 'What it held is free.'),
        drain: go(
          'idle',
          'is-empty',
          '3.2',
          'Nobody lives on the machine, which is down, and its disk with it.',
        ),
        complete: go('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
        kill: go('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
        evict: goOptional('evictions', 'idle', 'takes-it-down', GONE_WITH_IT),
        cancel: goOptional('timeouts', 'idle', 'takes-it-down', GONE_WITH_IT),
        crash,
      },
    },
  },
});
