import { HOST } from '../encoding/entities.ts';
import { after, beginning, fitsSoFar, takes, type Walk } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atMost,
  type Bool,
  boolVariable,
  equal,
  FALSE,
  implies,
  int,
  intVariable,
  lessThan,
  not,
  or,
  plus,
} from '../terms/term.ts';
import { isPermitted, j, meets, moment, onlyThoseAboveHold, v } from './page-out-moment.ts';

export const below = boolVariable('below');

/** Once somebody of a class below v's is taken, all that are taken fit beside what those passed over hold. */
export function fitsBeside(walk: Walk, anyBelow: Bool): Bool {
  return and(
    onlyThoseAboveHold(walk),
    implies(anyBelow, and(lessThan(walk.class, v.class), atMost(plus(walk.taken, walk.rest), HOST.usable))),
  );
}

export const nothingForALowerClass: Lemma = {
  id: 'nothing-for-a-lower-class',
  statement:
    'If one that is not larger than RAM′ loses RAM to swap, nobody of a lower class is in the will-run set of its machine, and none of them holds RAM.',
  proof: [
    'Let v be paged out. Then nobody outside the will-run set who gives its RAM before v holds any: none of those larger than RAM′, and none of a lower class.',
    'Suppose that somebody of a class below v’s is taken, and let *below* say so. By induction over the walk, from then on: taken + rest ≤ RAM′. For whoever is taken fits beside those taken and what those above keep; and nobody else that was passed over holds anything. Whoever is passed over after that holds nothing.',
    'At the end of the walk taken + rest − RAM′ is what RAM is over-committed by. So it is not over-committed, and no page-out is permitted: a contradiction. Those of lower classes are all outside the will-run set, hold nothing now, and nobody outside gets RAM (`page-in-to-run`, and `steady`).',
  ],
  rules: ['page-out-lowest', 'run-the-highest'],
  shows: ['nothing-swapped-for-a-lower-class'],
  restsOn: ['walk-fits', 'one-gives-first'],
  obligations: (rules) => {
    const { walk, machine } = moment(rules);
    const next = after(rules, HOST, walk, j);
    const isTaken = takes(rules, HOST, walk, j);
    return [
      {
        name: 'beginning',
        words: 'Before the first one is met, it holds.',
        given: machine,
        goals: [fact('nothing is taken or held', fitsBeside(beginning(intVariable('top')), FALSE))],
      },
      {
        name: 'step',
        words: 'If it holds, it holds after the next one.',
        given: [...machine, ...meets(rules, walk), fact('it holds so far', fitsBeside(walk, below))],
        goals: [
          fact('it still holds', fitsBeside(next, or(below, and(isTaken, lessThan(j.class, v.class))))),
        ],
      },
      {
        name: 'nobody-below',
        words: 'So where a page-out of v is permitted, nobody of a lower class is in the will-run set.',
        given: [
          ...machine,
          fact('the walk is over', fitsSoFar(walk, HOST), 'walk-fits'),
          fact('it holds', fitsBeside(walk, below)),
          fact('the page-out is permitted', isPermitted(rules, walk)),
        ],
        goals: [fact('nobody', not(below))],
      },
      {
        name: 'they-hold-nothing',
        words: 'And nobody of a lower class holds RAM.',
        given: [
          ...machine,
          ...meets(rules, walk),
          fact('j is of a lower class', lessThan(j.class, v.class)),
          fact('j is not taken', not(isTaken)),
        ],
        goals: [fact('r(j) = 0', equal(j.resident, int(0)))],
      },
    ];
  },
};
