import { type Coverage, coverageOf } from '../../model/coverage.ts';
import type { LeftOut } from '../../model/explore/expander.ts';
import { type Exploration, search } from '../../model/explore/search.ts';
import { type Walked, walk } from '../../model/explore/walk.ts';
import { refuseUnwritable } from '../../reference-impl/io/files.ts';
import { createGenerator, nextBelow } from '../../reference-impl/random.ts';
import { breathe } from '../breathe.ts';
import { createExpander, type Subject } from './expanders.ts';
import { BYTES_LEFT_FREE, freeBytes as freeOfMachine } from './memory.ts';
import { type ExplorationViolation, violationOf } from './violations.ts';

/** How walks choose among the ways out of a state. */
export const GUIDES = ['coverage', 'random'] as const;
export type Guide = (typeof GUIDES)[number];

/** What `xx check --walk` was asked for. */
export interface WalkCheckOptions extends Subject {
  /** How many states to go through. */
  readonly walk: number;
  readonly guide: Guide;
  readonly seed: number;
  readonly out: string;
  /** Up to how many states are explored, to know what fraction of them walks see; {@link MOST_KNOWN} unless given. */
  readonly mostKnown?: number;
}

export interface WalkWorld {
  readonly nowMs: () => number;
  readonly interrupted: () => boolean;
  readonly freeBytes?: () => number;
  readonly onProgress: (progress: { states: number; walked: number }) => void;
}

/** The states of the first levels, all of them known from an exploration, and how many of them walks have seen. */
export interface Known {
  /** Levels that are known whole; the state after `boot` is the first. */
  depth: number;
  states: number;
  seen: number;
  byDepth: { states: number; seen: number }[];
}

/** What walks report, as JSON has it. */
export interface WalkSummary {
  /** A scheduler, or `model`. */
  subject: string;
  instance: Subject['instance'];
  seed: number;
  guide: Guide;
  walks: number;
  /** States that were gone through. */
  walked: number;
  /** Steps judged: all out of these. */
  steps: number;
  /** Different states that these steps lead to. */
  states: number;
  shapes: number;
  /** Whether it ended before it had gone through as many as were asked for, and found nothing. */
  endedEarly: boolean;
  known: Known | null;
  leftOut: LeftOut;
  seconds: number;
  violations: ExplorationViolation[];
  coverage: Coverage;
}

/** So many states are known in a few seconds. */
export const MOST_KNOWN = 100_000;

/** Small batches, so that not many more states than these are explored. */
const KNOWN_BATCH = 64;

const ASKED_EVERY_BYTES = 64 * 1024 * 1024;

/**
 * Walks through an instance that is too large to be explored, judges every step out of the states on the way, and writes
 * the first way to something wrong. Then explores the first levels, and says what fraction of their states was seen. The
 * same seed walks the same way.
 *
 * @throws ExplorationError when there is no such instance, or the scheduler cannot be explored.
 */
export async function walkCheck(options: WalkCheckOptions, world: WalkWorld): Promise<WalkSummary> {
  const { instance, scheduler, seed, guide } = options;
  const expander = createExpander(options);
  refuseUnwritable(options.out);
  const startedAt = world.nowMs();
  const { freeBytes = freeOfMachine } = world;
  const generator = createGenerator(seed);
  const walked = await walk(expander, {
    ...{ steps: options.walk, guided: guide === 'coverage' },
    draw: (bound) => nextBelow(generator, bound),
    goOn: async (progress) => {
      await breathe();
      world.onProgress(progress);
      return !world.interrupted() && freeBytes() > BYTES_LEFT_FREE + ASKED_EVERY_BYTES;
    },
  });
  const { counterexample, visited, tally, leftOut, walks, steps, shapes } = walked;
  const known = counterexample === null ? await knownOf(options, world, walked) : null;
  const found = counterexample ?? known?.exploration.counterexample ?? null;
  return {
    ...{ subject: scheduler ?? 'model', instance, seed, guide, walks, walked: walked.walked, steps },
    ...{ states: visited.size, shapes, leftOut },
    endedEarly: counterexample === null && walked.walked < options.walk,
    known: known?.known ?? null,
    seconds: (world.nowMs() - startedAt) / 1000,
    violations: found === null ? [] : [violationOf(options, found)],
    coverage: coverageOf(tally, instance.paging !== undefined),
  };
}

/** Explores as many levels as there are states for. */
async function knownOf(
  options: WalkCheckOptions,
  world: WalkWorld,
  { visited }: Walked,
): Promise<{ known: Known; exploration: Exploration }> {
  const most = options.mostKnown ?? MOST_KNOWN;
  const exploration = await search(createExpander(options), {
    batch: KNOWN_BATCH,
    goOn: async ({ states }) => {
      await breathe();
      return !world.interrupted() && states <= most;
    },
  });
  const { visited: reached, pause } = exploration;
  // A level is whole once all of the one before it was expanded.
  const end = pause === null ? reached.size : pause.levelEnd;
  const byDepth: Known['byDepth'] = [];
  const depths = new Uint16Array(end);
  const words = new Int32Array(reached.width);
  for (let state = 0; state < end; state++) {
    const parent = reached.parentOf(state);
    depths[state] = parent < 0 ? 0 : depths[parent]! + 1;
    byDepth[depths[state]!] ??= { states: 0, seen: 0 };
    const level = byDepth[depths[state]!]!;
    level.states++;
    reached.read(state, words);
    if (visited.find(words, 0) >= 0) level.seen++;
  }
  const seen = byDepth.reduce((sum, level) => sum + level.seen, 0);
  return { known: { depth: byDepth.length, states: end, seen, byDepth }, exploration };
}
