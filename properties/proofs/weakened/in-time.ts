import type { Stimulus } from '../../../model/alphabet.ts';
import type { Scenario } from '../../../model/configuration.ts';
import { HOST, isHost, isRunning, residentCalled } from '../encoding/entities.ts';
import { RESERVE, type TransferOut, XX_IN_TIME } from '../encoding/in-time.ts';
import type { Rules } from '../encoding/rules.ts';
import type { LemmaId } from '../lemma.ts';
import type { Values } from '../terms/evaluate.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  equal,
  FALSE,
  type Int,
  int,
  intVariable,
  lessThan,
  minus,
  moreThan,
  not,
  plus,
  smallerOf,
  TRUE,
} from '../terms/term.ts';
import {
  aheadOfNeed,
  aMbTooMany,
  beyondTheShare,
  countsAll,
  eagerly,
  lowestFirst,
  roomFirst,
  theAntagonistsRam,
  thoseThatWait,
  toVictims,
  wholeChunks,
} from './rules-in-time.ts';
import { numberOf, type Weakening } from './weakening.ts';

/** Which lemmas rules of a disk that takes time break when they are said otherwise, and a scenario that shows it. */

const v = residentCalled('v');
const [memory, held, chunk, swapped, demand] = [
  intVariable('memory', 'mb'),
  intVariable('R'),
  intVariable('chunk'),
  intVariable('s', 's(i)'),
  intVariable('D'),
];
const kept = minus(HOST.ram, HOST.usable);

interface Example {
  readonly words: string;
  readonly wrong: readonly Bool[];
  readonly stimuli: (values: Values) => readonly Stimulus[];
  readonly cores?: number;
  /** In MB, of every invocation at first. */
  readonly initialMemory?: Int;
}

/** A small machine whose disk takes time, on which the weakened rule permits what the rule does not. */
function weakened(
  name: string,
  sentence: string,
  [lemma, obligation]: readonly [LemmaId, string],
  rules: Rules,
  { words, wrong, stimuli, cores = 1, initialMemory = int(1) }: Example,
): Weakening {
  const sizes = [HOST.ram, HOST.swap, RESERVE, chunk];
  const assertions = [
    { words: 'there is a machine', term: and(isHost(HOST), equal(HOST.cores, int(cores))) },
    {
      words: 'it is small',
      term: and(
        ...sizes.map((size) => and(atLeast(size, int(1)), atMost(size, int(4)))),
        atMost(HOST.swap, int(3)),
        atLeast(memory, int(1)),
      ),
    },
    { words, term: and(...wrong) },
  ];
  const scenario = (values: Values): Scenario => ({
    config: {
      classes: [
        { name: 'c0', price: 1 },
        { name: 'c1', price: 2 },
      ],
      memoryPrice: 0,
      machines: [{ cores, ram: numberOf(values, 'ram'), swap: numberOf(values, 'swap') }],
      shards: 1,
      kMachines: 1,
      kShards: 1,
      initialMemory: initialMemory.kind === 'literal' ? initialMemory.value : numberOf(values, 'memory'),
      idle: { enter: 9, leave: 9, memoryDrift: 1, functionsDrift: 1 },
      maxAttempts: 1,
      seed: 0,
      tenants: [{ budget: null }],
      paging: { chunk: numberOf(values, 'chunk'), reserve: numberOf(values, 'reserve') },
    },
    stimuli: [{ type: 'boot' } as const, ...stimuli(values)].map((stimulus) => ({ at: 0, stimulus })),
  });
  return { name, sentence, lemma, obligation, rules, example: { words, assertions, scenario } };
}

const submit = (id: number, priceClass: number): Stimulus => ({
  ...{ type: 'submit', id, tenant: 0, function: 'f', class: priceClass, shard: 0 },
});
const TURN: Stimulus = { type: 'turn', shard: 0 };
const PAGED: Stimulus = { type: 'paged', machine: 0 };
const grow = (id: number, demandMb: number): Stimulus => ({ type: 'resize', id, demand: demandMb });
const takes = (memoryMb: number): Stimulus => ({ type: 'antagonist', machine: 0, memory: memoryMb });
/** What the antagonist has by what the solver says of RAM and RAM′. */
const taken = (values: Values): number => numberOf(values, 'ram') - numberOf(values, 'usable');

/** 0 has all RAM when the antagonist comes, and is larger than what is left. */
const fillsAndIsPressed = (values: Values): Stimulus[] => [
  submit(0, 0),
  TURN,
  grow(0, numberOf(values, 'D')),
  takes(taken(values)),
];
/** 0 gives up 2 of 3 MB, 1 runs in their place, and then the antagonist leaves. */
const outAndBack: readonly Stimulus[] = [
  ...[submit(0, 0), submit(1, 0), TURN, TURN, grow(0, 3), takes(1), PAGED, takes(0)],
];
const THREE = and(
  equal(HOST.ram, int(3)),
  equal(HOST.usable, int(3)),
  equal(HOST.swap, int(3)),
  equal(RESERVE, int(1)),
);

/** A page-out of `memory` by who does not run, outside the will-run set, with nobody before it. */
const out = (over: Int, comesIn: Bool = FALSE): TransferOut => ({
  ...{ isMember: FALSE, memory, over, isPreceded: FALSE, comesIn, free: HOST.swap, chunk },
});
const waits = and(not(isRunning(v)), equal(v.being, int(0)), atMost(memory, v.resident));
const over = minus(demand, HOST.usable);
/** All RAM is one invocation's, which is larger than RAM′, and is not killed. */
const isFull = and(
  equal(demand, HOST.ram),
  lessThan(HOST.usable, HOST.ram),
  equal(v.resident, demand),
  not(XX_IN_TIME.isOverfull(demand, HOST, RESERVE)),
  not(XX_IN_TIME.exceeds(demand, HOST, RESERVE)),
);

export const IN_TIME: readonly Weakening[] = [
  weakened(
    'grants-the-antagonists-ram',
    'What may be handed out is RAM less what is held, also what the antagonist has.',
    ['held-on-both-sides', 'allocate'],
    theAntagonistsRam,
    {
      words: 'RAM is given that an antagonist has.',
      wrong: [
        theAntagonistsRam.inTime.mayAllocate(
          TRUE,
          memory,
          theAntagonistsRam.inTime.share(held, int(0), HOST),
        ),
        moreThan(plus(held, memory), HOST.usable),
        equal(held, memory),
        atMost(memory, HOST.usable),
        lessThan(HOST.usable, HOST.ram),
        not(XX_IN_TIME.isOverfull(plus(held, memory), HOST, RESERVE)),
      ],
      stimuli: (values) => [submit(0, 0), TURN, submit(1, 1), takes(taken(values)), TURN],
      initialMemory: memory,
    },
  ),
  weakened(
    'pages-in-beyond-the-share',
    'A page-in may be a MB larger than the share.',
    ['held-on-both-sides', 'page-in'],
    beyondTheShare,
    {
      words: 'More comes in than RAM has free.',
      wrong: [
        THREE,
        equal(held, int(2)),
        equal(swapped, int(2)),
        atMost(memory, smallerOf(swapped, chunk)),
        equal(chunk, int(2)),
        beyondTheShare.inTime.mayPageIn(TRUE, TRUE, memory, XX_IN_TIME.share(held, int(0), HOST)),
        moreThan(plus(held, memory), HOST.usable),
      ],
      stimuli: () => outAndBack,
    },
  ),
  weakened(
    'counts-on-the-reserve',
    'Demands may count on all of the swap, also on the reserve.',
    ['an-exchange-can-start', 'a-mb-is-free'],
    countsAll,
    {
      words: 'No kill is due although swap would be full, with nothing free for an exchange.',
      wrong: [
        equal(demand, HOST.ram),
        equal(v.resident, demand),
        not(countsAll.inTime.isOverfull(demand, HOST, RESERVE)),
        XX_IN_TIME.isOverfull(demand, HOST, RESERVE),
        atMost(RESERVE, HOST.swap),
      ],
      stimuli: fillsAndIsPressed,
    },
  ),
  weakened(
    'moves-whole-chunks-only',
    'A page-out is of a whole chunk, or of all that its owner has left.',
    ['an-exchange-can-start', 'out'],
    wholeChunks,
    {
      words: 'Less is over-committed than a chunk, and no page-out is permitted.',
      wrong: [
        isFull,
        waits,
        equal(memory, over),
        XX_IN_TIME.mayPageOut(v, out(over)),
        not(wholeChunks.inTime.mayPageOut(v, out(over))),
      ],
      stimuli: fillsAndIsPressed,
    },
  ),
  weakened(
    'pages-in-those-that-wait',
    'Memory may come in for whoever has room, also outside of the will-run set.',
    ['each-transfer-counts', 'page-in'],
    thoseThatWait,
    {
      words: 'Memory comes in for one that will not run.',
      wrong: [
        equal(HOST.ram, int(2)),
        equal(HOST.usable, int(2)),
        atLeast(minus(HOST.swap, RESERVE), int(1)),
        equal(held, int(1)),
        equal(swapped, int(1)),
        atMost(memory, swapped),
        thoseThatWait.inTime.mayPageIn(FALSE, FALSE, memory, XX_IN_TIME.share(held, int(0), HOST)),
      ],
      stimuli: () => [submit(0, 0), TURN, submit(1, 1), TURN, takes(1), takes(0), PAGED],
    },
  ),
  weakened(
    'pages-out-a-mb-too-many',
    'A page-out may be a MB larger than what is over-committed.',
    ['each-transfer-counts', 'page-out'],
    aMbTooMany,
    {
      words: 'More goes to swap than is over-committed.',
      wrong: [
        isFull,
        waits,
        equal(memory, plus(over, int(1))),
        atMost(memory, HOST.swap),
        aMbTooMany.inTime.mayPageOut(v, out(over)),
      ],
      stimuli: fillsAndIsPressed,
    },
  ),
  weakened(
    'zero-fills-eagerly',
    'RAM that is free may be given to whoever has asked for it.',
    ['each-transfer-counts', 'allocate'],
    eagerly,
    {
      words: 'RAM is given to one that will not run.',
      wrong: [
        equal(held, memory),
        equal(HOST.usable, HOST.ram),
        eagerly.inTime.mayAllocate(FALSE, memory, XX_IN_TIME.share(held, int(0), HOST)),
      ],
      stimuli: () => [submit(0, 0), submit(1, 0), TURN, TURN],
      initialMemory: memory,
    },
  ),
  weakened(
    'pages-out-ahead-of-need',
    'A page-out may begin although RAM is not over-committed.',
    ['steady-in-time', 'nobody-below'],
    aheadOfNeed,
    {
      words: 'One that waits for its callee gives up RAM that nobody needs.',
      wrong: [
        equal(HOST.usable, HOST.ram),
        equal(v.resident, memory),
        equal(v.being, int(2)),
        equal(demand, memory),
        atMost(over, int(0)),
        atMost(memory, HOST.swap),
        aheadOfNeed.inTime.mayPageOut(v, out(over)),
      ],
      stimuli: () => [
        submit(0, 0),
        TURN,
        { type: 'call', caller: 0, id: 1, function: 'g', class: 0, shard: 0 },
      ],
      initialMemory: memory,
    },
  ),
  weakened(
    'lends-a-core-to-victims',
    'A core may be lent to whoever is wholly in RAM, also if it must give up memory.',
    ['cores-are-lent', 'it-fitted'],
    toVictims,
    {
      words: 'One that is larger than RAM′ runs, and its memory cannot go.',
      wrong: [isFull, equal(demand, memory), toVictims.inTime.mayBorrow(FALSE, TRUE)],
      stimuli: (values) => [submit(0, 0), TURN, takes(taken(values))],
      initialMemory: memory,
    },
  ),
  weakened(
    'pages-in-the-lowest-first',
    'Memory may come in for any of the will-run set.',
    ['the-disk-serves-the-highest', 'in'],
    lowestFirst,
    {
      words: 'Memory of a lesser one comes in before that of a better one.',
      cores: 2,
      wrong: [
        THREE,
        equal(chunk, int(1)),
        equal(kept, int(0)),
        equal(held, int(1)),
        lowestFirst.inTime.mayPageIn(TRUE, FALSE, memory, XX_IN_TIME.share(held, int(1), HOST)),
        atMost(memory, chunk),
      ],
      stimuli: () => [
        ...[submit(0, 0), submit(1, 0), TURN, TURN, submit(2, 1), TURN, grow(0, 2), grow(2, 2), PAGED],
        { type: 'finish', id: 2 },
        PAGED,
      ],
    },
  ),
  weakened(
    'makes-room-before-it-pages-in',
    'A page-out may begin although a page-in is permitted.',
    ['the-disk-serves-the-highest', 'out'],
    roomFirst,
    {
      words: 'Room is made while memory could come in.',
      wrong: [
        THREE,
        waits,
        equal(chunk, int(2)),
        equal(v.resident, int(1)),
        equal(held, int(2)),
        XX_IN_TIME.mayPageIn(TRUE, TRUE, int(1), XX_IN_TIME.share(held, int(0), HOST)),
        roomFirst.inTime.mayPageOut(v, out(int(1), TRUE)),
      ],
      stimuli: () => outAndBack,
    },
  ),
];
