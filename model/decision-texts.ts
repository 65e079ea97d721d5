import type { Decision, DecisionType } from './alphabet.ts';

/** What each type of decision is, carries and does, in words: for the page that has all of it in one place. */

/** The fields of a decision, of all its variants, save its type. */
type FieldsOf<Type extends DecisionType> = Exclude<
  Extract<Decision, { type: Type }> extends infer One ? (One extends unknown ? keyof One : never) : never,
  'type'
>;

export interface DecisionText<Type extends DecisionType = DecisionType> {
  /** One sentence: who decides what. */
  readonly meaning: string;
  /** What each field says, with its unit. */
  readonly fields: Readonly<Record<FieldsOf<Type>, string>>;
  /** What changes, apart from the states of the charts; a sentence a line. */
  readonly effect: readonly string[];
}

const ID = 'the invocation';
const SHARD_OF_LIST = 'the shard that keeps the idle list';
const AVAILABLE = 'MB of RAM that no invocation on the machine claims';
const FUNCTIONS = 'the number of live invocations on the machine';
const BILL =
  'what it pays for its last attempt: `cpuMs` (ms on a core), `mbMs` (MB in RAM, times ms) and `cost` (pico-cents)';

const ENDS = [
  'It leaves its machine, and its memory there is freed. A machine that drains and is empty now is down.',
  'Its bill is closed.',
];

/** Every type of decision. */
export const DECISION_TEXTS: { readonly [Type in DecisionType]: DecisionText<Type> } = {
  enqueue: {
    meaning:
      'An invocation joins the multi-queue of its shard: when it is submitted, called, or lost in a crash.',
    fields: {
      id: ID,
      shard: 'the shard at which it waits',
      class: 'its effective class, an index into `classes`',
      degraded: 'whether it was degraded, by the budget of its tenant or because its caller was',
    },
    effect: [
      'It is the last in the queue of this class at this shard, has this class and this flag, and waits from now on.',
      'One more attempt is counted.',
    ],
  },
  throttle: {
    meaning: 'A root is turned away, because the budget of its tenant is spent.',
    fields: { id: ID },
    effect: ['It has ended without ever having run, and there is no bill.'],
  },
  place: {
    meaning: 'A shard takes one from its queues and binds it to a machine.',
    fields: {
      id: ID,
      shard: 'the shard at which it waits, and whose turn it is',
      machine: 'the machine that it goes to',
      via: 'how the machine was found: `idle-list` or `poll`',
      polled: 'with `poll` only: the machines that were asked',
    },
    effect: [
      'It leaves its queue, and lives on the machine with `initialMemory` MB in RAM, last in the order of arrival. Where paging takes time it has asked for them, and has none yet.',
      'Its meters begin at 0.',
      'Via the idle list, the entry of the machine counts one function more.',
    ],
  },
  start: {
    meaning: 'The scheduler of a machine gives an invocation a core.',
    fields: { id: ID },
    effect: ['It runs, and its cpu time is metered from now on.'],
  },
  preempt: {
    meaning: 'The scheduler of a machine takes the core from an invocation.',
    fields: { id: ID },
    effect: [
      'Its cpu time is no longer metered. It keeps its memory, and its place in the order of arrival.',
    ],
  },
  allocate: {
    meaning:
      'Where paging takes time: the dispatcher of a machine gives RAM to an invocation that has asked for it.',
    fields: { id: ID, memory: 'MB that it is given' },
    effect: ['It holds this much more in RAM, where memory is billed, and has asked for this much less.'],
  },
  pageOut: {
    meaning: 'The dispatcher of a machine moves memory of an invocation from RAM to swap.',
    fields: { id: ID, memory: 'MB that move' },
    effect: [
      'It holds this much less in RAM and this much more in swap, where memory costs nothing.',
      'Where paging takes time, the move begins: until the stimulus `paged` this much is held in both, and billed.',
    ],
  },
  pageIn: {
    meaning: 'The dispatcher of a machine moves memory of an invocation from swap to RAM.',
    fields: { id: ID, memory: 'MB that move' },
    effect: [
      'It holds this much more in RAM, where memory is billed, and this much less in swap.',
      'Where paging takes time, the move begins: until the stimulus `paged` this much is held in both.',
    ],
  },
  kill: {
    meaning: 'An invocation is ended: for memory, or because it was lost in crashes too often.',
    fields: {
      id: ID,
      reason:
        '`memory` (demands exceed RAM plus swap), `exceeds-machine` (it could never run there) or `attempts` (it was lost too often)',
      bill: BILL,
    },
    effect: [
      ...ENDS,
      'A caller that waits for it is about to be woken with the outcome `failed`; a callee that it waits for goes on as an orphan.',
    ],
  },
  complete: {
    meaning: 'An invocation that has returned is billed.',
    fields: { id: ID, bill: BILL },
    effect: [...ENDS, 'A caller that waits for it is about to be woken with the outcome `ok`.'],
  },
  wake: {
    meaning: 'A caller is told that the invocation that it waits for has ended.',
    fields: { id: 'the caller', outcome: 'how its callee has ended: `ok` or `failed`' },
    effect: ['It is the last in the order of arrival on its machine, and may run again.'],
  },
  list: {
    meaning: 'The dispatcher of a machine that has enough memory puts it on the idle list of a shard.',
    fields: {
      machine: 'the machine',
      shard: SHARD_OF_LIST,
      available: AVAILABLE,
      functions: FUNCTIONS,
      polled: 'the shards whose lists were looked at',
    },
    effect: ['The idle list has an entry for the machine, with these figures.'],
  },
  relist: {
    meaning: 'The dispatcher of a machine refreshes its entry, which has drifted too far.',
    fields: { machine: 'the machine', shard: SHARD_OF_LIST, available: AVAILABLE, functions: FUNCTIONS },
    effect: ['The entry of the machine has these figures.'],
  },
  unlist: {
    meaning:
      'The dispatcher of a machine that has too little memory, or takes no more work, withdraws its entry.',
    fields: { machine: 'the machine', shard: SHARD_OF_LIST },
    effect: ['The idle list has no entry for the machine.'],
  },
  reserve: {
    meaning: 'One that is queued takes a place in line at a machine.',
    fields: { id: ID, machine: 'the machine' },
    effect: [
      'It is the last in line there. It stays queued, and may have places at other machines.',
      'Its places end when it is placed, anywhere, or cancelled; and those at a machine when that one drains or crashes.',
    ],
  },
  release: {
    meaning: 'One that is queued gives up its place in line at a machine.',
    fields: { id: ID, machine: 'the machine' },
    effect: ['It has no place in line there.'],
  },
  probe: {
    meaning: 'A machine answers a shard that has asked it how loaded it is.',
    fields: {
      shard: 'the shard whose pool takes the answer',
      machine: 'the machine',
      inFlight: 'how many requests it says that it has',
      latencyMs: 'how long it says that one takes there, in ms',
    },
    effect: [
      'The pool of the shard has this answer of the machine, in place of the one before.',
      'It keeps it, also when the machine is gone, until it is forgotten or the shard restarts.',
    ],
  },
  forget: {
    meaning: 'A shard drops the answer of a machine from its pool.',
    fields: { shard: 'the shard whose pool it is', machine: 'the machine' },
    effect: ['The pool of the shard has no answer of the machine.'],
  },
  evict: {
    meaning: 'An invocation is taken off its machine and sent back to the queue of its shard.',
    fields: { id: ID },
    effect: [
      'It leaves its machine, and its memory there is freed. A machine that drains and is empty now is down.',
      'It is the last in the queue of its class at its shard, with its class and its flag as before, and waits from now on.',
      'One more attempt is counted, and what it has used in this one is not billed.',
      'Whoever waits for it goes on waiting; the one that it waits for goes on as an orphan.',
    ],
  },
  refuse: {
    meaning: 'A machine turns away one that a shard has offered it.',
    fields: { id: ID, machine: 'the machine' },
    effect: ['It stays where it is in its queue; that it was refused is counted.'],
  },
  cancel: {
    meaning: 'One that nobody waits for any more is ended.',
    fields: { id: ID, bill: BILL },
    effect: [
      'It leaves its queue, with its places in line, or its machine, and its memory there is freed. A machine that drains and is empty now is down.',
      'Its bill is closed.',
      'The one that it waits for goes on as an orphan.',
    ],
  },
};
