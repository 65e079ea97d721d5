import { HOST, isHost, lives, type Resident, residentCalled } from '../encoding/entities.ts';
import { fact, type Lemma, type Obligation } from '../lemma.ts';
import { and, type Bool, differ, not, or } from '../terms/term.ts';

const [a, b, c] = [residentCalled('a'), residentCalled('b'), residentCalled('c')];

type Order = (one: Resident, other: Resident) => Bool;

export const oneGivesFirst: Lemma = {
  id: 'one-gives-first',
  statement:
    'On every machine there is exactly one lowest by rank; exactly one who is killed first; and, of those outside the will-run set that hold RAM, exactly one who gives it first.',
  proof: [
    'All three orders are strict and total, and transitive: arrival tells apart those whom class and being blocked do not. A finite set that is not empty has exactly one that goes before all others: go through the set and keep the one that goes before.',
  ],
  rules: ['page-out-lowest', 'kill-iff'],
  shows: ['kills-are-the-last-resort'],
  restsOn: [],
  obligations: (rules) => [
    ...strictOrder('rank', 'ranks below', rules.ranksBelow),
    ...strictOrder('death', 'is killed before', rules.diesFirst),
    ...strictOrder('page-out', 'gives its RAM before', (one, other) => rules.givesFirst(one, other, HOST)),
  ],
};

function strictOrder(name: string, verb: string, before: Order): Obligation[] {
  const others = fact(
    'they live there, and no two arrived at once',
    and(isHost(HOST), lives(a), lives(b), differ(a.arrival, b.arrival)),
  );
  return [
    {
      name: `${name}-one-of-two`,
      words: `Of two exactly one ${verb} the other.`,
      given: [others],
      goals: [
        fact('one of them', or(before(a, b), before(b, a))),
        fact('not both', not(and(before(a, b), before(b, a)))),
      ],
    },
    {
      name: `${name}-transitive`,
      words: `Who ${verb} one that ${verb} a third, ${verb} the third.`,
      given: [
        others,
        fact('so does the third', and(lives(c), differ(a.arrival, c.arrival), differ(b.arrival, c.arrival))),
        fact(`a ${verb} b`, before(a, b)),
        fact(`b ${verb} c`, before(b, c)),
      ],
      goals: [fact(`a ${verb} c`, before(a, c))],
    },
  ];
}
