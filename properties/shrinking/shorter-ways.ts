import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import type { Invocation } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { impossibility } from '../../model/stimuli.ts';
import { PHASE } from '../../model/table.ts';
import { countOfIds } from '../../model/used-ids.ts';
import type { Run } from '../play/play.ts';
import { stateKey } from './state-key.ts';

/** A scenario of more stimuli is not worth it: there are too many ways that are shorter. */
const MOST_STIMULI = 13;

/**
 * How many stimuli are played in the small clusters of one machine, in the scenario's own, and in those of two
 * machines.
 */
const MOST_PLAYED = 25_000;

/** A way that nothing has failed on yet, and what may happen at its end. */
interface Way {
  readonly stimuli: readonly TimedStimulus[];
  readonly next: readonly TimedStimulus[];
}

/** The ways of one length through one cluster. */
interface Search {
  readonly config: Configuration;
  readonly seen: Set<string>;
  ways: Way[];
}

/**
 * Every shorter scenario, breadth first, in small clusters side by side, so that what fails first is the shortest of
 * all: first with one machine, where most faults show and least happens, then in the scenario's own cluster, then in
 * small ones of two machines, if it has several. Leaving things out leads to a scenario from which nothing more can be
 * left out; the shortest way to the same fault often is another one, through another cluster.
 *
 * Is told how each scenario went, and goes on from where it led unless another one of its cluster led there before.
 */
export function* shorterWays(scenario: Scenario): Generator<Scenario, void, Run | null> {
  const { config, stimuli } = scenario;
  if (stimuli.length > MOST_STIMULI) return;
  const usual = stimuli.filter(({ stimulus }) => USUAL.has(stimulus.type));
  yield* shorterWaysThrough(small(config, 1), { config, stimuli: usual }, stimuli.length);
  yield* shorterWaysThrough([config], scenario, stimuli.length);
  if (config.machines.length > 1) yield* shorterWaysThrough(small(config, 2), scenario, stimuli.length);
}

function* shorterWaysThrough(
  clusters: readonly Configuration[],
  scenario: Scenario,
  length: number,
): Generator<Scenario, void, Run | null> {
  const boot: TimedStimulus = { at: 0, stimulus: { type: 'boot' } };
  const searches = clusters.map(
    (config): Search => ({ config, seen: new Set(), ways: [{ stimuli: [], next: [boot] }] }),
  );
  let played = 0;
  for (let steps = 1; steps < length; steps++) {
    for (const search of searches) {
      const longer: Way[] = [];
      for (const { stimuli, next } of search.ways) {
        for (const timed of next) {
          played += steps;
          if (played > MOST_PLAYED) return;
          const way = [...stimuli, timed];
          const run = yield { config: search.config, stimuli: way };
          if (run === null) continue;
          const key = stateKey(run.state);
          if (search.seen.has(key)) continue;
          search.seen.add(key);
          longer.push({ stimuli: way, next: nextIn(run.state, scenario) });
        }
      }
      search.ways = longer;
    }
  }
}

/** RAM and swap of machines in which little is enough to be short of memory, or of nothing. */
const SIZES = [
  { ram: 1, swap: 0 },
  { ram: 1, swap: 1 },
  { ram: 2, swap: 0 },
  { ram: 2, swap: 1 },
  { ram: 2, swap: 2 },
  { ram: 3, swap: 2 },
] as const;

/**
 * Clusters that are like one, but of so many machines, all the same, small and all polled; without idle lists, and where there is no
 * swap also with them; of one shard, and of two classes at least.
 */
function small(config: Configuration, count: number): Configuration[] {
  const mostCores = Math.max(...config.machines.map(({ cores }) => cores));
  const classes = config.classes.length > 1 ? config.classes : [...config.classes, dearer(config)];
  return SIZES.flatMap(({ ram, swap }) =>
    (mostCores > 1 ? [1, 2] : [1]).flatMap((cores) =>
      [UNLISTED, ...(swap === 0 ? [config.idle, listedFrom(ram)] : [])].map((idle) => ({
        ...config,
        classes,
        machines: Array.from({ length: count }, () => ({ cores, ram, swap })),
        shards: 1,
        kShards: 1,
        kMachines: count,
        idle,
        initialMemory: 1,
      })),
    ),
  );
}

/** More than any machine of these clusters has free: none is on an idle list, and all are polled. */
const UNLISTED = { enter: 9, leave: 9, memoryDrift: 1, functionsDrift: 1 };

/** Machines stay on idle lists once they were wholly free, and what the lists say of them is seldom refreshed. */
function listedFrom(ram: number): Configuration['idle'] {
  return { enter: ram, leave: 0, memoryDrift: ram, functionsDrift: 2 };
}

function dearer({ classes }: Configuration): Configuration['classes'][number] {
  return { name: 'dearer', price: classes[0]!.price + 1 };
}

/**
 * What may happen in a state: submissions, turns, and whatever those that run can do; time passes if it does so in the
 * scenario; and what else happens in the scenario, as it does there.
 */
function nextIn(state: State, { stimuli }: Scenario): TimedStimulus[] {
  const { classes, shards } = state.config;
  const id = countOfIds(state.usedIds);
  const homes = Array.from({ length: shards }, (_, shard) =>
    classes.map((_, index) => ({ function: 'f', class: index, shard })),
  ).flat();
  const next: Stimulus[] = homes.map((home) => ({ type: 'submit', id, tenant: 0, ...home }));
  for (const [shard, { queued }] of state.shards.entries()) {
    if (queued > 0) next.push({ type: 'turn', shard });
  }
  for (const invocation of running(state)) {
    next.push({ type: 'resize', id: invocation.id, demand: invocation.demand + 1 });
    next.push({ type: 'finish', id: invocation.id });
    for (const home of homes) next.push({ type: 'call', caller: invocation.id, id, ...home });
  }
  for (const { stimulus } of stimuli) if (!USUAL.has(stimulus.type)) next.push(stimulus);
  const now = next
    .filter((stimulus) => impossibility(state, state.now, stimulus) === null)
    .map((stimulus) => ({ at: state.now, stimulus }));
  const waits = stimuli.at(-1)!.at > 0 && state.invocations.size > 0;
  return waits ? [...now, { at: state.now + 1, stimulus: { type: 'tick' } }] : now;
}

const USUAL = new Set<Stimulus['type']>(['boot', 'submit', 'turn', 'resize', 'finish', 'call', 'tick']);

function running({ byPhase }: State): Invocation[] {
  return byPhase[PHASE.running]!.toSorted((a, b) => a.id - b.id);
}
