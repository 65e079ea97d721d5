import { HOST, isHost } from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  boolVariable,
  equal,
  greaterOf,
  type Int,
  implies,
  int,
  intVariable,
  minus,
  not,
  onlyIf,
  plus,
} from '../terms/term.ts';
import { memory, outOf, v } from './disk-moment.ts';

const [taken, rest, away] = [
  intVariable('taken', 'Σ d of W'),
  intVariable('rest', 'Σ kept of the others'),
  intVariable('away', 'Σ swapped or outgoing of W'),
];
const isMember = boolVariable('isMember', 'i ∈ W');
const isBest = boolVariable('isBest', 'i is the highest of W with anything in swap');
const share = intVariable('share', 'share(i)');
const [stays, flies, swapped] = [
  intVariable('stays', 'r(i)'),
  intVariable('flies', 'f(i)'),
  intVariable('swapped', 's(i)'),
];

const overBy = (others: Int): Int => minus(plus(taken, others), HOST.usable);
/** Φ: what the disk still has to move. */
const leftToMove = (others: Int, gone: Int): Int => plus(greaterOf(overBy(others), int(0)), gone);
const phi = leftToMove(rest, away);

const machine = [
  fact('there is a machine', isHost(HOST)),
  fact('sums are not negative', and(...[taken, rest, away].map((part) => atLeast(part, int(0))))),
  fact('mb are moved', atLeast(memory, int(1))),
];
const outside = not(isMember);

export const eachTransferCounts: Lemma = {
  id: 'each-transfer-counts',
  statement:
    'Where paging takes time let Φ = max(0, over) + Σ over the will-run set of (swapped + outgoing). Each page-in and page-out lowers Φ by its MB, allocate and the end of a transfer leave it, and it is never negative. So at most Φ transfers begin before a machine is at rest, if nothing but their ends happens, and none undoes another one.',
  proof: [
    'The will-run set stays what it is (`steady-in-time`). A page-in is for a member: what it keeps grows by mb and what it lacks falls by mb, so over stays; of what is swapped mb are in flight to RAM, and are counted no more. A page-out is of one outside, and of at most over: what it keeps falls by mb, and so does over.',
    'An allocate is for a member, and takes nothing from swap. When a transfer ends, its owner keeps what it kept before; and what of a member was on its way out is in swap, and counted as it was.',
    'Only the transfer that was in flight at first has not been counted: so with `an-exchange-can-start` all of the will-run set run after at most Φ + 1 ends of transfers.',
  ],
  rules: ['page-in-to-run', 'page-out-lowest', 'grant-to-run'],
  shows: ['no-thrash', 'will-run-runs'],
  restsOn: ['steady-in-time', 'an-exchange-can-start'],
  obligations: ({ inTime }) => [
    {
      name: 'page-in',
      words: 'A page-in lowers Φ by its MB.',
      given: [
        ...machine,
        fact('what a member has in swap is counted', implies(isMember, atMost(memory, away))),
        fact('the page-in is permitted', inTime.mayPageIn(isMember, isBest, memory, share)),
      ],
      goals: [
        fact(
          'Φ falls by mb',
          equal(
            leftToMove(plus(rest, onlyIf(outside, memory)), minus(away, onlyIf(isMember, memory))),
            minus(phi, memory),
          ),
        ),
      ],
    },
    {
      name: 'page-out',
      words: 'A page-out lowers Φ by its MB.',
      given: [
        ...machine,
        fact('who is outside keeps what it gives', implies(outside, atMost(memory, rest))),
        fact('the page-out is permitted', inTime.mayPageOut(v, outOf(isMember, overBy(rest)))),
      ],
      goals: [
        fact(
          'Φ falls by mb',
          equal(
            leftToMove(minus(rest, onlyIf(outside, memory)), plus(away, onlyIf(isMember, memory))),
            minus(phi, memory),
          ),
        ),
      ],
    },
    {
      name: 'allocate',
      words: 'An allocate leaves Φ.',
      given: [...machine, fact('the allocate is permitted', inTime.mayAllocate(isMember, memory, share))],
      goals: [fact('Φ stays', equal(leftToMove(plus(rest, onlyIf(outside, memory)), away), phi))],
    },
    {
      name: 'paged',
      words:
        'The end of a transfer leaves what its owner keeps, and what of a member is swapped or outgoing.',
      given: [fact('i has a chunk in flight', and(atLeast(stays, int(0)), atLeast(flies, int(1))))],
      goals: [
        fact(
          'on its way in',
          equal(inTime.kept(stays, flies, int(0)), inTime.kept(plus(stays, flies), int(0), int(0))),
        ),
        fact('on its way out', equal(inTime.kept(stays, int(0), flies), inTime.kept(stays, int(0), int(0)))),
        fact('swapped + outgoing', equal(plus(swapped, flies), plus(plus(swapped, flies), int(0)))),
      ],
    },
    {
      name: 'bound',
      words: 'Φ is never negative, and each transfer moves at least 1 MB.',
      given: [...machine, fact('Φ has fallen by mb', atMost(memory, phi))],
      goals: [
        fact('it was at least 1', atLeast(phi, int(1))),
        fact('and is not negative', atLeast(minus(phi, memory), int(0))),
      ],
    },
  ],
};
