import { HOST, isHost } from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  boolVariable,
  FALSE,
  type Int,
  int,
  intVariable,
  minus,
  plus,
} from '../terms/term.ts';
import { memory, outOf, v } from './disk-moment.ts';

const [stays, away, flies] = [
  intVariable('stays', 'Σ r'),
  intVariable('away', 'Σ s'),
  intVariable('flies', 'f'),
];
const [own, ownAway] = [intVariable('own', 'r(i)'), intVariable('ownAway', 's(i)')];
const lackAbove = intVariable('lackAbove', 'lack above i');
const isMember = boolVariable('isMember', 'i ∈ W');
const isBest = boolVariable('isBest', 'i is the highest of W with anything in swap');

/** RAM and swap hold what stays in each, and both hold what is in flight. */
const holds = (inRam: Int, inSwap: Int, inFlight: Int): Bool =>
  and(
    ...[inRam, inSwap, inFlight].map((part) => atLeast(part, int(0))),
    atMost(plus(inRam, inFlight), HOST.ram),
    atMost(plus(inSwap, inFlight), HOST.swap),
  );

const machine = fact('there is a machine', isHost(HOST));
const fits = fact('RAM and swap hold no more than there is', holds(stays, away, flies));
const rests = fact('nothing is in flight', atMost(flies, int(0)));
const some = fact('mb are moved', atLeast(memory, int(1)));
const above = fact('those above lack something or nothing', atLeast(lackAbove, int(0)));

export const heldOnBothSides: Lemma = {
  id: 'held-on-both-sides',
  statement:
    'Where paging takes time, and a chunk in flight is held in RAM and in swap, RAM never holds more than there is, nor does swap, at any moment of a step; so R + S ≤ RAM + swap. No decision makes R exceed RAM′.',
  proof: [
    'By induction over everything that happens. What is fresh is nowhere, so neither a placement nor growth adds anything; an antagonist takes only what is free. What ends, is killed or shrinks takes from what stays; the chunk of one that is killed is held on until `paged`.',
    'An `allocate` and a `pageIn` put mb into RAM, and are permitted only within a share; a share is at most the room, RAM′ − R. A `pageIn` leaves swap as it is, since its mb stay held there; a `pageOut` leaves RAM as it is, and is permitted only if swap has mb free. A `paged` gives one of the two back, or both.',
  ],
  rules: ['memory-bound', 'grant-to-run', 'page-in-to-run', 'page-out-lowest'],
  shows: ['memory-never-exceeds-ram-plus-swap'],
  restsOn: [],
  obligations: ({ inTime }) => {
    const held = plus(stays, flies);
    const share = inTime.share(held, lackAbove, HOST);
    const inRamAfter = fact('R ≤ RAM′', atMost(plus(held, memory), HOST.usable));
    return [
      {
        name: 'allocate',
        words: 'An allocate fills RAM, but not beyond RAM′.',
        given: [
          machine,
          fits,
          some,
          above,
          fact('the allocate is permitted', inTime.mayAllocate(isMember, memory, share)),
        ],
        goals: [fact('still', holds(plus(stays, memory), away, flies)), inRamAfter],
      },
      {
        name: 'page-in',
        words: 'A page-in fills RAM, but not beyond RAM′, and swap holds on.',
        given: [
          machine,
          fits,
          rests,
          some,
          above,
          fact('mb are in swap', atMost(memory, away)),
          fact('the page-in is permitted', inTime.mayPageIn(isMember, isBest, memory, share)),
        ],
        goals: [fact('still', holds(stays, minus(away, memory), memory)), inRamAfter],
      },
      {
        name: 'page-out',
        words: 'A page-out fills swap, and RAM holds on.',
        given: [
          machine,
          fits,
          rests,
          some,
          fact('mb stay in RAM', atMost(memory, stays)),
          fact(
            'the page-out is permitted',
            inTime.mayPageOut(v, {
              ...outOf(FALSE, intVariable('over')),
              free: minus(HOST.swap, plus(away, flies)),
            }),
          ),
        ],
        goals: [fact('still', holds(minus(stays, memory), away, memory))],
      },
      {
        name: 'paged',
        words: 'The end of a transfer leaves its MB in RAM, in swap, or in neither if its owner was killed.',
        given: [machine, fits],
        goals: [
          fact('in RAM', holds(plus(stays, flies), away, int(0))),
          fact('in swap', holds(stays, plus(away, flies), int(0))),
          fact('in neither', holds(stays, away, int(0))),
        ],
      },
      {
        name: 'end',
        words: 'Who ends or is killed takes what stays; what is in flight is held on.',
        given: [
          machine,
          fits,
          fact(
            'i has its part of it',
            and(
              ...[own, ownAway].map((part) => atLeast(part, int(0))),
              atMost(own, stays),
              atMost(ownAway, away),
            ),
          ),
        ],
        goals: [fact('still', holds(minus(stays, own), minus(away, ownAway), flies))],
      },
      {
        name: 'together',
        words: 'So both together hold no more than both have.',
        given: [machine, fits],
        goals: [
          fact('R + S ≤ RAM + swap', atMost(plus(stays, away, flies, flies), plus(HOST.ram, HOST.swap))),
        ],
      },
    ];
  },
};
