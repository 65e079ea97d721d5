import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { type Counterexample, search } from '../../model/explore/search.ts';
import type { PropertyId } from '../catalogue.ts';
import { expanderOf } from '../exploration/expanders.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import {
  freeSwapMb,
  nextIn,
  overMb,
  pagesBy,
  type Scene,
  shares,
  stays,
  swapped,
  type Transfer,
} from '../mutants/parts/pager.ts';
import { planted } from '../mutants/parts/planted.ts';
import { askedOf } from '../play/asked.ts';

/** One machine of one core, which pages 1 MB at a time and keeps 1 MB of its swap free for exchanges. */
export const ONE: BoundedInstance = {
  ...QUOTED_INSTANCE,
  ...{ machines: 1, kMachines: 1, maxAge: 0, swap: 3, paging: { chunk: 1, reserve: 1 } },
};
const TWO_CORES = { ...ONE, cores: 2 };
const EXCHANGE = { ...ONE, invocations: 2, ram: 2, swap: 2, antagonists: [0, 1] };
const WHOLE_CHUNKS = { ...ONE, invocations: 4, ram: 4, initialMemory: 2, maxDemand: 4 };

export function named(name: string): Mutant['create'] {
  return MUTANTS.find((mutant) => mutant.name === name)!.create;
}

/** A disk that moves exactly a chunk, or what is left to move if that is less. */
export const wholeChunks: Mutant['create'] = (sample) =>
  planted('whole-chunks', pagesBy({ transfer: (scene) => wholeIn(scene) ?? wholeOut(scene) }), sample);

function wholeIn(scene: Scene): Transfer | null {
  const next = nextIn(scene);
  if (next === null) return null;
  const { slot, mb: share } = shares(scene).find((one) => one.slot === next.slot)!;
  const mb = Math.min(swapped(scene.state.invocations[slot]!), scene.xx.config.paging!.chunk);
  return mb <= share ? { ...next, mb } : null;
}

function wholeOut(scene: Scene): Transfer | null {
  const [slot] = scene.pageOutOrder;
  const due = overMb(scene);
  if (slot === undefined || due < 1) return null;
  const mb = Math.min(stays(scene.state.invocations[slot]!), due, scene.xx.config.paging!.chunk);
  return mb <= freeSwapMb(scene) ? { type: 'pageOut', slot, mb } : null;
}

// biome-ignore format: a table, a row a line
export const WAYS: readonly [string, PropertyId, Mutant['create'], BoundedInstance, number | null][] = [
  ['to a dead end, where demands may count on all of the swap', 'disk-works', named('counts-on-the-reserve'), EXCHANGE, 8],
  ['to it without an antagonist, on two cores', 'disk-works', named('counts-on-the-reserve'), { ...TWO_CORES, ram: 2, swap: 1 }, 7],
  ['to it without an antagonist, on one core', 'disk-works', named('counts-on-the-reserve'), { ...ONE, invocations: 4, ram: 2, swap: 1, maxDemand: 2 }, 9],
  ['to a dead end, where the disk moves whole chunks of more than the reserve', 'disk-works', wholeChunks, { ...WHOLE_CHUNKS, paging: { chunk: 2, reserve: 1 } }, 10],
  ['to it with a reserve of a chunk: there is none', 'disk-works', wholeChunks, { ...WHOLE_CHUNKS, paging: { chunk: 2, reserve: 2 } }, null],
  ['to a second kill, where a dying chunk still counts', 'kill-iff', named('kills-for-a-dying-chunk'), { ...EXCHANGE, antagonists: [0, 2] }, 5],
  ['to it without an antagonist', 'kill-iff', named('kills-for-a-dying-chunk'), { ...ONE, invocations: 4, ram: 2, swap: 2, maxDemand: 2 }, 7],
  ['to it without an antagonist, if all begin with 2 MB', 'kill-iff', named('kills-for-a-dying-chunk'), { ...ONE, invocations: 4, swap: 2, initialMemory: 2 }, 6],
  ['to a victim that has a core on loan', 'run-the-highest', named('lends-a-core-to-victims'), { ...ONE, antagonists: [0, 1] }, 5],
  ['to room that is made first', 'page-out-lowest', named('makes-room-before-it-pages-in'), TWO_CORES, 10],
  ['to it with an antagonist', 'page-out-lowest', named('makes-room-before-it-pages-in'), { ...TWO_CORES, antagonists: [0, 1, 2] }, 9],
  ['to it if all begin with 2 MB', 'page-out-lowest', named('makes-room-before-it-pages-in'), { ...TWO_CORES, ram: 4, swap: 4, initialMemory: 2 }, 9],
  ['to memory that comes in for the lower one first', 'page-in-to-run', named('pages-in-the-lowest-first'), TWO_CORES, 11],
  ['to RAM that a better one waits for', 'grant-to-run', named('grants-without-shares'), TWO_CORES, 9],
  ['to it if all begin with 2 MB', 'grant-to-run', named('grants-without-shares'), { ...TWO_CORES, ram: 4, initialMemory: 2 }, 8],
];

/** A way that is explored in a moment; the others take longer. */
export const isShort = ([, , , , stimuli]: (typeof WAYS)[number]): boolean =>
  stimuli !== null && stimuli <= MOST_SHORT;

const MOST_SHORT = 8;

/** To where an outgoing chunk that counts as kept changes who is to run. */
export const TO_ANOTHER_SET = 10;

/** An exploration that has found nothing ends here. */
const MOST_STATES = 60_000;

export const goOn = async ({ states }: { states: number }) => states < MOST_STATES;

/** Stimuli, without `boot`, of the shortest way to a violation of one rule, whatever else is wrong; null: there is none. */
export async function stimuliTo(
  rule: PropertyId,
  create: Mutant['create'],
  instance: BoundedInstance,
): Promise<number | null> {
  const { counterexample } = await search(expanderOf(instance, create, askedOf([rule])), { goOn });
  return lengthOf(counterexample);
}

export function lengthOf(counterexample: Counterexample | null): number | null {
  return counterexample === null ? null : counterexample.steps.length - 1;
}
