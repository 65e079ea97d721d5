import { HOST, isBlocked, isRunning } from '../encoding/entities.ts';
import { type Rules, XX } from '../encoding/rules.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  equal,
  int,
  lessThan,
  minus,
  moreThan,
  not,
  or,
  plus,
} from '../terms/term.ts';
import {
  allWhole,
  type Crowd,
  couldBeWhole,
  machineExample,
  noAntagonist,
  nobodyDies,
  overAtEnd,
} from './machine-example.ts';
import type { Weakening } from './weakening.ts';

/** Memory that moves otherwise, and kills. */

const highestFirst: Rules = {
  ...XX,
  givesFirst: (one, other) =>
    or(
      moreThan(one.class, other.class),
      and(equal(one.class, other.class), moreThan(one.arrival, other.arrival)),
    ),
};
const oldestFirst: Rules = { ...XX, givesFirst: (one, other) => lessThan(one.arrival, other.arrival) };
const newestFirst: Rules = { ...XX, givesFirst: (one, other) => moreThan(one.arrival, other.arrival) };
const largestFirst: Rules = {
  ...XX,
  givesFirst: (one, other) =>
    or(moreThan(one.demand, other.demand), and(equal(one.demand, other.demand), XX.ranksBelow(one, other))),
};
const largeWaitTheirTurn: Rules = { ...XX, givesFirst: (one, other) => XX.ranksBelow(one, other) };
const wholeFunctions: Rules = {
  ...XX,
  mayPageOut: (one, { isMember, over, isPreceded }) =>
    and(atLeast(over, int(1)), not(isMember), not(isRunning(one)), not(isPreceded)),
};
const whoeverFits: Rules = {
  ...XX,
  mayPageIn: (_isMember, memory, resident, { usable }) => atMost(plus(resident, memory), usable),
};
const withoutPages: Rules = {
  ...XX,
  mayStart: (_one, isMember, running, { cores }) => and(isMember, lessThan(running, cores)),
};
const whenFull: Rules = {
  ...XX,
  isOverfull: (demand, { usable, swap }) => atLeast(demand, plus(usable, swap)),
};
const oneMbPasses: Rules = {
  ...XX,
  isOverfull: (demand, { usable, swap }) => moreThan(demand, plus(usable, swap, int(1))),
};
const highestDies: Rules = {
  ...XX,
  diesFirst: (one, other) => XX.ranksBelow(other, one),
};
const newestDies: Rules = { ...XX, diesFirst: (one, other) => moreThan(one.arrival, other.arrival) };
const outgrows: Rules = { ...XX, exceeds: (demand, host) => XX.exceeds(minus(demand, int(1)), host) };
const mayNotFill: Rules = { ...XX, exceeds: (demand, host) => XX.exceeds(plus(demand, int(1)), host) };

/** The one at `loser` gives all that is needed, and nobody else; one of a lower class at `keeper` keeps what it has. */
function givesInstead(rules: Rules, crowd: Crowd, loser: number, keeper: number): Bool {
  const { live, takes } = crowd;
  return and(
    lessThan(live[keeper]!.class, live[loser]!.class),
    atMost(live[loser]!.demand, HOST.usable),
    ...[loser, keeper].map((place) => not(takes[place]!)),
    ...[loser, keeper].map((place) => atLeast(live[place]!.resident, int(1))),
    rules.givesFirst(live[loser]!, live[keeper]!, HOST),
    atLeast(overAtEnd(crowd), int(1)),
    atLeast(live[loser]!.resident, overAtEnd(crowd)),
  );
}

const swapping = (name: string, sentence: string, rules: Rules): Weakening => ({
  name,
  sentence,
  lemma: 'nothing-for-a-lower-class',
  obligation: 'they-hold-nothing',
  rules,
  example: machineExample({
    words: 'One loses RAM while one of a lower class keeps it.',
    rules,
    count: 3,
    wrong: (crowd) => [
      givesInstead(rules, crowd, 1, 2),
      ...crowd.live.map(XX.couldRun),
      crowd.takes[0]!,
      noAntagonist,
      allWhole(crowd),
      equal(HOST.cores, int(1)),
      nobodyDies(crowd),
    ],
  }),
});

const kills = (crowd: Crowd) => plus(...crowd.live.map(({ demand }) => demand));

export const MEMORY: readonly Weakening[] = [
  swapping('pages-out-the-highest-first', 'The highest class gives its RAM first.', highestFirst),
  swapping('pages-out-the-oldest-first', 'Who arrived first gives its RAM first.', oldestFirst),
  swapping(
    'pages-out-the-newest-first',
    'Who arrived last gives its RAM first, whatever its class.',
    newestFirst,
  ),
  swapping('pages-out-the-largest-first', 'The largest gives its RAM first.', largestFirst),
  {
    name: 'the-oversized-wait-their-turn-to-be-swapped',
    sentence: 'Those larger than RAM′ give their RAM when their rank says so, and not first.',
    lemma: 'nothing-for-a-lower-class',
    obligation: 'step',
    rules: largeWaitTheirTurn,
    example: machineExample({
      words:
        'One loses RAM while one of a lower class runs, since a larger one that cannot run keeps its own.',
      rules: largeWaitTheirTurn,
      count: 3,
      wrong: (crowd) => [
        moreThan(crowd.live[0]!.demand, HOST.usable),
        isBlocked(crowd.live[1]!),
        lessThan(crowd.live[1]!.class, crowd.live[0]!.class),
        lessThan(crowd.live[2]!.class, crowd.live[1]!.class),
        atMost(crowd.live[1]!.demand, HOST.usable),
        crowd.takes[2]!,
        atLeast(overAtEnd(crowd), int(1)),
        couldBeWhole(crowd),
        nobodyDies(crowd),
      ],
      most: 6,
    }),
  },
  {
    name: 'pages-out-whole-functions',
    sentence: 'Under pressure any amount may be paged out, and not only as much as is needed.',
    lemma: 'ram-and-swap-suffice',
    obligation: 'page-out',
    rules: wholeFunctions,
    example: machineExample({
      words: 'More goes to swap than there is.',
      rules: wholeFunctions,
      count: 2,
      wrong: (crowd) => [
        crowd.takes[0]!,
        not(crowd.takes[1]!),
        atLeast(overAtEnd(crowd), int(1)),
        moreThan(crowd.live[1]!.resident, HOST.swap),
        allWhole(crowd),
        noAntagonist,
        nobodyDies(crowd),
      ],
    }),
  },
  {
    name: 'pages-in-whoever-fits',
    sentence: 'Memory may come back for one that is not in the will-run set.',
    lemma: 'settling-ends',
    obligation: 'page-in',
    rules: whoeverFits,
    example: machineExample({
      words: 'One that will not run lacks memory, and RAM is free.',
      rules: whoeverFits,
      count: 2,
      wrong: (crowd) => [
        crowd.takes[0]!,
        not(crowd.takes[1]!),
        XX.couldRun(crowd.live[1]!),
        lessThan(crowd.live[1]!.resident, crowd.live[1]!.demand),
        equal(crowd.live[0]!.resident, crowd.live[0]!.demand),
        lessThan(plus(crowd.end.taken, crowd.end.rest), HOST.usable),
        noAntagonist,
        nobodyDies(crowd),
      ],
    }),
  },
  {
    name: 'starts-without-its-pages',
    sentence: 'One of the will-run set may start before it is wholly in RAM.',
    lemma: 'resident-while-running',
    obligation: 'start',
    rules: withoutPages,
    example: machineExample({
      words: 'One that will run lacks memory.',
      rules: withoutPages,
      count: 1,
      wrong: (crowd) => [
        crowd.takes[0]!,
        lessThan(crowd.live[0]!.resident, crowd.live[0]!.demand),
        noAntagonist,
        nobodyDies(crowd),
      ],
      passersBy: 1,
    }),
  },
  {
    name: 'kills-when-exactly-full',
    sentence: 'A kill is due where demands are exactly RAM′ + swap.',
    lemma: 'kills-are-needed',
    obligation: 'all-together',
    rules: whenFull,
    example: machineExample({
      words: 'A kill is due although RAM and swap hold all.',
      rules: whenFull,
      count: 2,
      wrong: (crowd) => [
        whenFull.isOverfull(kills(crowd), HOST),
        nobodyDies(crowd),
        allWhole(crowd),
        noAntagonist,
      ],
    }),
  },
  {
    name: 'lets-one-mb-pass',
    sentence: 'No kill is due for a single MB beyond RAM′ + swap.',
    lemma: 'kills-suffice',
    obligation: 'then-all-fits',
    rules: oneMbPasses,
    example: machineExample({
      words: 'No kill is due although RAM and swap do not hold all.',
      rules: oneMbPasses,
      count: 2,
      wrong: (crowd) => [
        XX.isOverfull(kills(crowd), HOST),
        not(oneMbPasses.isOverfull(kills(crowd), HOST)),
        ...crowd.live.map(({ demand }) => not(XX.exceeds(demand, HOST))),
        allWhole(crowd),
        noAntagonist,
      ],
    }),
  },
  ...[
    { name: 'kills-the-highest', sentence: 'The highest is killed first.', rules: highestDies },
    {
      name: 'kills-the-newest',
      sentence: 'Who arrived last is killed first, whatever its class.',
      rules: newestDies,
    },
  ].map(
    ({ name, sentence, rules }): Weakening => ({
      name,
      sentence,
      lemma: 'kills-are-needed',
      obligation: 'lowest',
      rules,
      example: machineExample({
        words: 'A kill takes one while one of a lower class lives.',
        rules,
        count: 2,
        wrong: (crowd) => [
          XX.isOverfull(kills(crowd), HOST),
          ...crowd.live.map(({ demand }) => not(XX.exceeds(demand, HOST))),
          rules.diesFirst(crowd.live[0]!, crowd.live[1]!),
          lessThan(crowd.live[1]!.class, crowd.live[0]!.class),
          allWhole(crowd),
          noAntagonist,
        ],
      }),
    }),
  ),
  {
    name: 'one-may-outgrow-by-a-mb',
    sentence: 'One may be a single MB larger than its machine allows.',
    lemma: 'kills-suffice',
    obligation: 'then-all-fits',
    rules: outgrows,
    example: machineExample({
      words: 'No kill is due although one could never be there.',
      rules: outgrows,
      count: 1,
      wrong: (crowd) => [
        XX.exceeds(crowd.live[0]!.demand, HOST),
        not(outgrows.exceeds(crowd.live[0]!.demand, HOST)),
        not(XX.isOverfull(kills(crowd), HOST)),
        allWhole(crowd),
        noAntagonist,
      ],
    }),
  },
  {
    name: 'one-may-not-fill-the-ram',
    sentence: 'One that is exactly as large as its machine allows exceeds it.',
    lemma: 'kills-are-needed',
    obligation: 'alone',
    rules: mayNotFill,
    example: machineExample({
      words: 'A kill is due although the one fits its machine.',
      rules: mayNotFill,
      count: 1,
      wrong: (crowd) => [
        mayNotFill.exceeds(crowd.live[0]!.demand, HOST),
        nobodyDies(crowd),
        allWhole(crowd),
        noAntagonist,
      ],
    }),
  },
];
