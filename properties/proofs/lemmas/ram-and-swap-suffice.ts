import { HOST, isHost, lives, residentCalled } from '../encoding/entities.ts';
import { overOf } from '../encoding/walk.ts';
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
  not,
  plus,
} from '../terms/term.ts';

const i = residentCalled('i');
const [all, inRam, lack] = [intVariable('D'), intVariable('R'), intVariable('lack')];
const memory = intVariable('memory', 'mb');

/** What is in swap exceeds it at most by what the will-run set still lacks in RAM. */
const holds = (demand: Int, resident: Int, lacking: Int): Bool =>
  atMost(minus(demand, resident), plus(HOST.swap, lacking));

export const ramAndSwapSuffice: Lemma = {
  id: 'ram-and-swap-suffice',
  statement:
    'When a machine is settled, what is resident fits into RAM′ and the rest into swap. Until then no page-in fills RAM beyond RAM′, and what is in swap exceeds it at most by what the will-run set still lacks in RAM.',
  proof: [
    'Write S = D − R. No stimulus and no end of an invocation makes S larger: what is placed, or grows, is in RAM at once. So in a step S begins at most at swap.',
    'From there on S ≤ swap + lack. A page-out of mb is permitted only if R + lack − RAM′ ≥ mb; so afterwards S = D − R + mb ≤ D − RAM′ + lack ≤ swap + lack, since D ≤ RAM′ + swap once the kills are done. A page-in lowers S and lack alike.',
    'At the end nothing is lacking and RAM is not over-committed (`never-stuck`): R ≤ RAM′, and S ≤ swap.',
  ],
  rules: ['memory-bound', 'kill-iff', 'page-out-lowest', 'page-in-to-run'],
  shows: ['memory-never-exceeds-ram-plus-swap'],
  restsOn: ['kills-suffice', 'steady', 'never-stuck'],
  obligations: (rules) => {
    const killed = fact('no kill is due', not(rules.isOverfull(all, HOST)), 'kills-suffice');
    const settled = [
      fact('there is a machine', isHost(HOST)),
      fact('something or nothing is lacking', atLeast(lack, int(0))),
    ];
    const swapped = minus(all, inRam);
    return [
      {
        name: 'growth',
        words: 'What is placed or grows, and what shrinks, changes RAM only.',
        given: [fact('S fits into swap', holds(all, inRam, int(0)))],
        goals: [fact('still', holds(plus(all, memory), plus(inRam, memory), int(0)))],
      },
      {
        name: 'end',
        words: 'Who ends, or is lost, takes its own out of both.',
        given: [fact('S fits into swap', holds(all, inRam, int(0))), fact('i lives there', lives(i))],
        goals: [fact('still', holds(minus(all, i.demand), minus(inRam, i.resident), int(0)))],
      },
      {
        name: 'page-out',
        words: 'A page-out fills swap by no more than what RAM is over-committed by.',
        given: [
          ...settled,
          killed,
          fact('mb go', atLeast(memory, int(1))),
          fact(
            'the page-out is permitted',
            rules.mayPageOut(i, {
              isMember: FALSE,
              memory,
              over: overOf(inRam, lack, HOST),
              isPreceded: FALSE,
            }),
          ),
        ],
        goals: [fact('S ≤ swap + lack', holds(all, minus(inRam, memory), lack))],
      },
      {
        name: 'page-in',
        words: 'A page-in does not fill RAM beyond RAM′, and empties swap.',
        given: [
          ...settled,
          fact('S ≤ swap + lack', holds(all, inRam, lack)),
          fact('mb come, of what is lacking', and(atLeast(memory, int(1)), atMost(memory, lack))),
          fact(
            'the page-in is permitted',
            rules.mayPageIn(boolVariable('isMember', 'i ∈ W'), memory, inRam, HOST),
          ),
        ],
        goals: [
          fact('R ≤ RAM′', atMost(plus(inRam, memory), HOST.usable)),
          fact('S ≤ swap + lack', holds(all, plus(inRam, memory), minus(lack, memory))),
        ],
      },
      {
        name: 'settled',
        words: 'When nothing is lacking and RAM is not over-committed, all fits.',
        given: [
          ...settled,
          killed,
          fact('S ≤ swap + lack', holds(all, inRam, lack)),
          fact('nothing is lacking', atMost(lack, int(0)), 'never-stuck'),
          fact('RAM is not over-committed', atMost(overOf(inRam, lack, HOST), int(0)), 'never-stuck'),
        ],
        goals: [
          fact('R ≤ RAM′', atMost(inRam, HOST.usable)),
          fact('S ≤ swap', atMost(swapped, HOST.swap)),
          fact('R + S ≤ RAM′ + swap', atMost(all, plus(HOST.usable, HOST.swap))),
        ],
      },
    ];
  },
};
