import { HOST, isHost, isReady, isRunning, isWhole, lives, residentCalled } from '../encoding/entities.ts';
import { fitsSoFar, lackOf, overOf, residentOf, walkCalled } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  boolVariable,
  equal,
  FALSE,
  implies,
  int,
  intVariable,
  minus,
  not,
  TRUE,
} from '../terms/term.ts';

const [v, w] = [residentCalled('v'), residentCalled('w')];
const [inRam, lack, over] = [intVariable('R'), intVariable('lack'), intVariable('over')];
const running = intVariable('running');
const members = intVariable('members', '|W|');
const isMember = boolVariable('isMember', 'v ∈ W');

export const neverStuck: Lemma = {
  id: 'never-stuck',
  statement:
    'Where no kill is due and nothing more is permitted on a machine, nothing is owed there: exactly the will-run set runs, wholly in RAM, and memory fits.',
  proof: [
    'Nobody may be preempted: so whoever runs is a member.',
    'Suppose that RAM is over-committed. Somebody outside would go first of those that hold RAM (`one-gives-first`), and 1 MB of it might be paged out. So nobody outside holds any, and RAM is over-committed by taken − RAM′, which is at most 0 (`walk-fits`): a contradiction.',
    'Suppose that a member lacks something. It may not page in 1 MB, so R ≥ RAM′, and RAM is over-committed: a contradiction. So every member is wholly in RAM.',
    'Suppose that a member does not run. It is ready, and may not start, so as many run as there are cores; but they are all members, and it is one more: a contradiction.',
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
  shows: ['everything-drains'],
  restsOn: ['walk-fits', 'one-gives-first'],
  obligations: (rules) => {
    const walk = walkCalled('w0', rules.stopsThere);
    const machine = fact('there is a machine', isHost(HOST));
    return [
      {
        name: 'only-members-run',
        words: 'If nobody may be preempted, whoever runs is a member.',
        given: [
          fact('v runs', isRunning(v)),
          fact('it may not be preempted', not(rules.mayPreempt(isMember))),
        ],
        goals: [fact('v is a member', isMember)],
      },
      {
        name: 'the-first-may-go',
        words: 'If RAM is over-committed, the first outside that holds RAM may be paged out.',
        given: [
          machine,
          fact(
            'v lives there, holds RAM, and does not run',
            and(lives(v), atLeast(v.resident, int(1)), not(isRunning(v))),
          ),
          fact('RAM is over-committed', atLeast(over, int(1))),
        ],
        goals: [
          fact(
            '1 MB of v may go',
            rules.mayPageOut(v, { isMember: FALSE, memory: int(1), over, isPreceded: FALSE }),
          ),
        ],
      },
      {
        name: 'ram-suffices',
        words: 'So RAM is not over-committed.',
        given: [
          machine,
          fact('the walk is over', fitsSoFar(walk, HOST), 'walk-fits'),
          fact(
            'if RAM is over-committed, nobody outside holds any',
            implies(atLeast(overOf(residentOf(walk), lackOf(walk), HOST), int(1)), equal(walk.rest, int(0))),
          ),
        ],
        goals: [fact('R + lack ≤ RAM′', atMost(overOf(residentOf(walk), lackOf(walk), HOST), int(0)))],
      },
      {
        name: 'nothing-is-lacking',
        words: 'So no member lacks anything.',
        given: [
          machine,
          fact('w is a member', lives(w)),
          fact('what it lacks is part of what is lacking', atMost(minus(w.demand, w.resident), lack)),
          fact('RAM is not over-committed', atMost(overOf(inRam, lack, HOST), int(0))),
          fact(
            'if it lacks anything, it may not page in 1 MB',
            implies(not(isWhole(w)), not(rules.mayPageIn(TRUE, int(1), inRam, HOST))),
          ),
        ],
        goals: [fact('w is wholly in RAM', isWhole(w))],
      },
      {
        name: 'all-members-run',
        words: 'So every member runs.',
        given: [
          machine,
          fact('w is a member, and could run', and(lives(w), rules.couldRun(w))),
          fact('it is wholly in RAM', isWhole(w)),
          fact('there are at most as many members as cores', atMost(members, HOST.cores), 'walk-fits'),
          fact(
            'whoever runs is a member: if w does not, at most the others do',
            implies(not(isRunning(w)), atMost(running, minus(members, int(1)))),
          ),
          fact(
            'if it is ready, it may not start',
            implies(isReady(w), not(rules.mayStart(w, TRUE, running, HOST))),
          ),
        ],
        goals: [fact('w runs', isRunning(w))],
      },
    ];
  },
};
