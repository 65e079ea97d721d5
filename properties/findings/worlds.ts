import { isDeepStrictEqual } from 'node:util';
import type { Stimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { PHASE } from '../../model/table.ts';
import { createGenerator, type Generator, nextBelow } from '../../reference-impl/random.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { Watch } from './watch.ts';

/** A small cluster, and what happens in it: where something is looked for at random. */
export interface World {
  readonly config: Configuration;
  /** How often each happens, relative to the others; what is not named does not. */
  readonly weights: Readonly<Partial<Record<Happening, number>>>;
  /** Where memory is to be ample, what is left of a machine's RAM however small a scenario is made. */
  readonly leastRamMb?: number;
  /** Demands are drawn up to this. */
  readonly mostDemandMb: number;
  /** Stimuli in a run, beside `boot`. */
  readonly steps: number;
}

/** `arrival`: a submission and, at once, the turn that places it. `grow` may shrink as well; `paged` ends a transfer. */
export type Happening =
  | 'submit'
  | 'arrival'
  | 'turn'
  | 'grow'
  | 'finish'
  | 'call'
  | 'antagonist'
  | 'paged'
  | 'time';

const NEVER_LISTED_MB = 1_000;

/** Where there has to be a class between the two. */
export const THREE_CLASSES: Configuration['classes'] = [
  { name: 'low', price: 1 },
  { name: 'mid', price: 2 },
  { name: 'high', price: 4 },
];

/** Two machines of one core, 6 MB of RAM and 4 MB of swap; low and high; every poll asks all; no machine is ever on an idle list. */
export function smallCluster(changes: Partial<Configuration> = {}): Configuration {
  const machines = changes.machines ?? equalMachines(2, 1, 6, 4);
  return {
    classes: [
      { name: 'low', price: 1 },
      { name: 'high', price: 4 },
    ],
    memoryPrice: 0,
    shards: 1,
    kMachines: machines.length,
    kShards: 1,
    initialMemory: 1,
    idle: {
      enter: NEVER_LISTED_MB,
      leave: 0,
      memoryDrift: NEVER_LISTED_MB,
      functionsDrift: NEVER_LISTED_MB,
    },
    maxAttempts: 2,
    seed: 0,
    tenants: [{ budget: null }],
    ...changes,
    machines,
  };
}

export function equalMachines(
  count: number,
  cores: number,
  ram: number,
  swap: number,
): Configuration['machines'] {
  return Array.from({ length: count }, () => ({ cores, ram, swap }));
}

/** The stimuli that each brings. */
const STIMULI: Readonly<Record<Happening, readonly Stimulus['type'][]>> = {
  submit: ['submit'],
  arrival: ['submit', 'turn'],
  turn: ['turn'],
  grow: ['resize'],
  finish: ['finish'],
  call: ['call'],
  antagonist: ['antagonist'],
  paged: ['paged'],
  time: [],
};

/**
 * Whether a scenario, which may have been made smaller, is still about the same: it has the classes, the shards and
 * the thresholds of the world, and nothing happens in it that does not happen there; memory is ample if it is there; every poll asks all machines, so that nothing is due to chance.
 */
export function isOfWorld({ config, stimuli }: Scenario, world: World): boolean {
  const { classes, idle, shards } = world.config;
  const types = new Set<Stimulus['type']>(['boot', 'tick']);
  for (const happening of Object.keys(world.weights) as Happening[]) {
    for (const type of STIMULI[happening]) types.add(type);
  }
  return (
    isDeepStrictEqual(config.classes, classes) &&
    stimuli.every(({ stimulus }) => types.has(stimulus.type)) &&
    config.machines.every(({ ram }) => ram >= (world.leastRamMb ?? 1)) &&
    isDeepStrictEqual(config.idle, idle) &&
    config.shards === shards &&
    config.kMachines >= config.machines.length
  );
}

/** A scenario drawn at random while a scheduler plays it, since only what runs can grow, call or finish. */
export function wander(world: World, seed: number, scheduler: Scheduler): Scenario {
  const generator = createGenerator(seed);
  const watched = new Watch(world.config, scheduler, () => () => null);
  let at = 0;
  let nextId = 0;
  watched.play({ at, stimulus: { type: 'boot' } });
  for (let step = 0; step < world.steps; step++) {
    const happening = draw(generator, world.weights);
    if (happening === 'time') at += 1 + nextBelow(generator, 3);
    for (const stimulus of stimuliOf(happening, watched, world, generator, nextId)) {
      watched.play({ at, stimulus });
      if ('function' in stimulus) nextId++;
    }
  }
  watched.play({ at: at + 1, stimulus: { type: 'tick' } });
  return watched.scenario;
}

function draw(generator: Generator, weights: World['weights']): Happening {
  const named = Object.entries(weights) as [Happening, number][];
  let left = nextBelow(
    generator,
    named.reduce((sum, [, weight]) => sum + weight, 0),
  );
  for (const [happening, weight] of named) {
    left -= weight;
    if (left < 0) return happening;
  }
  throw new Error('weights add up to what they add up to');
}

/** None where no invocation could do it. */
function stimuliOf(
  happening: Happening,
  { state }: Watch,
  { config, mostDemandMb }: World,
  generator: Generator,
  id: number,
): Stimulus[] {
  const shard = nextBelow(generator, config.shards);
  const priceClass = nextBelow(generator, config.classes.length);
  const submit = (): Stimulus => {
    const tenant = nextBelow(generator, config.tenants.length);
    return { type: 'submit', id, tenant, function: 'f', class: priceClass, shard };
  };
  const runs = state.byPhase[PHASE.running]!;
  const one = runs.length === 0 ? undefined : runs[nextBelow(generator, runs.length)];
  switch (happening) {
    case 'submit':
      return [submit()];
    case 'arrival':
      return [submit(), { type: 'turn', shard }];
    case 'turn':
      return [{ type: 'turn', shard }];
    case 'antagonist': {
      const machine = nextBelow(generator, config.machines.length);
      return [
        { type: 'antagonist', machine, memory: nextBelow(generator, config.machines[machine]!.ram + 1) },
      ];
    }
    case 'paged': {
      const [machine] = state.transferring;
      return machine === undefined ? [] : [{ type: 'paged', machine: machine.id }];
    }
    case 'time':
      return [{ type: 'tick' }];
    case 'grow':
      if (one === undefined) return [];
      return [{ type: 'resize', id: one.id, demand: 1 + nextBelow(generator, mostDemandMb) }];
    case 'finish':
      return one === undefined ? [] : [{ type: 'finish', id: one.id }];
    case 'call':
      if (one === undefined) return [];
      return [{ type: 'call', caller: one.id, id, function: 'g', class: priceClass, shard }];
  }
}
