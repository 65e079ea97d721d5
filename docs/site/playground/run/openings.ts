import type { Decision, Stimulus, TimedStimulus } from '../../../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../../../model/configuration.ts';
import type { PropertyId } from '../../../../properties/catalogue.ts';
import { MUTANTS } from '../../../../properties/mutants/index.ts';
import { createXX } from '../../../../reference-impl/xx/xx.ts';
import { HANDS, type Session, sessionOf, withPlayer } from './session.ts';

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

const PAIR: Configuration = {
  ...SMALL,
  machines: [SMALL.machines[0]!, SMALL.machines[0]!],
  kMachines: 2,
};

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
interface Opening {
  readonly config: Configuration;
  readonly happened: readonly Stimulus[];
  /** What to try, in one sentence. */
  readonly hint: string;
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

const OPENINGS: Partial<Record<PropertyId, Opening>> = {
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
};

/** A rule or a property that somebody is to break. */
export interface Goal {
  readonly property: PropertyId;
  /** What to try with empty hands; null where nobody can break it by decisions alone. */
  readonly hint: string | null;
  /** Wrong schedulers that break it. */
  readonly breakers: readonly Breaker[];
}

export type Breaker = Pick<(typeof MUTANTS)[number], 'name' | 'sentence'>;

export function goalOf(property: PropertyId): Goal {
  const breakers = MUTANTS.filter(({ rule }) => rule === property);
  return { property, hint: OPENINGS[property]?.hint ?? null, breakers };
}

/** Those that can be broken with empty hands. */
export const BREAKABLE: readonly PropertyId[] = Object.keys(OPENINGS) as PropertyId[];

/**
 * The table on which a goal can be reached with empty hands: what has happened, answered by XX, and the last stimulus
 * without an answer. Where no wrong scheduler breaks it, another rule refuses the same first: then it is judged alone.
 */
export function tableForHands({ property, breakers }: Goal): Session | null {
  const opening = OPENINGS[property];
  if (opening === undefined) return null;
  const { config, happened } = opening;
  const stimuli = timed([{ type: 'boot' }, ...happened]);
  const before = decisionsOfXX({ config, stimuli: stimuli.slice(0, -1) });
  return {
    ...{ title: `Try to break ${property}`, config, player: HANDS, stimuli },
    ...{ decisions: [...before, []], isOpen: true },
    properties: breakers.length === 0 ? [property] : [],
  };
}

/** The same table played by a scheduler that breaks it sooner or later. */
export function tableForBreaker({ property }: Goal, { name }: Breaker): Session {
  const { config, happened } = OPENINGS[property] ?? { config: PAIR, happened: [] };
  const stimuli = timed([{ type: 'boot' }, ...happened]);
  return withPlayer(sessionOf(`Try to break ${property}`, { config, stimuli }, 'xx'), name);
}

/** A stimulus a ms. */
function timed(stimuli: readonly Stimulus[]): TimedStimulus[] {
  return stimuli.map((stimulus, at) => ({ at, stimulus }));
}

function decisionsOfXX({ config, stimuli }: Scenario): Decision[][] {
  const xx = createXX();
  xx.reset(config);
  return stimuli.map(({ at, stimulus }) => xx.step(at, stimulus));
}
