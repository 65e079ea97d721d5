import { HOST, isHost, isReady, isWhole, lives, residentCalled } from '../encoding/entities.ts';
import { after, comesNext, fitsSoFar, residentOf, takes, walkCalled } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import { and, atLeast, atMost, equal, implies, intVariable, not, plus } from '../terms/term.ts';

const [j, k] = [residentCalled('j'), residentCalled('k')];
const all = intVariable('R');
const cameFirst = fact('k has arrived before j', atMost(k.arrival, j.arrival));

export const noInversion: Lemma = {
  id: 'no-inversion',
  statement:
    'In a quiet state, an invocation that is ready and wholly in RAM waits only while every core of its machine runs one of higher rank.',
  proof: [
    'Let j be ready, wholly in RAM and not running. By `run-the-highest` it is not in the will-run set, so the walk passed it over. Then either all cores were taken when the walk came to j, by some of higher rank, and we are done; or j did not fit: d(j) > RAM′ − taken − above.',
    'In the second case count what is in RAM. Those taken run (`run-the-highest`), so they are wholly in RAM (`run-resident`): that is taken. Those passed over hold at least above. And j holds d(j). Together that is more than RAM′, which `memory-bound` excludes.',
    'Once all cores are taken the walk takes nobody else. So those that run are exactly those of higher rank.',
  ],
  rules: ['run-the-highest', 'run-resident', 'memory-bound'],
  shows: ['no-priority-inversion'],
  restsOn: ['walk-fits'],
  obligations: (rules) => {
    const walk = walkCalled('w', rules.stopsThere);
    const machine = [
      fact('there is a machine', isHost(HOST)),
      fact('the walk so far', fitsSoFar(walk, HOST), 'walk-fits'),
      fact('j lives there', lives(j)),
      fact('j is next by rank', comesNext(walk, j)),
    ];
    const next = after(rules, HOST, walk, j);
    return [
      {
        name: 'all-in-ram',
        words: 'Those taken hold all that they demand, if each of them does.',
        given: [
          ...machine,
          fact('so far they hold all', equal(walk.takenResident, walk.taken)),
          fact(
            'j is wholly in RAM if it is taken: it runs then',
            implies(takes(rules, HOST, walk, j), isWhole(j)),
          ),
        ],
        goals: [fact('they still do', equal(next.takenResident, next.taken))],
      },
      {
        name: 'others-only-add',
        words: 'What those hold that the walk meets later is not negative, so R is at least what it has met.',
        given: machine,
        goals: [fact('R only grows', atLeast(residentOf(next), residentOf(walk)))],
      },
      {
        name: 'cores-are-taken',
        words: 'If j is ready and wholly in RAM and is passed over, all cores are taken.',
        given: [
          ...machine,
          fact('j is ready and wholly in RAM', and(isReady(j), isWhole(j))),
          fact('j is passed over', not(takes(rules, HOST, walk, j))),
          fact('those taken hold all that they demand', equal(walk.takenResident, walk.taken)),
          fact(
            'R is at least what they, those passed over, and j hold',
            atLeast(all, plus(residentOf(walk), j.resident)),
          ),
          fact('R fits into RAM′ (memory-bound)', atMost(all, HOST.usable)),
        ],
        goals: [fact('as many are taken as there are cores', equal(walk.count, HOST.cores))],
      },
      {
        name: 'nobody-after',
        words: 'Once all cores are taken nobody of lower rank runs.',
        given: [...machine, fact('all cores are taken', equal(walk.count, HOST.cores))],
        goals: [fact('j is not taken', not(takes(rules, HOST, walk, j)))],
      },
      {
        name: 'met-before',
        words: 'And whom the walk has met before j is not of a lower class.',
        given: [
          fact('they live there', and(lives(j), lives(k))),
          fact('k is met before j: it does not rank below', not(rules.ranksBelow(k, j))),
          cameFirst,
        ],
        goals: [fact('class(k) ≥ class(j)', atLeast(k.class, j.class))],
      },
    ];
  },
};
