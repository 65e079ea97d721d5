import { HOST, isHost, isReady, isRunning, isWhole, lives, residentCalled } from '../encoding/entities.ts';
import { overOf } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  boolVariable,
  equal,
  implies,
  int,
  intVariable,
  minus,
  not,
} from '../terms/term.ts';

const i = residentCalled('i');
const [inRam, memory, running] = [intVariable('R'), intVariable('memory', 'mb'), intVariable('running')];
const isMember = boolVariable('isMember', 'i ∈ W');

const quiet = [
  fact('there is a machine', isHost(HOST)),
  fact('i lives there', lives(i)),
  fact('exactly the members run', equal(isRunning(i), isMember)),
  fact('whoever runs is wholly in RAM', implies(isRunning(i), isWhole(i))),
  fact('R ≤ RAM′', atMost(inRam, HOST.usable)),
];

export const overWhenDone: Lemma = {
  id: 'over-when-done',
  statement:
    'Where nothing is owed on a machine, nothing more is permitted there: a scheduler that stops as soon as it may has done all that it may.',
  proof: [
    'Whoever is preempted runs and is no member; whoever starts is a member and does not run; whoever pages in is a member and lacks something, and members run, wholly in RAM. And where all members are wholly in RAM nothing is lacking, so RAM is over-committed by R − RAM′, which is at most 0.',
  ],
  rules: [
    'run-the-highest',
    'run-resident',
    'memory-bound',
    'start-highest',
    'preempt-outranked',
    'page-out-lowest',
    'page-in-to-run',
  ],
  shows: [],
  restsOn: [],
  obligations: (rules) => [
    {
      name: 'no-preempt',
      words: 'Nobody may be preempted.',
      given: [...quiet, fact('i runs', isRunning(i))],
      goals: [fact('it may not', not(rules.mayPreempt(isMember)))],
    },
    {
      name: 'no-start',
      words: 'Nobody may start.',
      given: [...quiet, fact('i is ready', isReady(i))],
      goals: [fact('it may not', not(rules.mayStart(i, isMember, running, HOST)))],
    },
    {
      name: 'no-page-in',
      words: 'Nothing may be paged in.',
      given: [
        ...quiet,
        fact('i lacks mb', and(atLeast(memory, int(1)), atMost(memory, minus(i.demand, i.resident)))),
      ],
      goals: [fact('it may not', not(rules.mayPageIn(isMember, memory, inRam, HOST)))],
    },
    {
      name: 'no-page-out',
      words: 'Nothing may be paged out.',
      given: [...quiet, fact('i holds mb', and(atLeast(memory, int(1)), atMost(memory, i.resident)))],
      goals: [
        fact(
          'it may not',
          not(
            rules.mayPageOut(i, {
              isMember,
              memory,
              over: overOf(inRam, int(0), HOST),
              isPreceded: boolVariable('isPreceded', 'somebody gives first'),
            }),
          ),
        ),
      ],
    },
  ],
};
