import { HOST, isBlocked, isWhole } from '../encoding/entities.ts';
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
  onlyIf,
  plus,
  TRUE,
} from '../terms/term.ts';
import {
  allWhole,
  type Crowd,
  couldBeWhole,
  machineExample,
  noAntagonist,
  nobodyDies,
} from './machine-example.ts';
import type { Weakening } from './weakening.ts';

/** A will-run set that is made in another way. */

/** The last one is ready and in RAM, a core is free, and yet it is not taken. */
const waitsForNothing = ({ live, takes, end }: Crowd): Bool => {
  const last = live.at(-1)!;
  return and(XX.couldRun(last), isWhole(last), not(takes.at(-1)!), lessThan(end.count, HOST.cores));
};

/** The last one is of a higher class than the first, which runs in its place. */
const runsBefore = ({ live, takes }: Crowd): Bool =>
  and(...live.map(XX.couldRun), takes[0]!, not(takes.at(-1)!), moreThan(live.at(-1)!.class, live[0]!.class));

const stops: Rules = { ...XX, stopsThere: true };
const oneMore: Rules = { ...XX, coreIsFree: (taken, cores) => atMost(taken, cores) };
const oneFewer: Rules = { ...XX, coreIsFree: (taken, cores) => lessThan(taken, minus(cores, int(1))) };
const lessMemory: Rules = { ...XX, fits: ({ demand }, room) => atMost(minus(demand, int(1)), room) };
const moreMemory: Rules = { ...XX, fits: ({ demand }, room) => lessThan(demand, room) };
const residentOnly: Rules = { ...XX, fits: ({ resident }, room) => atMost(resident, room) };
const keepDemand: Rules = {
  ...XX,
  keeps: ({ demand }, { usable }) => onlyIf(atMost(demand, usable), demand),
};
const blockedKeepNothing: Rules = {
  ...XX,
  keeps: (one, host) => onlyIf(not(isBlocked(one)), XX.keeps(one, host)),
};
const passedOverKeepNothing: Rules = {
  ...XX,
  keeps: (one, host) => onlyIf(isBlocked(one), XX.keeps(one, host)),
};
const largeKeep: Rules = { ...XX, keeps: ({ resident }) => resident };
const lifo: Rules = {
  ...XX,
  ranksBelow: (one, other) =>
    XX.ranksBelow(
      { ...one, arrival: minus(int(0), one.arrival) },
      { ...other, arrival: minus(int(0), other.arrival) },
    ),
};
const blockedRun: Rules = { ...XX, couldRun: () => TRUE };
const upsideDown: Rules = {
  ...XX,
  ranksBelow: (one, other) =>
    XX.ranksBelow(
      { ...one, class: minus(int(2), one.class) },
      { ...other, class: minus(int(2), other.class) },
    ),
};
const byArrival: Rules = { ...XX, ranksBelow: (one, other) => moreThan(one.arrival, other.arrival) };

export const WALK: readonly Weakening[] = [
  {
    name: 'stops-at-the-first-that-does-not-fit',
    sentence: 'The walk ends at the first that does not fit.',
    lemma: 'no-inversion',
    obligation: 'cores-are-taken',
    rules: stops,
    example: machineExample({
      words: 'One is ready and in RAM, a core is free, and it waits behind a larger one.',
      rules: stops,
      count: 2,
      wrong: (crowd) => [
        waitsForNothing(crowd),
        moreThan(crowd.live[0]!.demand, HOST.usable),
        atMost(crowd.live[1]!.demand, HOST.usable),
        couldBeWhole(crowd),
        nobodyDies(crowd),
      ],
    }),
  },
  {
    name: 'one-core-too-many',
    sentence: 'One more is taken than there are cores.',
    lemma: 'walk-fits',
    obligation: 'step',
    rules: oneMore,
    example: machineExample({
      words: 'More are taken than there are cores.',
      rules: oneMore,
      count: 2,
      wrong: (crowd) => [moreThan(crowd.end.count, HOST.cores), allWhole(crowd), nobodyDies(crowd)],
    }),
  },
  {
    name: 'one-core-too-few',
    sentence: 'One core stays free.',
    lemma: 'no-inversion',
    obligation: 'cores-are-taken',
    rules: oneFewer,
    example: machineExample({
      words: 'Two are ready and in RAM on two cores, and one of them waits.',
      rules: oneFewer,
      count: 2,
      wrong: (crowd) => [
        waitsForNothing(crowd),
        allWhole(crowd),
        nobodyDies(crowd),
        noAntagonist,
        equal(HOST.cores, int(2)),
      ],
    }),
  },
  {
    name: 'needs-a-mb-less-than-it-does',
    sentence: 'Whoever lacks a single MB of room fits.',
    lemma: 'walk-fits',
    obligation: 'step',
    rules: lessMemory,
    example: machineExample({
      words: 'Those taken demand more than RAM′.',
      rules: lessMemory,
      count: 2,
      wrong: (crowd) => [
        moreThan(crowd.end.taken, HOST.usable),
        allWhole(crowd),
        noAntagonist,
        nobodyDies(crowd),
      ],
    }),
  },
  {
    name: 'leaves-a-mb-of-ram-free',
    sentence: 'Whoever needs the very last MB of room does not fit.',
    lemma: 'no-inversion',
    obligation: 'cores-are-taken',
    rules: moreMemory,
    example: machineExample({
      words: 'One is ready and in RAM, a core is free, and it waits.',
      rules: moreMemory,
      count: 1,
      wrong: (crowd) => [waitsForNothing(crowd), noAntagonist, nobodyDies(crowd)],
    }),
  },
  {
    name: 'fits-what-is-resident',
    sentence: 'What is in RAM must fit, and not all that is demanded.',
    lemma: 'walk-fits',
    obligation: 'step',
    rules: residentOnly,
    example: machineExample({
      words: 'Those taken demand more than RAM′.',
      rules: residentOnly,
      count: 2,
      wrong: (crowd) => [moreThan(crowd.end.taken, HOST.usable), nobodyDies(crowd)],
    }),
  },
  {
    name: 'the-passed-over-keep-their-demand',
    sentence: 'Those passed over keep what they demand, and not only what they have in RAM.',
    lemma: 'walk-fits',
    obligation: 'step',
    rules: keepDemand,
    example: machineExample({
      words: 'One is ready and in RAM, a core is free, and it waits for room that nobody holds.',
      rules: keepDemand,
      count: 2,
      wrong: (crowd) => [
        waitsForNothing(crowd),
        isBlocked(crowd.live[0]!),
        equal(crowd.live[0]!.resident, minus(crowd.live[0]!.demand, int(1))),
        atLeast(crowd.live[0]!.resident, int(1)),
        equal(crowd.live[1]!.demand, int(1)),
        equal(crowd.live[0]!.class, int(1)),
        lessThan(crowd.live[1]!.class, crowd.live[0]!.class),
        lessThan(crowd.live[0]!.arrival, crowd.live[1]!.arrival),
        atMost(plus(crowd.live[0]!.resident, int(1)), HOST.usable),
        noAntagonist,
        nobodyDies(crowd),
      ],
      passersBy: 1,
    }),
  },
  {
    name: 'backfills-into-memory-of-the-blocked',
    sentence: 'Those that are blocked keep nothing from lower classes.',
    lemma: 'nothing-for-a-lower-class',
    obligation: 'step',
    rules: blockedKeepNothing,
    example: machineExample({
      words: 'One that is blocked would be swapped out for one of a lower class.',
      rules: blockedKeepNothing,
      count: 2,
      wrong: (crowd) => [swappedForLower(crowd, 0, 1), isBlocked(crowd.live[0]!), nobodyDies(crowd)],
    }),
  },
  {
    name: 'backfills-into-memory-of-the-passed-over',
    sentence: 'Those that do not fit keep nothing from lower classes.',
    lemma: 'nothing-for-a-lower-class',
    obligation: 'step',
    rules: passedOverKeepNothing,
    example: machineExample({
      words: 'One that was passed over would be swapped out for one of a lower class.',
      rules: passedOverKeepNothing,
      count: 3,
      wrong: (crowd) => [
        swappedForLower(crowd, 1, 2),
        XX.couldRun(crowd.live[1]!),
        crowd.takes[0]!,
        allWhole(crowd),
        nobodyDies(crowd),
        noAntagonist,
      ],
    }),
  },
  {
    name: 'the-oversized-keep-their-memory',
    sentence: 'Those larger than RAM′ keep what they have in RAM.',
    lemma: 'steady',
    obligation: 'page-out',
    rules: largeKeep,
    example: machineExample({
      words: 'One that fits is not taken, until a larger one that cannot run has been swapped out.',
      rules: largeKeep,
      count: 2,
      wrong: (crowd) => [
        moreThan(crowd.live[0]!.demand, HOST.usable),
        XX.couldRun(crowd.live[1]!),
        atMost(crowd.live[1]!.demand, HOST.usable),
        lessThan(crowd.live[1]!.class, crowd.live[0]!.class),
        not(crowd.takes[1]!),
        allWhole(crowd),
        nobodyDies(crowd),
      ],
    }),
  },
  {
    name: 'lifo-within-a-class',
    sentence: 'Within a class the one that arrived last ranks highest.',
    lemma: 'first-come-first-served',
    obligation: 'earlier-ranks-higher',
    rules: lifo,
    example: machineExample({
      words: 'Of two of a class and of one size the later runs, and the earlier waits.',
      rules: lifo,
      count: 2,
      wrong: (crowd) => [
        equal(crowd.live[0]!.class, crowd.live[1]!.class),
        equal(crowd.live[0]!.demand, crowd.live[1]!.demand),
        ...crowd.live.map(XX.couldRun),
        crowd.takes[0]!,
        not(crowd.takes[1]!),
        allWhole(crowd),
        noAntagonist,
        nobodyDies(crowd),
      ],
    }),
  },
  {
    name: 'the-blocked-keep-their-core',
    sentence: 'Those that are blocked could run, too.',
    lemma: 'never-stuck',
    obligation: 'all-members-run',
    rules: blockedRun,
    example: machineExample({
      words: 'A core is kept for one that is blocked, while another is ready and in RAM.',
      rules: blockedRun,
      count: 2,
      wrong: (crowd) => [
        isBlocked(crowd.live[0]!),
        crowd.takes[0]!,
        XX.couldRun(crowd.live[1]!),
        not(crowd.takes[1]!),
        allWhole(crowd),
        noAntagonist,
        nobodyDies(crowd),
      ],
    }),
  },
  {
    name: 'cheapest-class-first',
    sentence: 'Lower classes rank higher.',
    lemma: 'no-inversion',
    obligation: 'met-before',
    rules: upsideDown,
    example: machineExample({
      words: 'One waits while one of a lower class runs.',
      rules: upsideDown,
      count: 2,
      wrong: (crowd) => [runsBefore(crowd), allWhole(crowd), noAntagonist, nobodyDies(crowd)],
    }),
  },
  {
    name: 'first-come-first-served-across-classes',
    sentence: 'Who arrived first ranks highest, whatever its class.',
    lemma: 'no-inversion',
    obligation: 'met-before',
    rules: byArrival,
    example: machineExample({
      words: 'One waits while one of a lower class runs.',
      rules: byArrival,
      count: 2,
      wrong: (crowd) => [runsBefore(crowd), allWhole(crowd), noAntagonist, nobodyDies(crowd)],
    }),
  },
];

/** The one at `loser` holds RAM, RAM is over-committed, and the one at `winner`, of a lower class, is taken. */
function swappedForLower({ live, takes, end }: Crowd, loser: number, winner: number): Bool {
  return and(
    lessThan(live[winner]!.class, live[loser]!.class),
    atMost(live[loser]!.demand, HOST.usable),
    atLeast(live[loser]!.resident, int(1)),
    not(takes[loser]!),
    takes[winner]!,
    moreThan(plus(end.taken, end.rest), HOST.usable),
  );
}
