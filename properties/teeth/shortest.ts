import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { type BoundedInstance, configurationOf, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { search } from '../../model/explore/search.ts';
import { InputError } from '../../model/input-error.ts';
import { RULES } from '../../model/rules/index.ts';
import type { PropertyId } from '../catalogue.ts';
import { EXPLORED, expanderOf } from '../exploration/expanders.ts';
import { contestantOfMutant, type Mutant } from '../mutants/parts/mutant.ts';
import { type Asked, askedOf } from '../play/asked.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import type { Sought } from './sought.ts';

const ONE_MACHINE = { ...QUOTED_INSTANCE, machines: 1, kMachines: 1 };

/**
 * Where the shortest way to a fault is looked for: instances that together reach queues, cores, memory, swap, kills,
 * idle lists and samples. What takes budgets, crashes or machines that come and go is in none of them.
 */
export const INSTANCES: readonly BoundedInstance[] = [
  ONE_MACHINE,
  { ...ONE_MACHINE, ram: 1, swap: 1, maxDemand: 2 },
  { ...ONE_MACHINE, ram: 2, swap: 3, initialMemory: 2 },
  { ...ONE_MACHINE, prices: [1, 2, 3] },
  { ...ONE_MACHINE, cores: 2, ram: 4, swap: 2 },
  QUOTED_INSTANCE,
  { ...QUOTED_INSTANCE, enter: 3, leave: 0, memoryDrift: 3, functionsDrift: 2 },
  { ...QUOTED_INSTANCE, machines: 3, kMachines: 2, enter: 9, leave: 9, maxAge: 1 },
  { ...QUOTED_INSTANCE, shards: 2, maxAge: 1 },
];

const IN_TIME = {
  ...ONE_MACHINE,
  swap: 3,
  maxAge: 0,
  calls: true,
  paging: { chunk: 1, reserve: 1 },
} satisfies BoundedInstance;

/** The same for what only paging that takes time can show: exchanges of full RAM, antagonists, kills, loans of cores. */
export const INSTANCES_IN_TIME: readonly BoundedInstance[] = [
  { ...IN_TIME, ram: 2, swap: 2, invocations: 2, maxDemand: 2, antagonists: [0, 1, 2] },
  { ...IN_TIME, ram: 2, swap: 2, antagonists: [0, 1, 2] },
  { ...IN_TIME, antagonists: [0, 1] },
  { ...IN_TIME, paging: { chunk: 2, reserve: 1 }, antagonists: [0, 1] },
  { ...IN_TIME, ram: 2, swap: 1, maxDemand: 2, paging: { chunk: 2, reserve: 2 }, antagonists: [0, 1] },
  { ...IN_TIME, cores: 2, ram: 3, antagonists: [0, 1] },
  { ...IN_TIME, cores: 2, ram: 4, antagonists: [0, 2] },
  { ...IN_TIME, invocations: 4, maxDemand: 2 },
  {
    ...IN_TIME,
    invocations: 4,
    cores: 2,
    maxDemand: 2,
    paging: { chunk: 2, reserve: 1 },
    antagonists: [0, 1],
  },
  { ...IN_TIME, invocations: 4, cores: 2, ram: 4, paging: { chunk: 2, reserve: 1 } },
  {
    ...IN_TIME,
    ram: 4,
    swap: 4,
    maxDemand: 4,
    initialMemory: 2,
    shrink: true,
    paging: { chunk: 2, reserve: 1 },
    antagonists: [0, 3],
  },
  { ...IN_TIME, cores: 2, ram: 4, initialMemory: 2, shrink: true, paging: { chunk: 2, reserve: 1 } },
];

/** An exploration that has found nothing ends here: most faults show long before. */
const MOST_STATES = 50_000;

/**
 * Explores a mutant breadth first, in one instance after the other, for one property on its own evidence.
 *
 * @param most how many steps a counterexample may have.
 * @returns the steps of the shortest counterexample; null when none is as short.
 */
export async function shortestOf(mutant: Mutant, sought: Sought, most: number): Promise<number | null> {
  if (!EXPLORED.includes(sought.property) && !RULES.some(({ id }) => id === sought.property)) return null;
  let best: number | null = null;
  const instances = mutant.inTime === true ? INSTANCES_IN_TIME : INSTANCES;
  for (const instance of instances) {
    best = (await shortestIn(instance, mutant, sought, best === null ? most : best - 1)) ?? best;
  }
  return best;
}

async function shortestIn(
  instance: BoundedInstance,
  mutant: Mutant,
  { property, beside }: Sought,
  most: number,
): Promise<number | null> {
  const asked = askedOf([property, ...beside]);
  try {
    const { counterexample } = await search(expanderOf(instance, mutant.create, asked), {
      // A step from a state at some depth makes a counterexample of one step more.
      goOn: async ({ depth, states }) => depth < most && states < MOST_STATES,
    });
    if (counterexample === null || counterexample.steps.length > most) return null;
    const steps = counterexample.steps.length;
    return failsFromTheStart(mutant, property, asked, configurationOf(instance), counterexample.steps)
      ? steps
      : null;
  } catch (error) {
    // What decides by more than its state cannot be explored.
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** With how many seeds a scenario is played to have the samples that exploration chose. */
const MOST_SEEDS = 256;

/**
 * Whether a scenario fails when it is played from its beginning. What remembers more than the state that it is put into
 * may fail in an exploration only; and where samples are drawn, it takes a seed that draws them.
 */
function failsFromTheStart(
  mutant: Mutant,
  property: PropertyId,
  asked: Asked,
  config: Configuration,
  steps: readonly Step[],
): boolean {
  const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
  const contestant = contestantOfMutant(mutant);
  for (let seed = 0; seed < MOST_SEEDS; seed++) {
    const scenario = { config: { ...config, seed }, stimuli };
    const { finding } = playScenario(scenario, contestant, emptyCampaignTally(), { asked });
    if (finding?.property === property && finding.step === stimuli.length) return true;
  }
  return false;
}
