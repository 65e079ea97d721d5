import { HOST, isHost } from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  boolVariable,
  equal,
  FALSE,
  implies,
  int,
  intVariable,
  minus,
  not,
  plus,
  TRUE,
} from '../terms/term.ts';
import { comesIn, memory, outOf, v } from './disk-moment.ts';

const [held, over] = [intVariable('R'), intVariable('over')];
const [fresh, away] = [intVariable('fresh', 'fresh(w)'), intVariable('away', 's(w)')];
const [lackAbove, more] = [intVariable('lackAbove', 'lack above j'), intVariable('more', 'mb′')];
const isBest = boolVariable('isBest', 'j is the highest of W with anything in swap');

/** By how much what w lacks exceeds the RAM that nobody keeps. */
const needed = minus(plus(fresh, away), minus(HOST.usable, held));

const machine = [
  fact('there is a machine, with nothing in flight', and(isHost(HOST), atLeast(held, int(0)))),
  fact('mb are moved', atLeast(memory, int(1))),
  fact(
    'w is the highest of the will-run set that lacks some, which is fresh or in swap',
    and(atLeast(fresh, int(0)), atLeast(away, int(0)), atLeast(plus(fresh, away), int(1))),
  ),
];

export const theDiskServesTheHighest: Lemma = {
  id: 'the-disk-serves-the-highest',
  statement:
    'Where paging takes time, with nothing in flight and no allocate permitted, only memory of the highest of the will-run set that lacks some may come in, and memory goes out only while that one lacks more than the RAM that nobody keeps. Each page-out lowers the difference by its MB; so there are no more page-outs than it had MB, of less than that and a chunk together.',
  proof: [
    'Let w be the highest that lacks some. Those above it lack nothing, so its share is all the room. Suppose that memory of j, below w, may come in. Then w has none in swap, so what it lacks is fresh; and the share of j is positive, so the room is: an allocate is permitted for w.',
    'Suppose that memory may go out, and w lacks no more than what nobody keeps. Then the room covers that: what is fresh may be given to w, and what is in swap may come in, before which no page-out is permitted.',
    'A page-out of mb lowers what is kept by mb; what w is given, or has back, adds as much to what is kept as it takes from what w lacks.',
  ],
  rules: ['page-in-to-run', 'page-out-lowest', 'grant-to-run'],
  shows: ['disk-priority'],
  restsOn: ['steady-in-time'],
  obligations: ({ inTime }) => {
    const share = inTime.share(held, int(0), HOST);
    return [
      {
        name: 'in',
        words: 'Where memory of one below w may come in, RAM must be given to w first.',
        given: [
          ...machine,
          fact('those above j lack at least what w lacks', atLeast(lackAbove, plus(fresh, away))),
          fact(
            'if j is the highest with anything in swap, w has nothing there',
            implies(isBest, equal(away, int(0))),
          ),
          fact(
            'a page-in for j is permitted',
            inTime.mayPageIn(TRUE, isBest, memory, inTime.share(held, lackAbove, HOST)),
          ),
        ],
        goals: [
          fact('w has asked for memory', atLeast(fresh, int(1))),
          fact('an allocate for w is permitted', inTime.mayAllocate(TRUE, int(1), share)),
        ],
      },
      {
        name: 'out',
        words: 'Memory goes out only if w lacks more than what nobody keeps.',
        given: [
          ...machine,
          fact(
            'no allocate for w is permitted',
            implies(atLeast(fresh, int(1)), not(inTime.mayAllocate(TRUE, int(1), share))),
          ),
          fact(
            'a page-in for w counts as one that is permitted',
            implies(and(atLeast(away, int(1)), inTime.mayPageIn(TRUE, TRUE, int(1), share)), comesIn),
          ),
          fact('the page-out is permitted', inTime.mayPageOut(v, outOf(FALSE, over))),
        ],
        goals: [fact('w lacks more', atLeast(needed, int(1)))],
      },
      {
        name: 'count',
        words: 'A page-out lowers the difference by its MB, and what w gets leaves it.',
        given: [...machine, fact('mb′ more come', atLeast(more, int(1)))],
        goals: [
          fact(
            'page-out',
            equal(minus(plus(fresh, away), minus(HOST.usable, minus(held, memory))), minus(needed, memory)),
          ),
          fact(
            'page-in or allocate for w',
            equal(minus(minus(plus(fresh, away), more), minus(HOST.usable, plus(held, more))), needed),
          ),
        ],
      },
    ];
  },
};
