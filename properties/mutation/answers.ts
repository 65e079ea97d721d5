import { createHash, type Hash } from 'node:crypto';
import { STIMULUS_TYPES, type Stimulus, type TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Choices } from '../../model/explore/choices.ts';
import type { Visit } from '../../model/explore/expander.ts';
import { configurationOf, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { StateReader } from '../../model/explore/state-reader.ts';
import { Visited } from '../../model/explore/visited.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { createGenerator, type Generator as Numbers, nextBelow } from '../../reference-impl/random.ts';
import { play } from '../../reference-impl/simulation/clock.ts';
import { sceneOf } from '../../reference-impl/simulation/figures/presets.ts';
import { configurationOfScene } from '../../reference-impl/simulation/figures/scene.ts';
import { synthesize } from '../../reference-impl/simulation/synthetic.ts';
import { compareProducts, isAheadOfPace, isSafe } from '../../reference-impl/xx/exact.ts';
import { type Choice, configurationFrom, stimulusFrom } from '../../reference-impl/xx/testing-walk.ts';
import { createXX, type XX } from '../../reference-impl/xx/xx.ts';
import { enlarged, longestPauseOf, VASTNESSES, type Vastness } from '../arbitraries/vast.ts';
import { opinionsOnSamples } from './impossible-states.ts';

/**
 * What the reference answers, as fingerprints: it promises the same bytes for the same input, so a build that answers
 * anything else than the build before is another scheduler, whether or not a rule objects. Each kind comes as several, the
 * first of them soon.
 */
export const ANSWERS: Readonly<Record<string, () => Generator<string>>> = {
  'on samples': sampled,
  'in exact sums': summed,
  'where it is loaded': loaded,
  'in a simulation': simulated,
  'in direct mode': () => walked('direct', 300),
  'in immer mode': () => walked('immer', 60),
};

const STEPS = 80;
const WALKS_EACH = 20;

/** Random walks through small clusters, whatever is not possible on the way included. */
function* walked(mode: 'direct' | 'immer', walks: number): Generator<string> {
  let hash = createHash('sha256');
  for (let seed = 0; seed < walks; seed++) {
    if (seed > 0 && seed % WALKS_EACH === 0) {
      yield hash.digest('base64');
      hash = createHash('sha256');
    }
    const generator = createGenerator(seed);
    const ground = groundFrom(generator);
    const xx = createXX({ mode });
    xx.reset(ground.config);
    const middle = walk(xx, ground, generator, hash);
    note(hash, xx.history);
    if (middle === null) continue;
    xx.restore(middle);
    note(hash, xx.inspect());
    walk(xx, ground, generator, hash);
    note(hash, xx.history);
  }
  yield hash.digest('base64');
}

/** A cluster, and how long its pauses are: half are vast, where products round and sums leave the safe integers. */
interface Ground {
  readonly config: Configuration;
  readonly vastness: Vastness | null;
}

function groundFrom(generator: Numbers): Ground {
  const config = configurationFrom(Array.from({ length: 60 }, () => nextBelow(generator, 10_000)));
  if (nextBelow(generator, 2) === 0) return { config, vastness: null };
  const vastness = VASTNESSES[nextBelow(generator, VASTNESSES.length)]!;
  return { config: enlarged(config, vastness), vastness };
}

/** @returns the state in the middle, for callers that can go back to it. */
function walk(xx: XX, ground: Ground, generator: Numbers, hash: Hash): XX['state'] | null {
  let middle: XX['state'] | null = null;
  for (let step = 0; step < STEPS; step++) {
    const { at, stimulus } = nextFrom(xx, ground, generator);
    xx.prefetch?.(idsAround(xx));
    note(hash, answered(xx, at, stimulus));
    note(hash, xx.inspect());
    note(hash, [xx.state.usedIds, Object.isFrozen(xx.state.invocations)]);
    if (step === STEPS / 2) middle = structuredClone(xx.state);
  }
  return middle;
}

/** All that were ever used, and some that were not. */
function idsAround({ state }: XX): number[] {
  return Array.from({ length: 3 + (state.usedIds.ends.at(-1) ?? 0) }, (_, index) => index - 1);
}

function nextFrom(xx: XX, { config, vastness }: Ground, generator: Numbers): TimedStimulus {
  const choice = choiceFrom(generator, vastness);
  const wild = xx.state.booted ? nextBelow(generator, 8) : 8;
  if (wild === 0) return anything(xx, generator);
  const { at, stimulus } = stimulusFrom(config, xx.state, choice);
  if (wild === 1) return { at, stimulus: submissionOutOfOrder(xx, config, generator) };
  return { at, stimulus: inItsScale(stimulus, config) };
}

function choiceFrom(generator: Numbers, vastness: Vastness | null): Choice {
  const kind = nextBelow(generator, 1000);
  const subject = nextBelow(generator, 20);
  const figure = nextBelow(generator, 30);
  const detail = nextBelow(generator, 30);
  return { kind, subject, figure, detail, waitMs: pauseFrom(generator, vastness) };
}

function pauseFrom(generator: Numbers, vastness: Vastness | null): number {
  const kind = nextBelow(generator, 8);
  if (kind < 4) return 0;
  if (vastness === null) return nextBelow(generator, 60);
  const longest = longestPauseOf(vastness);
  return kind === 4 ? longest - nextBelow(generator, 3) : nextBelow(generator, 4);
}

/** Memory as large as the machines are, where they are vast. */
function inItsScale(stimulus: Stimulus, { machines }: Configuration): Stimulus {
  const unitMb = Math.max(1, Math.floor(machines[0]!.ram / 8));
  if (stimulus.type !== 'resize' || unitMb === 1) return stimulus;
  return { ...stimulus, demand: Math.min(Number.MAX_SAFE_INTEGER, stimulus.demand * unitMb) };
}

/** Into a gap that other ids have left, or beyond them; some of those ids are used. */
function submissionOutOfOrder(
  { state }: XX,
  { tenants, classes, shards }: Configuration,
  generator: Numbers,
): Stimulus {
  return {
    type: 'submit',
    id: nextBelow(generator, 6 + (state.usedIds.ends.at(-1) ?? 0)),
    tenant: nextBelow(generator, tenants.length),
    function: 'f',
    class: nextBelow(generator, classes.length),
    shard: nextBelow(generator, shards),
  };
}

/** A stimulus that is seldom possible. */
function anything({ state }: XX, generator: Numbers): TimedStimulus {
  const number = () => [-1, 0.5, 0, 1, 2, 3, 4, 7, 30][nextBelow(generator, 9)]!;
  const id = () => nextBelow(generator, 1 + (state.usedIds.ends.at(-1) ?? 0));
  const stimulus = {
    type: STIMULUS_TYPES[nextBelow(generator, STIMULUS_TYPES.length)]!,
    ...{ id: nextBelow(generator, 2) === 0 ? id() : number(), caller: id(), tenant: number(), function: 'f' },
    ...{ class: number(), shard: number(), machine: number(), demand: number(), memory: number() },
    ...{ cores: number(), ram: number(), swap: number() },
  } as Stimulus;
  return { at: state.now + (nextBelow(generator, 8) === 0 ? number() : 0), stimulus };
}

function answered(xx: XX, at: number, stimulus: Stimulus): unknown {
  try {
    return xx.step(at, stimulus);
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

/** More functions than a small cluster can place: queues grow long, and slots and ids come and go. */
function* simulated(): Generator<string> {
  const hash = createHash('sha256');
  const scene = { ...sceneOf('figure-4', 'paper-text'), machines: 3, shards: 2 };
  const workload = { ...scene.workload, cores: 3 * scene.cores, phases: [{ fromMs: 0, load: 1.5 }] };
  play({
    scheduler: createXX(),
    configuration: configurationOfScene(scene, 1),
    workload: synthesize({ ...workload, untilMs: Number.POSITIVE_INFINITY, functions: 2000, seed: 1 }),
    observer: (step) => note(hash, step),
  });
  yield hash.digest('base64');
}

/** Before it is reset, where it refuses, and in states that it is put into. */
function* loaded(): Generator<string> {
  for (const mode of ['direct', 'immer'] as const) {
    const hash = createHash('sha256');
    const xx = createXX({ mode });
    note(hash, answered(xx, 0, { type: 'boot' }));
    for (const snapshot of snapshots()) {
      xx.reset(configurationOf(QUOTED_INSTANCE));
      xx.load(snapshot);
      note(hash, xx.inspect());
      note(hash, xx.history);
      note(hash, Object.isFrozen(xx.state.invocations));
      note(hash, answered(xx, snapshot.now, { type: 'turn', shard: 0 }));
      for (let id = 0; id <= QUOTED_INSTANCE.invocations; id++) {
        const stimulus = { type: 'submit', id, tenant: 0, function: 'f', class: 0, shard: 0 } as const;
        note(hash, answered(xx, snapshot.now, stimulus));
      }
    }
    yield hash.digest('base64');
  }
}

const MOST_SNAPSHOTS = 200;

/** The first states of a small instance, breadth first. */
function* snapshots(): Generator<Snapshot> {
  const expander = new SchedulerExpander(QUOTED_INSTANCE, createXX(), new Choices());
  const { packing } = expander;
  const visited = new Visited(packing.words);
  const visit: Visit = (_successor, words) => {
    visited.add(words, 0, 0, 0);
    return true;
  };
  expander.boot(visit);
  for (let state = 0; state < Math.min(visited.size, MOST_SNAPSHOTS); state++) {
    expander.expand(visited.blockOf(state), visited.offsetOf(state), visit);
    yield new StateReader(packing).read(visited, state);
  }
}

function* sampled(): Generator<string> {
  yield JSON.stringify([...opinionsOnSamples()]);
}

/** The comparisons that must not round, on products as near to one another as may be. */
function* summed(): Generator<string> {
  const hash = createHash('sha256');
  const generator = createGenerator(1);
  const figure = () => {
    const near = MAGNITUDES[nextBelow(generator, MAGNITUDES.length)]! + nextBelow(generator, 5) - 2;
    return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, near));
  };
  for (let round = 0; round < 20_000; round++) {
    const [a, b] = [figure(), figure()];
    const [c, d] = nextBelow(generator, 4) === 0 ? [b, a] : [figure(), figure()];
    note(hash, Math.sign(compareProducts(a, b, c, d)));
    const period = 1 + nextBelow(generator, 4) * a;
    note(hash, isAheadOfPace(b, c, d, Math.min(period, Number.MAX_SAFE_INTEGER), nextBelow(generator, 120)));
    note(hash, isAheadOfPace(b, b, a, a, 0));
    note(hash, isSafe(a + b));
  }
  yield hash.digest('base64');
}

/** Roots and halves of the largest safe integer among them. */
const MAGNITUDES = [
  0,
  2,
  100,
  2 ** 20,
  2 ** 26,
  94_906_266,
  2 ** 32,
  2 ** 46,
  2 ** 52,
  Number.MAX_SAFE_INTEGER,
];

function note(hash: Hash, what: unknown): void {
  hash.update(JSON.stringify(what) ?? 'undefined');
}
