import { HOST, isHost, isRunning, lives } from '../encoding/entities.ts';
import { RESERVE } from '../encoding/in-time.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  FALSE,
  greaterOf,
  implies,
  int,
  intVariable,
  minus,
  not,
  or,
  plus,
  TRUE,
} from '../terms/term.ts';
import { chunk, free, outOf, v } from './disk-moment.ts';

const [demand, taken, kept, rest, fresh] = [
  intVariable('D'),
  intVariable('taken', 'Σ d of W'),
  intVariable('keptByW', 'Σ r of W'),
  intVariable('rest', 'Σ r of the others'),
  intVariable('fresh', 'Σ fresh'),
];
const held = plus(kept, rest);
const swapped = minus(demand, held, fresh);
const lack = minus(taken, kept);
const over = minus(plus(taken, rest), HOST.usable);
const [lackAbove, own] = [intVariable('lackAbove', 'lack above w'), intVariable('own', 'lack(w)')];
const [ownFresh, ownAway] = [intVariable('ownFresh', 'fresh(w)'), intVariable('ownAway', 's(w)')];

const machine = [
  fact('there is a machine', and(isHost(HOST), atLeast(RESERVE, int(1)), atLeast(chunk, int(1)))),
  fact(
    'nothing is in flight, and what is demanded is in RAM, in swap, or fresh',
    and(...[kept, rest, fresh, swapped].map((part) => atLeast(part, int(0)))),
  ),
  fact('the will-run set fits into RAM′', and(atMost(kept, taken), atMost(taken, HOST.usable)), 'walk-fits'),
  fact('the others demand at least what they hold', atLeast(demand, plus(taken, rest))),
];
const pressed = fact('RAM is over-committed', atLeast(over, int(1)));

export const anExchangeCanStart: Lemma = {
  id: 'an-exchange-can-start',
  statement:
    'Where paging takes time, with a reserve of at least 1 MB and whatever the chunk, a machine with nothing in flight and no kill due is at rest, or an allocate, a page-in or a page-out of 1 MB is permitted there, once whoever must stop has stopped. So no disk ends in a dead end.',
  proof: [
    'If RAM is not over-committed, the lack of the will-run set is at most the room, so the share of each covers what it lacks: whoever lacks something may be given it, or the highest that has it in swap may have it back.',
    'Else D > RAM′, so demands count on swap, and R + S ≤ D ≤ RAM′ + swap − reserve. So RAM or swap has a MB free. If swap has, the first of the page-out order may give one: somebody outside the will-run set holds RAM, since that set fits into RAM′, and whoever is first is a victim, and so does not run. If swap has none, RAM has a MB free, and the will-run set lacks more than that: the highest of it that lacks has all the room as its share, and what it lacks is fresh or in swap.',
  ],
  rules: ['disk-works', 'grant-to-run', 'page-in-to-run', 'page-out-lowest', 'kill-iff'],
  shows: ['will-run-runs', 'everything-drains'],
  restsOn: ['walk-fits'],
  obligations: ({ inTime }) => [
    {
      name: 'room-for-all',
      words: 'If RAM is not over-committed, the share of each of the will-run set covers what it lacks.',
      given: [
        ...machine,
        fact('RAM is not over-committed', atMost(over, int(0))),
        fact(
          'w lacks something, and with those above it no more than all of the will-run set',
          and(atLeast(own, int(1)), atLeast(lackAbove, int(0)), atMost(plus(own, lackAbove), lack)),
        ),
      ],
      goals: [
        fact('an allocate is', inTime.mayAllocate(TRUE, own, inTime.share(held, lackAbove, HOST))),
        fact('or a page-in', inTime.mayPageIn(TRUE, TRUE, own, inTime.share(held, lackAbove, HOST))),
      ],
    },
    {
      name: 'a-mb-is-free',
      words: 'Else RAM or swap has a MB free; and if only RAM has, the will-run set lacks more than that.',
      given: [...machine, pressed, fact('no kill is due', not(inTime.isOverfull(demand, HOST, RESERVE)))],
      goals: [
        fact(
          'swap has, or RAM has and some of the will-run set lack some',
          or(
            atLeast(minus(HOST.swap, swapped), int(1)),
            and(atLeast(greaterOf(minus(HOST.usable, held), int(0)), int(1)), atLeast(lack, int(1))),
          ),
        ),
      ],
    },
    {
      name: 'somebody-gives',
      words: 'Where RAM is over-committed, somebody outside the will-run set holds some.',
      given: [...machine, pressed],
      goals: [fact('the others hold RAM', atLeast(rest, int(1)))],
    },
    {
      name: 'out',
      words: 'If swap has a MB free, the first of the page-out order may give one.',
      given: [
        ...machine,
        pressed,
        fact('v lives there and holds RAM', and(lives(v), atLeast(v.resident, int(1)))),
        fact('it does not run', not(isRunning(v))),
        fact('swap has a MB free', atLeast(free, int(1))),
      ],
      goals: [
        fact(
          'a page-out is permitted, or a page-in',
          inTime.mayPageOut(v, { ...outOf(FALSE, over), memory: int(1), comesIn: FALSE }),
        ),
      ],
    },
    {
      name: 'in',
      words: 'If RAM has one free, the highest of the will-run set that lacks some may have it.',
      given: [
        ...machine,
        fact('RAM has a MB free', atLeast(minus(HOST.usable, held), int(1))),
        fact(
          'w lacks something, which is fresh or in swap',
          and(
            ...[ownFresh, ownAway].map((part) => atLeast(part, int(0))),
            atLeast(plus(ownFresh, ownAway), int(1)),
          ),
        ),
      ],
      goals: [
        fact(
          'an allocate if it is fresh',
          implies(
            atLeast(ownFresh, int(1)),
            inTime.mayAllocate(TRUE, int(1), inTime.share(held, int(0), HOST)),
          ),
        ),
        fact(
          'a page-in if it is in swap',
          implies(
            atLeast(ownAway, int(1)),
            inTime.mayPageIn(TRUE, TRUE, int(1), inTime.share(held, int(0), HOST)),
          ),
        ),
      ],
    },
  ],
};
