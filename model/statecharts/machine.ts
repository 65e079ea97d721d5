import { chartSetup, go } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

const afterMemoryChanges = {
  toAmple: (why: string) => go('ample', 'fits-ram', '3.2', why),
  toPressed: (why: string) => go('pressed', 'fits-swap', '3.2', why),
  toExhausted: (why: string) => go('exhausted', 'exceeds', '3.2', why),
};
const { toAmple, toPressed, toExhausted } = afterMemoryChanges;

/** A machine: whether it takes work, whether an idle list names it, and how its memory stands. */
export const machineChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'machine',
  description: 'Whether a machine takes work, whether an idle list names it, and how its memory stands.',
  type: 'parallel',
  states: {
    availability: {
      description: 'Whether it takes new work.',
      initial: 'absent',
      states: {
        absent: {
          description: 'Its id has not been used.',
          on: {
            boot: go('up', 'always', '3.2', 'It is one of the machines that the cluster starts with.'),
            join: go('up', 'possible', '3.2', 'A new machine joins, empty, under the next unused id.'),
          },
        },
        down: {
          description: 'It is out of service.',
          on: {
            join: go('up', 'possible', '3.2', 'It comes back, empty, with the size given.'),
          },
        },
        up: {
          description: 'It takes new work.',
          on: {
            place: go('up', 'place-least-loaded', '3.2', 'A shard binds an invocation to it.'),
            antagonist: go('up', 'possible', '3.2', 'Others on the machine use more RAM, or less.'),
            drain: [
              go(
                'draining',
                'holds-live',
                '3.2',
                'It takes no more work and lets those that live there end.',
              ),
              go('down', 'is-empty', '3.2', 'It takes no more work, and has none.'),
            ],
            crash: go('down', 'always', '3.2', 'It fails, and its memory is gone.'),
          },
        },
        draining: {
          description: 'It takes no new work; those that live there go on.',
          on: {
            antagonist: go('draining', 'possible', '3.2', 'Others on the machine use more RAM, or less.'),
            complete: [
              go('draining', 'leaves-others', '3.2', 'One of those that live there ends.'),
              go('down', 'leaves-it-empty', '3.2', 'The last of those that lived there ends.'),
            ],
            kill: [
              go('draining', 'leaves-others', '3.2', 'One of those that live there is killed.'),
              go('down', 'leaves-it-empty', '3.2', 'The last of those that lived there is killed.'),
            ],
            crash: go('down', 'always', '3.2', 'It fails, and its memory is gone.'),
          },
        },
      },
    },
    idleList: {
      description: "Whether a shard's idle list names it.",
      initial: 'unlisted',
      states: {
        unlisted: {
          description: 'No idle list names it.',
          on: {
            list: go(
              'listed',
              'idle-list-true',
              '3.2',
              'Its dispatcher joins the shortest of the lists it polled.',
            ),
          },
        },
        listed: {
          description: 'The idle list of one shard names it.',
          on: {
            place: go('listed', 'placed-from-this-entry', '3.2', 'The shard counts its own placement.'),
            relist: go('listed', 'idle-list-true', '3.2', 'The entry had drifted, and is refreshed.'),
            unlist: go(
              'unlisted',
              'idle-list-true',
              '3.2',
              'It has too little memory left, or takes no more work.',
            ),
            restart: go('unlisted', 'always', '3.2', 'The shard restarts and loses its idle list.'),
          },
        },
      },
    },
    memory: {
      description: 'How the demands of those that live there stand to its RAM and swap.',
      initial: 'ample',
      states: {
        ample: {
          description: 'All demands fit into RAM: nothing may be swapped out.',
          on: {
            place: [
              toAmple('The newcomer fits into RAM.'),
              toPressed('The newcomer no longer fits into RAM beside the others.'),
              toExhausted('The newcomer does not even fit with swap.'),
            ],
            resize: [
              toAmple('What it has now fits into RAM.'),
              toPressed('What it has now no longer fits into RAM beside the others.'),
              toExhausted('What it has now does not even fit with swap.'),
            ],
            antagonist: [
              toAmple('What others leave is still enough.'),
              toPressed('What others leave is no longer enough.'),
              toExhausted('What others leave is not even enough with swap.'),
            ],
            pageIn: go('ample', 'always', '3.2', 'Memory comes back now that there is room.'),
            complete: go('ample', 'always', '3.2', 'Memory is freed.'),
            crash: go('ample', 'always', '3.2', 'Its memory is gone.'),
          },
        },
        pressed: {
          description: 'Demands exceed RAM, but not RAM plus swap: the dispatcher swaps.',
          on: {
            place: [
              toPressed('The newcomer still fits with swap.'),
              toExhausted('The newcomer does not even fit with swap.'),
            ],
            resize: [
              toAmple('Enough was freed to be without pressure.'),
              toPressed('What it has now still fits with swap.'),
              toExhausted('What it has now does not even fit with swap.'),
            ],
            antagonist: [
              toAmple('What others leave is enough again.'),
              toPressed('What others leave is enough with swap.'),
              toExhausted('What others leave is not even enough with swap.'),
            ],
            pageOut: go('pressed', 'always', '3.2', 'Memory of the lowest goes to swap.'),
            pageIn: go('pressed', 'always', '3.2', 'Memory of one that will run comes back.'),
            complete: [
              toAmple('Enough was freed to be without pressure.'),
              toPressed('Memory is freed, and the rest still needs swap.'),
            ],
            crash: go('ample', 'always', '3.2', 'Its memory is gone.'),
          },
        },
        exhausted: {
          description: 'Demands exceed RAM plus swap, one alone or all together: a kill is due.',
          on: {
            kill: [
              toAmple('The kill frees enough to be without pressure.'),
              toPressed('The kill frees enough for swap to do.'),
              toExhausted('The kill was not enough.'),
            ],
          },
        },
      },
    },
  },
});
