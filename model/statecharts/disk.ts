import { chartSetup, goInTime, goWrong } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

const GONE_WITH_IT = 'It was the last on a machine that drains, which is down, and its disk with it.';

const crash = goInTime('idle', 'always', '3.2', 'The transfer is gone with the machine.');

/** How the owner of a transfer may leave its machine before the transfer has ended. */
const ownerLeaves = {
  kill: [
    goInTime('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
    goInTime('dying', 'owns-the-transfer', '3.2', 'Its owner is killed; the disk goes on, for nobody.'),
  ],
  complete: [
    goWrong('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
    goWrong('dying', 'owns-the-transfer', '3.2', 'Its owner ends well, though a part of it is in flight.'),
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
        pageOut: goInTime('out', 'always', '3.2', 'A part of what somebody holds in RAM sets out for swap.'),
        pageIn: goInTime('in', 'always', '3.2', 'A part of what somebody has in swap sets out for RAM.'),
      },
    },
    out: {
      description: 'A chunk is on its way to swap. It is held in RAM and in swap until it is there.',
      on: { paged: goInTime('idle', 'always', '3.2', 'It is in swap.'), ...ownerLeaves, crash },
    },
    in: {
      description: 'A chunk is on its way to RAM. It is held in RAM and in swap until it is there.',
      on: { paged: goInTime('idle', 'always', '3.2', 'It is in RAM.'), ...ownerLeaves, crash },
    },
    dying: {
      description:
        'A chunk whose owner is gone. It is held in RAM and in swap until the disk is done with it.',
      on: {
        paged: goInTime('idle', 'always', '3.2', 'What it held is free.'),
        drain: goInTime(
          'idle',
          'is-empty',
          '3.2',
          'Nobody lives on the machine, which is down, and its disk with it.',
        ),
        complete: goInTime('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
        kill: goInTime('idle', 'takes-it-down', '3.2', GONE_WITH_IT),
        crash,
      },
    },
  },
});
