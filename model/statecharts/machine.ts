import { chartSetup, go, goOptional, goUnlikeXX, goWrong, WITHIN_A_STEP } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

const afterMemoryChanges = {
  toAmple: (why: string) => go('ample', 'fits-ram', '3.2', why),
  toPressed: (why: string) => go('pressed', 'fits-swap', '3.2', why),
  toExhausted: (why: string) => go('exhausted', 'exceeds', '3.2', why),
};
const { toAmple, toPressed, toExhausted } = afterMemoryChanges;

/** What happens to a machine whose memory is exhausted while the kill that is due is not done. */
const instead = (what: string) => [
  goWrong('ample', 'fits-ram', '3.2', `${what} although a kill was due; all fit into RAM again.`),
  goWrong('pressed', 'fits-swap', '3.2', `${what} although a kill was due; all fit with swap again.`),
  goWrong('exhausted', 'exceeds', '3.2', `${what} although a kill was due, and it still is.`),
];

/** How one that lives on a machine may leave it by optional words. */
const LEAVES = [
  ['evict', 'evictions', 'is sent back to its queue'],
  ['cancel', 'timeouts', 'is cancelled'],
] as const;

/** What each of the two does to a machine. */
function ifOneLeaves<Transitions>(
  transitionsOf: (words: 'evictions' | 'timeouts', what: string) => Transitions,
): Record<'evict' | 'cancel', Transitions> {
  const entries = LEAVES.map(([event, words, what]) => [event, transitionsOf(words, what)] as const);
  return Object.fromEntries(entries) as Record<'evict' | 'cancel', Transitions>;
}

/** A machine: whether it takes work, whether an idle list names it, and how its memory stands. */
export const machineChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'machine',
  description:
    'Whether a machine takes work, whether an idle list names it, and whether its memory is enough.',
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
            antagonist: go('up', 'possible', '3.2', 'The antagonist takes more RAM, or less.'),
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
            reserve: goUnlikeXX(
              'reservations',
              'up',
              'place-least-loaded',
              'Somebody takes a place in line.',
            ),
            probe: goUnlikeXX('probes', 'up', 'idle-list-true', 'It answers a probe of a shard.'),
            refuse: goUnlikeXX('refusals', 'up', 'place-least-loaded', 'It turns away one that is queued.'),
          },
        },
        draining: {
          description: 'It takes no new work; those that live there go on.',
          on: {
            antagonist: go('draining', 'possible', '3.2', 'The antagonist takes more RAM, or less.'),
            complete: [
              go('draining', 'leaves-others', '3.2', 'One of those that live there ends.'),
              go('down', 'leaves-it-empty', '3.2', 'The last of those that lived there ends.'),
            ],
            kill: [
              go('draining', 'leaves-others', '3.2', 'One of those that live there is killed.'),
              go('down', 'leaves-it-empty', '3.2', 'The last of those that lived there is killed.'),
            ],
            crash: go('down', 'always', '3.2', 'It fails, and its memory is gone.'),
            refuse: goUnlikeXX(
              'refusals',
              'draining',
              'place-least-loaded',
              'It turns away one that is queued.',
            ),
            ...ifOneLeaves((words, what) => [
              goOptional(words, 'draining', 'leaves-others', `One of those that live there ${what}.`),
              goOptional(words, 'down', 'leaves-it-empty', `The last of those that lived there ${what}.`),
            ]),
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
    pressure: {
      description: 'How the demands of those that live there compare with its RAM and swap.',
      initial: 'ample',
      states: {
        ample: {
          description: 'All demands fit into RAM: nothing may be swapped out.',
          on: {
            place: [
              toAmple('With the newcomer all still fit into RAM.'),
              toPressed('With the newcomer they no longer fit into RAM.'),
              toExhausted('With the newcomer they do not even fit with swap.'),
            ],
            resize: [
              toAmple('With the new size all still fit into RAM.'),
              toPressed('With the new size they no longer fit into RAM.'),
              toExhausted('With the new size they do not even fit with swap.'),
            ],
            antagonist: [
              toAmple('What the antagonist leaves is still enough.'),
              toPressed('What the antagonist leaves is no longer enough.'),
              toExhausted('What the antagonist leaves is not even enough with swap.'),
            ],
            pageIn: go('ample', 'always', '3.2', 'Memory comes back now that there is room.'),
            complete: go('ample', 'always', '3.2', 'Memory is freed.'),
            crash: go('ample', 'always', '3.2', 'Its memory is gone.'),
            pageOut: goWrong('ample', 'always', '3.2', 'Memory goes to swap without any pressure.'),
            kill: goWrong('ample', 'always', '3.2', 'Somebody is killed although all fit into RAM.'),
            ...ifOneLeaves((words, what) =>
              goOptional(words, 'ample', 'always', `One of those that live there ${what}.`),
            ),
          },
        },
        pressed: {
          description: 'Demands exceed RAM, but not RAM plus swap: the dispatcher swaps.',
          on: {
            place: [
              toPressed('With the newcomer they still fit with swap.'),
              toExhausted('With the newcomer they do not even fit with swap.'),
            ],
            resize: [
              toAmple('Enough is freed to end the pressure.'),
              toPressed('With the new size they still fit with swap.'),
              toExhausted('With the new size they do not even fit with swap.'),
            ],
            antagonist: [
              toAmple('What the antagonist leaves is enough again.'),
              toPressed('What the antagonist leaves is enough with swap.'),
              toExhausted('What the antagonist leaves is not even enough with swap.'),
            ],
            pageOut: go('pressed', 'always', '3.2', 'Memory of the lowest goes to swap.'),
            pageIn: go('pressed', 'always', '3.2', 'Memory of one that will run comes back.'),
            complete: [
              toAmple('Enough is freed to end the pressure.'),
              toPressed('Memory is freed, and the rest still needs swap.'),
            ],
            crash: go('ample', 'always', '3.2', 'Its memory is gone.'),
            kill: [
              goWrong('ample', 'fits-ram', '3.2', 'Somebody is killed although swapping was enough.'),
              goWrong('pressed', 'fits-swap', '3.2', 'Somebody is killed although swapping is enough.'),
            ],
            ...ifOneLeaves((words, what) => [
              goOptional(words, 'ample', 'fits-ram', `Somebody ${what}, which ends the pressure.`),
              goOptional(words, 'pressed', 'fits-swap', `Somebody ${what}, and the rest still needs swap.`),
            ]),
          },
        },
        exhausted: {
          tags: WITHIN_A_STEP,
          description: 'Demands exceed RAM plus swap, one alone or all together: a kill is due.',
          on: {
            kill: [
              toAmple('The kill ends the pressure.'),
              toPressed('After the kill swapping is enough.'),
              toExhausted('The kill was not enough, and another is due.'),
            ],
            place: goWrong(
              'exhausted',
              'always',
              '3.2',
              'Another is placed there although a kill was due, and it still is.',
            ),
            resize: instead('Somebody grows or shrinks'),
            antagonist: instead('The antagonist takes more RAM, or less,'),
            complete: instead('Somebody ends well'),
            pageOut: goWrong('exhausted', 'always', '3.2', 'Memory goes to swap although a kill is due.'),
            pageIn: goWrong('exhausted', 'always', '3.2', 'Memory comes back although a kill is due.'),
            crash: goWrong('ample', 'always', '3.2', 'Its memory is gone, and the kill was never done.'),
            ...ifOneLeaves((words, what) => [
              goOptional(words, 'ample', 'fits-ram', `Somebody ${what}, and all fit into RAM again.`),
              goOptional(words, 'pressed', 'fits-swap', `Somebody ${what}, and all fit with swap again.`),
              goOptional(words, 'exhausted', 'exceeds', `Somebody ${what}, and a kill is still due.`),
            ]),
          },
        },
      },
    },
  },
});
