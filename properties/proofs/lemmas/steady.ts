import { HOST, lives, type Resident } from '../encoding/entities.ts';
import type { Rules } from '../encoding/rules.ts';
import { after, comesNext, fitsSoFar, takes, type Walk, walkCalled } from '../encoding/walk.ts';
import { fact, type Lemma, type Obligation } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  boolVariable,
  equal,
  type Int,
  implies,
  int,
  intVariable,
  lessThan,
  minus,
  not,
  onlyIf,
  or,
  plus,
} from '../terms/term.ts';
import { j, meets, memory, moment, onlyThoseAboveHold, v } from './page-out-moment.ts';

const met = boolVariable('met');
const isV = boolVariable('isV', 'j is v');
const paged = intVariable('paged', 'mb');

/** The walk after the page-out, beside the walk before it: the same but for what v keeps from those below it. */
function keptInStep(before: Walk, later: Walk, hasMet: Bool): Bool {
  const keeps = and(hasMet, atMost(v.demand, HOST.usable));
  return and(
    equal(later.class, before.class),
    equal(later.count, before.count),
    equal(later.taken, before.taken),
    equal(later.same, minus(before.same, onlyIf(and(keeps, equal(before.class, v.class)), memory))),
    equal(later.above, minus(before.above, onlyIf(and(keeps, lessThan(before.class, v.class)), memory))),
    implies(hasMet, atMost(before.class, v.class)),
    ...(before.stopped.kind === 'literal' ? [] : [equal(later.stopped, before.stopped)]),
  );
}

/** Two walks that took the same so far read nothing else. */
function readsAlike(one: Walk, other: Walk): Bool {
  return and(
    equal(one.class, other.class),
    equal(one.count, other.count),
    equal(one.taken, other.taken),
    equal(one.above, other.above),
    equal(one.same, other.same),
    ...(one.stopped.kind === 'literal' ? [] : [equal(one.stopped, other.stopped)]),
  );
}

/** That a page-out leaves the walk in step, whoever permits it, if nobody of a lower class is taken. */
export function pageOutLeavesIt(rules: Rules): readonly Obligation[] {
  const { walk, machine } = moment(rules);
  const later = walkCalled('later', rules.stopsThere);
  const isTaken = takes(rules, HOST, walk, j);
  const isBelow = lessThan(j.class, v.class);
  const inLater: Resident = { ...j, resident: minus(j.resident, onlyIf(isV, memory)) };
  const [next, nextLater] = [after(rules, HOST, walk, j), after(rules, HOST, later, inLater)];
  return [
    {
      name: 'nothing-changes-below',
      words:
        'Below the class of v nobody is taken or holds anything, so taken + rest is what it will be at the end.',
      given: [
        ...machine,
        ...meets(rules, walk),
        fact('j is of a class below', isBelow),
        fact('so it is not taken', not(isTaken), 'nothing-for-a-lower-class'),
      ],
      goals: [fact('the sum stays', equal(plus(next.taken, next.rest), plus(walk.taken, walk.rest)))],
    },
    {
      name: 'page-out',
      words: 'The walk after the page-out takes the same one as the walk before it, and stays in step.',
      given: [
        machine[0]!,
        fact(
          'v lives there and holds mb',
          and(lives(v), atLeast(memory, int(1)), atLeast(v.resident, memory)),
        ),
        ...meets(rules, walk),
        fact(
          'v is passed over, and is met once, before all below it',
          and(
            implies(isV, and(not(isTaken), not(met), equal(j.class, v.class), equal(j.demand, v.demand))),
            implies(isV, equal(j.resident, v.resident)),
            implies(isBelow, met),
          ),
        ),
        fact(
          'if v is not larger than RAM′, nobody below is taken, and the sum is what it will be',
          implies(
            and(atMost(v.demand, HOST.usable), isBelow),
            and(
              not(isTaken),
              onlyThoseAboveHold(walk),
              atLeast(minus(plus(walk.taken, walk.rest), HOST.usable), memory),
            ),
          ),
          'nothing-for-a-lower-class',
        ),
        fact('they are in step so far', keptInStep(walk, later, met)),
      ],
      goals: [
        fact('the same is taken', equal(takes(rules, HOST, later, inLater), isTaken)),
        fact('they stay in step', keptInStep(next, nextLater, or(met, isV))),
      ],
    },
  ];
}

/** That memory for a member leaves what the walk reads. */
export function notRead(
  rules: Rules,
  name: string,
  words: string,
  isPermitted: (isTaken: Bool, mb: Int) => Bool,
): Obligation {
  const { walk } = moment(rules);
  const isTaken = takes(rules, HOST, walk, j);
  const inRam: Resident = { ...j, resident: plus(j.resident, paged) };
  return {
    name,
    words,
    given: [
      moment(rules).machine[0]!,
      fact('the walk so far', fitsSoFar(walk, HOST), 'walk-fits'),
      fact('j lives there, and is next by rank', and(lives(j), comesNext(walk, j))),
      fact('it lacks what comes in', and(atLeast(paged, int(1)), atMost(plus(j.resident, paged), j.demand))),
      fact(`the ${name} is permitted`, isPermitted(isTaken, paged)),
    ],
    goals: [
      fact('the same is taken', equal(takes(rules, HOST, walk, inRam), isTaken)),
      fact(
        'and what is read stays',
        readsAlike(after(rules, HOST, walk, inRam), after(rules, HOST, walk, j)),
      ),
    ],
  };
}

export const steady: Lemma = {
  id: 'steady',
  statement:
    'No preempt, page-out, page-in or start changes the will-run set of its machine: once the stimulus is answered and the kills are done, who will run is decided.',
  proof: [
    'The walk reads demands, ranks, who could run, and what those passed over hold. A start or a preempt changes none of it: who is ready and who runs could both run. A page-in gives RAM to a member, whose RAM the walk does not read.',
    'A page-out takes mb from v, which was passed over. Walk once before it and once after it, side by side. Up to v both are the same. If v is larger than RAM′, what it holds never counted. Otherwise the second walk has mb more room in the classes below v’s, and there nobody was taken (`nothing-for-a-lower-class`), nor holds anything. So when the first of them is met, taken + rest is what it will be at the end, and exceeds RAM′ by at least mb. In the second walk the room is RAM′ − taken − (rest − mb) ≤ 0, and nobody fits into that.',
  ],
  rules: ['run-the-highest', 'page-out-lowest', 'page-in-to-run', 'start-highest', 'preempt-outranked'],
  shows: ['nothing-swapped-for-a-lower-class'],
  restsOn: ['walk-fits', 'nothing-for-a-lower-class'],
  obligations: (rules) => {
    const { walk } = moment(rules);
    const machine = moment(rules).machine.slice(0, 1);
    return [
      ...pageOutLeavesIt(rules),
      notRead(
        rules,
        'page-in',
        'A page-in gives RAM to a member, and the walk does not read that.',
        (isTaken, mb) => rules.mayPageIn(isTaken, mb, intVariable('R'), HOST),
      ),
      {
        name: 'start-and-preempt',
        words: 'Whether one that could run is ready or runs does not count.',
        given: [
          ...machine,
          fact('the walk so far', fitsSoFar(walk, HOST), 'walk-fits'),
          fact('j lives there, and is next by rank', and(lives(j), comesNext(walk, j))),
          fact('j is ready or runs', and(atMost(int(0), j.being), atMost(j.being, int(1)))),
        ],
        goals: [
          fact(
            'the same is taken',
            equal(
              takes(rules, HOST, walk, { ...j, being: minus(int(1), j.being) }),
              takes(rules, HOST, walk, j),
            ),
          ),
        ],
      },
    ];
  },
};
