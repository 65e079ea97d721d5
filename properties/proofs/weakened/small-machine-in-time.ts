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
  not,
} from '../terms/term.ts';
import { numberOf, type Weakening } from './weakening.ts';

/** A small machine whose disk takes time, and what happens on it, to show where a weakened rule leads. */

export const v = residentCalled('v');
export const [memory, held, chunk, swapped, demand] = [
  intVariable('memory', 'mb'),
  intVariable('R'),
  intVariable('chunk'),
  intVariable('s', 's(i)'),
  intVariable('D'),
];
export const kept = minus(HOST.ram, HOST.usable);

interface Example {
  readonly words: string;
  readonly wrong: readonly Bool[];
  readonly stimuli: (values: Values) => readonly Stimulus[];
  readonly cores?: number;
  /** In MB, of every invocation at first. */
  readonly initialMemory?: Int;
}

/** A small machine whose disk takes time, on which the weakened rule permits what the rule does not. */
export function weakened(
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

export const submit = (id: number, priceClass: number): Stimulus => ({
  ...{ type: 'submit', id, tenant: 0, function: 'f', class: priceClass, shard: 0 },
});
export const TURN: Stimulus = { type: 'turn', shard: 0 };
export const PAGED: Stimulus = { type: 'paged', machine: 0 };
export const grow = (id: number, demandMb: number): Stimulus => ({ type: 'resize', id, demand: demandMb });
export const takes = (memoryMb: number): Stimulus => ({ type: 'antagonist', machine: 0, memory: memoryMb });
/** What the antagonist has by what the solver says of RAM and RAM′. */
export const taken = (values: Values): number => numberOf(values, 'ram') - numberOf(values, 'usable');

/** 0 has all RAM when the antagonist comes, and is larger than what is left. */
export const fillsAndIsPressed = (values: Values): Stimulus[] => [
  submit(0, 0),
  TURN,
  grow(0, numberOf(values, 'D')),
  takes(taken(values)),
];
/** 0 gives up 2 of 3 MB, 1 runs in their place, and then the antagonist leaves. */
export const outAndBack: readonly Stimulus[] = [
  ...[submit(0, 0), submit(1, 0), TURN, TURN, grow(0, 3), takes(1), PAGED, takes(0)],
];
export const THREE = and(
  equal(HOST.ram, int(3)),
  equal(HOST.usable, int(3)),
  equal(HOST.swap, int(3)),
  equal(RESERVE, int(1)),
);

/** A page-out of `memory` by who does not run, outside the will-run set, with nobody before it. */
export const out = (over: Int, comesIn: Bool = FALSE): TransferOut => ({
  ...{ isMember: FALSE, memory, over, isPreceded: FALSE, comesIn, free: HOST.swap, chunk },
});
export const waits = and(not(isRunning(v)), equal(v.being, int(0)), atMost(memory, v.resident));
export const over = minus(demand, HOST.usable);
/** All RAM is one invocation's, which is larger than RAM′, and is not killed. */
export const isFull = and(
  equal(demand, HOST.ram),
  lessThan(HOST.usable, HOST.ram),
  equal(v.resident, demand),
  not(XX_IN_TIME.isOverfull(demand, HOST, RESERVE)),
  not(XX_IN_TIME.exceeds(demand, HOST, RESERVE)),
);
