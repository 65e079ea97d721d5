import type { Stimulus } from '../../../../model/alphabet.ts';
import type { Configuration } from '../../../../model/configuration.ts';
import type { PropertyId } from '../../../../properties/catalogue.ts';

/** Small clusters in which a rule is about to be put to the test: what remains is to break it. */

const SMALL: Configuration = {
  classes: [
    { name: 'low', price: 1 },
    { name: 'high', price: 4 },
  ],
  memoryPrice: 1,
  machines: [{ cores: 1, ram: 300, swap: 200 }],
  shards: 1,
  kMachines: 1,
  kShards: 1,
  initialMemory: 100,
  idle: { enter: 100, leave: 50, memoryDrift: 100, functionsDrift: 2 },
  maxAttempts: 3,
  seed: 1,
  tenants: [{ budget: null }],
};

/** Paging takes time there: a disk moves 50 MB at a time. */
const IN_TIME: Configuration = { ...SMALL, paging: { chunk: 50, reserve: 50 } };

export const PAIR: Configuration = {
  ...SMALL,
  machines: [SMALL.machines[0]!, SMALL.machines[0]!],
  kMachines: 2,
};

/** Paging takes time there. */
export const PAIR_IN_TIME: Configuration = { ...PAIR, paging: { chunk: 1, reserve: 1 } };

/** No machine is ever on an idle list, so that shards poll. */
const UNLISTED: Configuration = { ...PAIR, idle: { ...SMALL.idle, enter: 1000, leave: 1000 } };

const POOR: Configuration = { ...SMALL, tenants: [{ budget: 1000, period: 1000, burstPercent: 0 }] };

const submit = (id: number, priceClass: number): Stimulus => ({
  ...{
    type: 'submit',
    id,
    tenant: 0,
    function: priceClass === 1 ? 'page' : 'batch',
    class: priceClass,
    shard: 0,
  },
});
const TURN: Stimulus = { type: 'turn', shard: 0 };
const finish = (id: number): Stimulus => ({ type: 'finish', id });
const grow = (id: number, demand: number): Stimulus => ({ type: 'resize', id, demand });

/** One that costs little has a core and most of the memory; one that costs more comes. */
const PRESSED = [submit(0, 0), TURN, grow(0, 250), submit(1, 1)];

/** What has happened, a stimulus a ms; the last is for the reader to answer. */
export interface Opening {
  readonly config: Configuration;
  readonly happened: readonly Stimulus[];
  /** What to try, in one sentence. */
  readonly hint: string;
  /** Whether other rules refuse all that breaks it, so that it has to be judged alone. */
  readonly isAlone?: boolean;
  /** Whether it is broken only once time has passed after it. */
  readonly isJudgedLater?: boolean;
}

const HEADS: Opening = {
  config: SMALL,
  happened: [submit(0, 1), TURN, submit(1, 0), submit(2, 1), TURN],
  hint: 'Two wait at the shard. Place the one whose price × wait is less.',
};

const PAGE_VIEW: Opening = {
  config: SMALL,
  happened: [...PRESSED, TURN],
  hint: 'A page has come while a batch job runs, and the two do not fit into RAM. Place the page, and then do too little, or the wrong thing.',
};

/** One runs, and another one is to be placed. */
const SECOND: Omit<Opening, 'hint'> = {
  config: SMALL,
  happened: [submit(0, 1), TURN, submit(1, 1), TURN],
};

/** For each rule and property that can be broken by decisions alone: where, and how. */
export const OPENINGS: Partial<Record<PropertyId, Opening>> = {
  'possible-decision': {
    config: SMALL,
    happened: [submit(0, 0)],
    hint: 'Start somebody who is not on any machine yet.',
  },
  'run-the-highest': {
    ...PAGE_VIEW,
    hint: 'Place the page, and end the step while the batch job still runs.',
  },
  'run-resident': {
    config: SMALL,
    happened: [...PRESSED, TURN, finish(1)],
    hint: 'The page has finished, and part of the batch job is in swap. Start it without that part, and end the step.',
    isAlone: true,
  },
  'start-highest': { ...PAGE_VIEW, hint: 'Place the page, and start it while its core is taken.' },
  'preempt-outranked': {
    config: SMALL,
    happened: [submit(0, 1), TURN, submit(1, 0), TURN],
    hint: 'The page runs and a batch job comes. Take the core from the page.',
  },
  'memory-bound': {
    ...PAGE_VIEW,
    hint: 'Place the page and let it have the core, but move nothing to swap, and end the step.',
  },
  'kill-iff': { ...PAGE_VIEW, hint: 'RAM and swap together hold both. Kill one of them all the same.' },
  'page-out-lowest': {
    ...PAGE_VIEW,
    hint: 'Place the page, and then move the memory of the wrong one to swap.',
  },
  'page-in-to-run': {
    config: SMALL,
    happened: [...PRESSED, TURN, { type: 'tick' }],
    hint: 'The batch job waits with a part of it in swap. Bring it back although it does not run.',
  },
  'grant-to-run': {
    config: IN_TIME,
    happened: [submit(0, 1), TURN],
    hint: 'Paging takes time here: whoever is placed has asked for its memory, and has none yet. Place the page, and end the step without giving it the RAM that is free.',
    isAlone: true,
  },
  'disk-works': {
    config: IN_TIME,
    happened: [...PRESSED, TURN],
    hint: 'Paging takes time here. Place the page, take the core from the batch job, give the page the RAM that is free, and end the step while the disk rests: the page lacks RAM that the batch job holds.',
  },
  answered: {
    config: SMALL,
    happened: [submit(0, 0)],
    hint: 'Somebody has come. End the step without an answer.',
  },
  admit: {
    config: SMALL,
    happened: [submit(0, 1)],
    hint: 'There is no budget to spend. Throttle it, or change its class.',
  },
  inherit: {
    config: SMALL,
    happened: [
      submit(0, 1),
      TURN,
      { type: 'call', caller: 0, id: 1, function: 'helper', class: 0, shard: 0 },
    ],
    hint: 'The page calls a helper that asks for the low class. Give it what it asks for, and end the step.',
  },
  'wake-caller': {
    config: SMALL,
    happened: [
      submit(0, 1),
      TURN,
      { type: 'call', caller: 0, id: 1, function: 'helper', class: 0, shard: 0 },
      TURN,
      finish(1),
    ],
    hint: 'The helper of a page has ended well. Complete it, and tell the page that it has failed.',
  },
  'place-greatest': HEADS,
  'bounded-overtaking': { ...HEADS, hint: `${HEADS.hint} Then end the step.` },
  'place-least-loaded': {
    config: PAIR,
    happened: [submit(0, 1), TURN, submit(1, 1), TURN],
    hint: 'One machine is empty and one is not. Place it on the fuller one.',
  },
  'idle-list-true': {
    config: SMALL,
    happened: [],
    hint: 'The machine has just come up. Put it on the list with wrong figures, or on none.',
  },
  'bill-exact': {
    config: SMALL,
    happened: [submit(0, 1), TURN, { type: 'tick' }, finish(0)],
    hint: 'It has finished. Ask a pico-cent too much of it.',
  },
  'budget-bound': {
    config: POOR,
    happened: [submit(0, 1), TURN, { type: 'tick' }, ...Array(9).fill({ type: 'tick' }), submit(1, 1)],
    hint: 'The budget of the tenant is spent, and another one comes. Let it in, and end the step.',
  },
  'no-priority-inversion': {
    ...PAGE_VIEW,
    hint: 'Place the page and make room for it, then end the step while the batch job still runs.',
  },
  'bounded-low-class-starvation': {
    config: {
      ...SMALL,
      classes: [
        { name: 'low', price: 3 },
        { name: 'high', price: 4 },
      ],
    },
    happened: [submit(0, 1), TURN, submit(1, 0), ...Array(6).fill({ type: 'tick' }), submit(2, 1), TURN],
    hint: 'The batch job has waited for long, the page has just come. Place the page first.',
  },
  'memory-never-exceeds-ram-plus-swap': {
    ...PAGE_VIEW,
    hint: 'Place the page, and end the step with more in RAM than there is.',
  },
  'kills-are-the-last-resort': {
    ...PAGE_VIEW,
    hint: 'RAM and swap together hold both. Kill one of them all the same.',
  },
  'nothing-swapped-for-a-lower-class': {
    ...PAGE_VIEW,
    hint: 'Place the page, move all of its memory to swap, and end the step.',
  },
  conservation: {
    config: SMALL,
    happened: [submit(0, 1)],
    hint: 'Somebody has come. End the step, and leave open where he is.',
    isAlone: true,
  },
  'bounded-preemption': {
    config: SMALL,
    happened: [submit(0, 1), TURN, { type: 'tick' }],
    hint: 'Nobody has come. Take the core from the one that runs, and end the step.',
  },
  'places-nobody-in-vain': {
    config: { ...SMALL, words: ['timeouts'] },
    happened: [submit(0, 1), { type: 'timeout', id: 0 }, TURN],
    hint: 'The client of the page has given up. Place it all the same, and end the step.',
  },
  'no-crowding-on-a-machine': {
    ...PAGE_VIEW,
    hint: 'Place the page, and end the step while the batch job still runs.',
  },
  'no-crowding-across-machines': {
    config: PAIR,
    happened: [submit(0, 1), TURN, submit(1, 0), TURN, submit(2, 1), TURN],
    hint: 'A page runs on machine 0, a batch job on machine 1. Place the next page behind the first one, and end the step. Then let time pass, and end that step, too.',
    isJudgedLater: true,
  },
  'no-crowding': {
    config: SMALL,
    happened: [submit(0, 0), submit(1, 1), TURN],
    hint: 'Place the batch job first, start it, and end the step. Then let time pass, and end that step, too.',
    isJudgedLater: true,
  },
  'hermod-least-loaded-of-k': {
    config: UNLISTED,
    happened: [submit(0, 1), TURN, submit(1, 1), TURN],
    hint: 'One machine is empty and one is not. Place it on the fuller one, and end the step.',
  },
  'openwhisk-home-before-spill': {
    config: PAIR,
    happened: [submit(0, 1), TURN],
    hint: 'Under OpenWhisk the home of this function is machine 1. Place it on machine 0, and end the step.',
  },
  'knative-central-queue': {
    config: SMALL,
    happened: [submit(0, 1)],
    hint: 'A core is free. Let it queue all the same, and end the step.',
  },
  'sparrow-launches-once': {
    config: { ...SMALL, words: ['reservations'] },
    happened: [submit(0, 1), TURN],
    hint: 'It has no place in any line. Place it all the same, and end the step.',
  },
  'jiq-lists-once': {
    config: SMALL,
    happened: [submit(0, 1), TURN],
    hint: 'Place it, leave its machine on the idle queue, and end the step.',
  },
  'jiq-idle-before-random': {
    config: PAIR,
    happened: [submit(0, 1), TURN],
    hint: 'Machine 0 joined the idle queue first. Place it on machine 1, and end the step.',
  },
  'aws-reserved-floor': {
    config: SMALL,
    happened: [submit(0, 1)],
    hint: 'A core is reserved for the highest class, and free. Let it queue all the same, and end the step.',
  },
  'aws-cap': {
    config: SMALL,
    happened: [submit(0, 1), TURN, submit(1, 1), TURN],
    hint: 'The one core is taken, and that is the limit. Place another one, and end the step.',
  },
  'kairos-runs-the-least-attained': {
    ...SECOND,
    hint: 'One has run for a while, another one has not run yet. Place it, and let it wait.',
  },
  'alps-runs-the-shortest-predicted': {
    ...SECOND,
    hint: 'One has run for longer than was predicted, another one comes. Place it, and let it wait.',
  },
  'srpt-runs-the-shortest-remaining': {
    ...SECOND,
    hint: 'One has run for longer than was expected, another one comes. Place it, and let it wait.',
  },
  'edf-earliest-deadline-first': {
    config: SMALL,
    happened: [submit(0, 1), { type: 'tick' }, submit(1, 1), TURN],
    hint: 'Two wait, and what they are worth is equal. Place the one that came later, and end the step.',
  },
};
