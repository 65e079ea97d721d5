import { createHash, type Hash } from 'node:crypto';
import { STIMULUS_TYPES, type Stimulus, type TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { createGenerator, type Generator as Numbers, nextBelow } from '../../reference-impl/random.ts';
import { play } from '../../reference-impl/simulation/clock.ts';
import { sceneOf } from '../../reference-impl/simulation/figures/presets.ts';
import { configurationOfScene } from '../../reference-impl/simulation/figures/scene.ts';
import { synthesize } from '../../reference-impl/simulation/synthetic.ts';
import { type Choice, configurationFrom, stimulusFrom } from '../../reference-impl/xx/walk.ts';
import { createXX, type XX } from '../../reference-impl/xx/xx.ts';

/**
 * What the reference answers, as fingerprints: it promises the same bytes for the same input, so a build that answers
 * anything else than the build before is another scheduler, whether or not a rule objects. Each kind comes as several, the
 * first of them soon.
 */
export const ANSWERS: Readonly<Record<string, () => Generator<string>>> = {
  'in direct mode': () => walked('direct', 300),
  'in immer mode': () => walked('immer', 60),
  'in a simulation': simulated,
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
    const config = clusterFrom(generator);
    const xx = createXX({ mode });
    xx.reset(config);
    const middle = walk(xx, config, generator, hash);
    if (middle === null) continue;
    xx.restore(middle);
    note(hash, xx.inspect());
    walk(xx, config, generator, hash);
    note(hash, xx.history);
  }
  yield hash.digest('base64');
}

/** Every tenth cluster has prices, sizes and times at which sums leave the safe integers. */
function clusterFrom(generator: Numbers): Configuration {
  const config = configurationFrom(Array.from({ length: 60 }, () => nextBelow(generator, 10_000)));
  if (nextBelow(generator, 10) > 0) return config;
  const vast = 2 ** (20 + nextBelow(generator, 33));
  const tenants = config.tenants.map((tenant) =>
    tenant.budget === null ? tenant : { ...tenant, budget: tenant.budget * vast },
  );
  const inBounds = tenants.every(({ budget }) => budget === null || Number.isSafeInteger(budget));
  return {
    ...config,
    classes: config.classes.map(({ name, price }, index) => ({
      name,
      price: price + (vast - 1) * (index + 1),
    })),
    memoryPrice: config.memoryPrice * vast,
    ...(inBounds ? { tenants } : {}),
  };
}

/** @returns the state in the middle, for who can go back to it. */
function walk(xx: XX, config: Configuration, generator: Numbers, hash: Hash): XX['state'] | null {
  let middle: XX['state'] | null = null;
  for (let step = 0; step < STEPS; step++) {
    const choice = choiceFrom(generator);
    const wild = xx.state.booted && nextBelow(generator, 4) === 0;
    const { at, stimulus } = wild ? anything(xx, generator) : stimulusFrom(config, xx.state, choice);
    note(hash, answered(xx, at, stimulus));
    note(hash, xx.inspect());
    if (step === STEPS / 2) middle = structuredClone(xx.state);
  }
  return middle;
}

function choiceFrom(generator: Numbers): Choice {
  const kind = nextBelow(generator, 1000);
  const subject = nextBelow(generator, 20);
  const figure = nextBelow(generator, 30);
  const detail = nextBelow(generator, 30);
  const pause = nextBelow(generator, 40);
  const waitMs = pause === 0 ? 2 ** nextBelow(generator, 40) : pause < 20 ? 0 : nextBelow(generator, 60);
  return { kind, subject, figure, detail, waitMs };
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
    if (!(error instanceof InputError)) throw error;
    return error.message;
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

function note(hash: Hash, what: unknown): void {
  hash.update(JSON.stringify(what) ?? 'undefined');
}
