import type { Decision, DecisionType, Stimulus } from '../../model/alphabet.ts';
import type { Configuration, Paging } from '../../model/configuration.ts';

/** What the page of decisions shows: for each type a scenario in which it is decided, and decisions that are refused. */

/** One cluster for all examples, small enough that a reader can add up its memory. */
export const EXAMPLE_CLUSTER: Configuration = {
  classes: [
    { name: 'low', price: 1 },
    { name: 'high', price: 4 },
  ],
  memoryPrice: 1,
  machines: [
    { cores: 1, ram: 4, swap: 2 },
    { cores: 1, ram: 4, swap: 2 },
  ],
  shards: 2,
  kMachines: 2,
  kShards: 2,
  initialMemory: 1,
  idle: { enter: 2, leave: 1, memoryDrift: 2, functionsDrift: 2 },
  maxAttempts: 2,
  seed: 0,
  tenants: [{ budget: null }, { budget: 20, period: 100, burstPercent: 100 }],
};

/** The cluster of an example. */
export function clusterOf({ paging }: Pick<Example, 'paging'>): Configuration {
  return paging === undefined ? EXAMPLE_CLUSTER : { ...EXAMPLE_CLUSTER, paging };
}

type Of<Type extends DecisionType> = Extract<Decision, { type: Type }>;

/** A decision that is refused, in place of what the reference decides. */
export interface InsteadOf<Type extends DecisionType> {
  readonly decision: (accepted: Of<Type>) => Of<Type>;
  /** In place of the first decision of this step, from 1; in place of the accepted decision unless given. */
  readonly step?: number;
}

export interface Example<Type extends DecisionType = DecisionType> {
  readonly type: Type;
  /** What happens after `boot`; the reference decides. The last decision of this type in the last step is the accepted one. */
  readonly happens: readonly Happens[];
  /** How memory is paged there, if that takes time. */
  readonly paging?: Paging;
  /** Refused by a rule, each in its own way. */
  readonly refused: readonly InsteadOf<Type>[];
  /** Not possible where the accepted one is. */
  readonly impossible: (accepted: Of<Type>) => Of<Type>;
}

export type Happens = readonly [at: number, stimulus: Stimulus];

const LOW = 0;
const HIGH = 1;

const submit = (at: number, id: number, priceClass: number, shard = 0, tenant = 0): Happens => [
  at,
  { type: 'submit', id, tenant, function: 'f', class: priceClass, shard },
];
const call = (at: number, caller: number, id: number): Happens => [
  at,
  { type: 'call', caller, id, function: 'g', class: LOW, shard: 0 },
];
const turn = (at: number, shard = 0): Happens => [at, { type: 'turn', shard }];
const resize = (at: number, id: number, demand: number): Happens => [at, { type: 'resize', id, demand }];
const finish = (at: number, id: number): Happens => [at, { type: 'finish', id }];
const crash = (at: number, machine: number): Happens => [at, { type: 'crash', machine }];

/** One that was just submitted is placed at once. */
const placed = (at: number, id: number, priceClass: number, shard = 0, tenant = 0): Happens[] => [
  submit(at, id, priceClass, shard, tenant),
  turn(at, shard),
];

function example<Type extends DecisionType>(
  type: Type,
  happens: readonly Happens[],
  rest: Pick<Example<Type>, 'refused' | 'impossible' | 'paging'>,
): Example {
  return { type, happens, ...rest } as unknown as Example;
}

export const EXAMPLES: readonly Example[] = [
  example('enqueue', [...placed(1, 0, HIGH), call(2, 0, 1)], {
    refused: [{ decision: (accepted) => ({ ...accepted, class: LOW }) }],
    impossible: (accepted) => ({ ...accepted, id: 0 }),
  }),
  example('throttle', [...placed(1, 0, LOW, 0, 1), submit(12, 1, LOW, 0, 1)], {
    refused: [{ decision: () => ({ type: 'throttle', id: 0 }), step: 2 }],
    impossible: (accepted) => ({ ...accepted, id: 0 }),
  }),
  example('place', [submit(1, 0, LOW), submit(9, 1, HIGH), turn(10)], {
    refused: [
      { decision: (accepted) => ({ ...accepted, id: 1 }) },
      { decision: (accepted) => ({ ...accepted, machine: 1 }) },
    ],
    impossible: (accepted) => ({ ...accepted, machine: 2 }),
  }),
  example('start', [...placed(1, 0, HIGH), ...placed(2, 1, LOW), ...placed(3, 2, HIGH), finish(4, 0)], {
    refused: [{ decision: (accepted) => ({ ...accepted, id: 1 }) }],
    impossible: (accepted) => ({ ...accepted, id: 0 }),
  }),
  example('preempt', [...placed(1, 0, LOW), ...placed(1, 1, LOW, 1), ...placed(2, 2, HIGH)], {
    refused: [{ decision: (accepted) => ({ ...accepted, id: 1 }) }],
    impossible: (accepted) => ({ ...accepted, id: 2 }),
  }),
  example(
    'allocate',
    [...placed(1, 0, HIGH), ...placed(2, 1, HIGH, 1), ...placed(3, 2, LOW), resize(4, 0, 2)],
    {
      paging: { chunk: 2, reserve: 1 },
      refused: [{ decision: (accepted) => ({ ...accepted, id: 2 }) }],
      impossible: (accepted) => ({ ...accepted, memory: 2 }),
    },
  ),
  example('pageOut', [...placed(1, 0, LOW), resize(2, 0, 2), ...placed(3, 1, HIGH), resize(4, 1, 3)], {
    refused: [{ decision: (accepted) => ({ ...accepted, memory: 2 }) }],
    impossible: (accepted) => ({ ...accepted, memory: 3 }),
  }),
  example(
    'pageIn',
    [...placed(1, 0, LOW), ...placed(2, 1, LOW), ...placed(3, 2, HIGH), resize(4, 2, 4), finish(5, 2)],
    {
      refused: [{ decision: (accepted) => ({ ...accepted, id: 1 }) }],
      impossible: (accepted) => ({ ...accepted, memory: 2 }),
    },
  ),
  example(
    'kill',
    [...placed(1, 0, LOW), resize(2, 0, 2), ...placed(3, 1, LOW), ...placed(4, 2, HIGH), resize(5, 2, 4)],
    {
      refused: [
        { decision: (accepted) => ({ ...accepted, id: 0 }) },
        {
          decision: (accepted) => ({ ...accepted, bill: { ...accepted.bill, cost: accepted.bill.cost + 1 } }),
        },
      ],
      impossible: (accepted) => ({ ...accepted, id: 3 }),
    },
  ),
  example('kill', [...placed(1, 0, LOW), crash(2, 0), turn(3), crash(4, 1)], {
    refused: [{ decision: (accepted) => accepted, step: 4 }],
    impossible: (accepted) => ({ ...accepted, id: 1 }),
  }),
  example('complete', [...placed(1, 0, LOW), submit(2, 1, LOW), finish(5, 0)], {
    refused: [
      {
        decision: (accepted) => ({ ...accepted, bill: { ...accepted.bill, cpuMs: accepted.bill.cpuMs + 1 } }),
      },
    ],
    impossible: (accepted) => ({ ...accepted, id: 1 }),
  }),
  example('wake', [...placed(1, 0, HIGH), call(2, 0, 1), turn(2), finish(5, 1)], {
    refused: [{ decision: (accepted) => ({ ...accepted, outcome: 'failed' }) }],
    impossible: (accepted) => ({ ...accepted, id: 1 }),
  }),
  example('list', [], {
    refused: [
      { decision: (accepted) => ({ ...accepted, shard: 0 }) },
      { decision: (accepted) => ({ ...accepted, available: 3 }) },
    ],
    impossible: (accepted) => ({ ...accepted, machine: 0 }),
  }),
  example('relist', [...placed(1, 0, LOW), resize(2, 0, 2)], {
    refused: [{ decision: (accepted) => ({ ...accepted, available: 3 }) }],
    impossible: (accepted) => ({ ...accepted, machine: 1 }),
  }),
  example('unlist', [...placed(1, 0, LOW), resize(2, 0, 4)], {
    refused: [{ decision: () => ({ type: 'unlist', machine: 1, shard: 1 }) }],
    impossible: (accepted) => ({ ...accepted, shard: 1 }),
  }),
];
