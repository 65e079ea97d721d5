import { HOST, isRunning } from '../encoding/entities.ts';
import { fitsSoFar, lackOf, overOf, residentOf } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import { and, atLeast, equal, FALSE, int, intVariable, not, plus, TRUE } from '../terms/term.ts';
import { outOf } from './disk-moment.ts';
import { below, fitsBeside } from './nothing-for-a-lower-class.ts';
import { memory, moment, v } from './page-out-moment.ts';
import { notRead, pageOutLeavesIt } from './steady.ts';

const [stays, flies, share] = [
  intVariable('stays', 'r(i)'),
  intVariable('flies', 'f(i)'),
  intVariable('share', 'share(j)'),
];

export const steadyInTime: Lemma = {
  id: 'steady-in-time',
  statement:
    'Where paging takes time, no allocate, page-in, page-out, preempt or start and no end of a transfer changes the will-run set of its machine: paging decides nothing.',
  proof: [
    'The walk reads what those passed over keep: what stays in RAM, and a chunk on its way in. In the parts of this lemma r(i) is that. When a transfer ends, its owner keeps what it kept before; the chunk of one that was killed is nobody’s. An allocate and a page-in are for members, whose memory the walk does not read.',
    'A page-out begins while nothing is in flight, and is of at most what is over-committed, from the first of the page-out order. So nobody of a lower class is taken or keeps anything (the walk is that of `nothing-for-a-lower-class`), and the walk before and the one after stay in step, as in `steady`.',
  ],
  rules: ['run-the-highest', 'page-out-lowest', 'page-in-to-run', 'grant-to-run'],
  shows: ['steady', 'nothing-swapped-for-a-lower-class'],
  restsOn: ['walk-fits', 'nothing-for-a-lower-class'],
  obligations: (rules) => {
    const { inTime } = rules;
    const { walk, machine } = moment(rules);
    const over = overOf(residentOf(walk), lackOf(walk), HOST);
    return [
      {
        name: 'paged',
        words: 'The end of a transfer leaves what its owner keeps.',
        given: [fact('i has a chunk in flight', and(atLeast(stays, int(0)), atLeast(flies, int(1))))],
        goals: [
          fact(
            'on its way in',
            equal(inTime.kept(stays, flies, int(0)), inTime.kept(plus(stays, flies), int(0), int(0))),
          ),
          fact(
            'on its way out',
            equal(inTime.kept(stays, int(0), flies), inTime.kept(stays, int(0), int(0))),
          ),
        ],
      },
      notRead(
        rules,
        'allocate',
        'An allocate gives RAM to a member, and the walk does not read that.',
        (isTaken, mb) => inTime.mayAllocate(isTaken, mb, share),
      ),
      notRead(
        rules,
        'page-in',
        'A page-in is for a member, and the walk does not read that.',
        (isTaken, mb) => inTime.mayPageIn(isTaken, TRUE, mb, share),
      ),
      {
        name: 'nobody-below',
        words: 'Where a page-out of v is permitted, nobody of a lower class is in the will-run set.',
        given: [
          ...machine,
          fact('the walk is over', fitsSoFar(walk, HOST), 'walk-fits'),
          fact(
            'it has gone as it does where v gives first',
            fitsBeside(walk, below),
            'nothing-for-a-lower-class',
          ),
          fact(
            'the page-out is permitted',
            and(atLeast(memory, int(1)), not(isRunning(v)), inTime.mayPageOut(v, outOf(FALSE, over))),
          ),
        ],
        goals: [fact('nobody', not(below))],
      },
      ...pageOutLeavesIt(rules),
    ];
  },
};
