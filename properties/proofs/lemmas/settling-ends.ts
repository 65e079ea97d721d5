import { HOST, isHost, isReady, isRunning, lives, residentCalled } from '../encoding/entities.ts';
import { overOf } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  boolVariable,
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

const i = residentCalled('i');
const isMember = boolVariable('isMember', 'i ∈ W');
const memory = intVariable('memory', 'mb');
const running = intVariable('running');

interface Left {
  /** How many run outside the will-run set. */
  readonly toPreempt: Int;
  /** How many members do not run. */
  readonly toStart: Int;
  readonly inRam: Int;
  readonly lack: Int;
}

const left: Left = {
  toPreempt: intVariable('toPreempt'),
  toStart: intVariable('toStart'),
  inRam: intVariable('R'),
  lack: intVariable('lack'),
};

/** Φ: a bound for the number of decisions that are left. */
function rankingOf({ toPreempt, toStart, inRam, lack }: Left): Int {
  return plus(toPreempt, toStart, lack, greaterOf(int(0), overOf(inRam, lack, HOST)));
}

const lowers = (next: Left) => [
  fact('Φ is lower by at least 1', atMost(rankingOf(next), minus(rankingOf(left), int(1)))),
  fact('Φ is not negative', atLeast(rankingOf(next), int(0))),
];

const before = [
  fact('there is a machine', isHost(HOST)),
  fact('i lives there', lives(i)),
  fact(
    'they are counts and MB',
    and(
      atLeast(left.toPreempt, int(0)),
      atLeast(left.toStart, int(0)),
      atLeast(left.inRam, int(0)),
      atLeast(left.lack, int(0)),
    ),
  ),
  fact(
    'i is counted if it runs outside',
    implies(and(isRunning(i), not(isMember)), atLeast(left.toPreempt, int(1))),
  ),
  fact(
    'i is counted if it is a member that is ready',
    implies(and(isReady(i), isMember), atLeast(left.toStart, int(1))),
  ),
];

const outside = not(isMember);

export const settlingEnds: Lemma = {
  id: 'settling-ends',
  statement:
    'Settling a machine takes at most Φ decisions, Φ = (how many run outside the will-run set) + (how many members do not run) + lack + max(0, R + lack − RAM′): at most running + cores + RAM′ + R. So every scheduler that takes permitted decisions only ends its step.',
  proof: [
    'The will-run set stays what it is (`steady`). A preempt takes one from the first count, a start one from the second, a page-in of mb takes mb from lack and adds them to R, a page-out of mb takes mb from R, and from the last part, since RAM was over-committed by at least as much. Each lowers Φ by at least 1, and Φ is never negative.',
    'A step is the answer to its stimulus (one decision, or one for each that a crash took down), at most as many kills as live on its machines (`kills-suffice`), a wake for each end, Φ decisions for each machine, and at most one for the idle list entry of each (`lists-settle`).',
  ],
  rules: ['start-highest', 'preempt-outranked', 'page-out-lowest', 'page-in-to-run'],
  shows: ['everything-drains'],
  restsOn: ['steady', 'walk-fits', 'kills-suffice', 'lists-settle'],
  obligations: (rules) => [
    {
      name: 'preempt',
      words: 'A preempt lowers Φ.',
      given: [
        ...before,
        fact('i runs', isRunning(i)),
        fact('the preempt is permitted', rules.mayPreempt(isMember)),
      ],
      goals: lowers({
        ...left,
        toPreempt: minus(left.toPreempt, onlyIf(outside, int(1))),
        toStart: plus(left.toStart, onlyIf(isMember, int(1))),
      }),
    },
    {
      name: 'start',
      words: 'A start lowers Φ.',
      given: [
        ...before,
        fact('i is ready', isReady(i)),
        fact('the start is permitted', rules.mayStart(i, isMember, running, HOST)),
      ],
      goals: lowers({
        ...left,
        toPreempt: plus(left.toPreempt, onlyIf(outside, int(1))),
        toStart: minus(left.toStart, onlyIf(isMember, int(1))),
      }),
    },
    {
      name: 'page-in',
      words: 'A page-in lowers Φ.',
      given: [
        ...before,
        fact('i lacks mb', and(atLeast(memory, int(1)), atMost(memory, minus(i.demand, i.resident)))),
        fact('what a member lacks is part of what is lacking', implies(isMember, atMost(memory, left.lack))),
        fact('the page-in is permitted', rules.mayPageIn(isMember, memory, left.inRam, HOST)),
      ],
      goals: lowers({
        ...left,
        inRam: plus(left.inRam, memory),
        lack: minus(left.lack, onlyIf(isMember, memory)),
      }),
    },
    {
      name: 'page-out',
      words: 'A page-out lowers Φ.',
      given: [
        ...before,
        fact(
          'i holds mb',
          and(atLeast(memory, int(1)), atMost(memory, i.resident), atMost(memory, left.inRam)),
        ),
        fact(
          'the page-out is permitted',
          rules.mayPageOut(i, {
            isMember,
            memory,
            over: overOf(left.inRam, left.lack, HOST),
            isPreceded: boolVariable('isPreceded', 'somebody gives first'),
          }),
        ),
      ],
      goals: lowers({
        ...left,
        inRam: minus(left.inRam, memory),
        lack: plus(left.lack, onlyIf(isMember, memory)),
      }),
    },
    {
      name: 'bound',
      words: 'Φ is at most running + cores + RAM′ + R.',
      given: [
        ...before,
        fact('at most those that run are preempted', atMost(left.toPreempt, running)),
        fact(
          'at most all members start, and they are at most as many as cores',
          atMost(left.toStart, HOST.cores),
          'walk-fits',
        ),
        fact(
          'members lack at most what they demand, which fits',
          atMost(left.lack, HOST.usable),
          'walk-fits',
        ),
      ],
      goals: [fact('the bound', atMost(rankingOf(left), plus(running, HOST.cores, HOST.usable, left.inRam)))],
    },
  ],
};
