import { HOST, isHost, isWhole, lives, residentCalled } from '../encoding/entities.ts';
import { comesNext, fitsSoFar, roomFor, takes, walkCalled } from '../encoding/walk.ts';
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
  lessThan,
  minus,
  not,
  plus,
} from '../terms/term.ts';

const j = residentCalled('j');
const isVictim = boolVariable('isVictim', 'j is a victim');
const [taken, left] = [
  intVariable('taken', 'Σ d of W'),
  intVariable('left', 'Σ kept of the others, once the victims have given'),
];
const [ready, lent, members] = [
  intVariable('ready', 'members that are whole'),
  intVariable('lent', 'cores on loan'),
  intVariable('members', '|W|'),
];

export const coresAreLent: Lemma = {
  id: 'cores-are-lent',
  statement:
    'Where paging takes time, one runs outside of the will-run set only if that has a member for every core, and no more do so than members wait for memory. So a machine at rest runs exactly its will-run set.',
  proof: [
    'Let j be outside, not blocked, wholly in RAM, and no victim, and suppose that fewer are taken than there are cores: so the walk met j and passed it over for want of room. Let the victims give what is over-committed: they can, since else j, which holds RAM, would be one of them. Then the demands of the will-run set, and what is kept by the others, fit into RAM′, and j keeps all its demand. The victims are larger than RAM′, or rank below j; so those of higher classes keep what they kept when the walk met j. So j fitted beside them: a contradiction.',
    'The rest is counting: those who are ready and those on loan are at most as many as cores, and so as members.',
  ],
  rules: ['run-the-highest', 'start-highest', 'preempt-outranked'],
  shows: ['lent'],
  restsOn: ['walk-fits'],
  obligations: (rules) => {
    const { inTime } = rules;
    const walk = walkCalled('w', rules.stopsThere);
    const abovePart = minus(HOST.usable, walk.taken, roomFor(walk, j, HOST));
    return [
      {
        name: 'it-fitted',
        words: 'One that may borrow a core fitted when the walk met it, if a core was left.',
        given: [
          fact('there is a machine', isHost(HOST)),
          fact('the walk so far', fitsSoFar(walk, HOST), 'walk-fits'),
          fact('j lives there, and is next by rank', and(lives(j), comesNext(walk, j))),
          fact('it could run, and is wholly in RAM', and(rules.couldRun(j), isWhole(j))),
          fact('a core is left', rules.coreIsFree(walk.count, HOST.cores)),
          fact('it may borrow a core', inTime.mayBorrow(FALSE, isVictim)),
          fact(
            'once the victims have given, all fits',
            and(atMost(walk.taken, taken), atMost(plus(taken, left), HOST.usable)),
          ),
          fact(
            'if j is no victim, it keeps all it has, and so do those of higher classes that were passed over',
            implies(not(isVictim), atLeast(left, plus(abovePart, j.demand))),
          ),
          fact('the others keep something or nothing', atLeast(left, int(0))),
        ],
        goals: [fact('so it was taken', takes(rules, HOST, walk, j))],
      },
      {
        name: 'as-many-as-wait',
        words: 'No more cores are on loan than members wait.',
        given: [
          fact('there is a machine', isHost(HOST)),
          fact('the will-run set has a member for every core', equal(members, HOST.cores)),
          fact(
            'some of them are ready, some cores on loan',
            and(atLeast(ready, int(0)), atLeast(lent, int(0))),
          ),
          fact('one more may be lent', inTime.coreToLend(ready, lent, HOST.cores)),
        ],
        goals: [fact('more wait than are on loan', lessThan(lent, minus(members, ready)))],
      },
    ];
  },
};
