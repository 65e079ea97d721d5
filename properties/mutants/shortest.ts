import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Choices } from '../../model/explore/choices.ts';
import type { Expander, Visit } from '../../model/explore/expander.ts';
import { type BoundedInstance, configurationOf, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { search } from '../../model/explore/search.ts';
import { InputError } from '../../model/input-error.ts';
import { RULES } from '../../model/rules/index.ts';
import { emptyCampaignTally } from '../campaign/referee.ts';
import { playScenario } from '../campaign/run.ts';
import type { PropertyId } from '../catalogue.ts';
import { EXPLORED, explorable, headlineClaims } from '../exploration/expanders.ts';
import type { Mutant } from './mutant.ts';

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

/** An exploration that has found nothing ends here: most faults show long before. */
const MOST_STATES = 50_000;

/**
 * Explores a mutant breadth first, in one instance after the other, for the rule that its file names. What violates
 * another rule first is not followed, as a campaign for one property does not count it.
 *
 * @param most how many steps a counterexample may have.
 * @returns the steps of the shortest counterexample; null when none is as short.
 */
export async function shortestOf(mutant: Mutant, most: number): Promise<number | null> {
  if (!canBeExplored(mutant.rule)) return null;
  let best: number | null = null;
  for (const instance of INSTANCES) {
    best = (await shortestIn(instance, mutant, best === null ? most : best - 1)) ?? best;
  }
  return best;
}

function canBeExplored(property: PropertyId): boolean {
  return EXPLORED.includes(property) || RULES.some(({ id }) => id === property);
}

async function shortestIn(instance: BoundedInstance, mutant: Mutant, most: number): Promise<number | null> {
  const choices = new Choices();
  const scheduler = mutant.create((_generator, count, size) => choices.sample(count, size));
  const expander = new SchedulerExpander(instance, explorable(scheduler), choices, headlineClaims);
  try {
    const { counterexample } = await search(onlyViolationsOf(mutant.rule, expander), {
      // A step from a state at some depth makes a counterexample of one step more.
      goOn: async ({ depth, states }) => depth < most && states < MOST_STATES,
    });
    if (counterexample === null || counterexample.steps.length > most) return null;
    return failsFromTheStart(mutant, configurationOf(instance), counterexample.steps)
      ? counterexample.steps.length
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
function failsFromTheStart({ rule, create }: Mutant, config: Configuration, steps: readonly Step[]): boolean {
  const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
  const contestant = { scheduler: create() };
  for (let seed = 0; seed < MOST_SEEDS; seed++) {
    const { finding } = playScenario(
      { config: { ...config, seed }, stimuli },
      contestant,
      emptyCampaignTally(),
    );
    if (finding?.property === rule && finding.step === stimuli.length) return true;
  }
  return false;
}

function onlyViolationsOf(rule: string, expander: Expander): Expander {
  const filtered =
    (visit: Visit): Visit =>
    (successor, words) =>
      successor.wrong !== null && successor.wrong.rule !== rule ? true : visit(successor, words);
  return {
    packing: expander.packing,
    tally: expander.tally,
    boot: (visit) => expander.boot(filtered(visit)),
    expand: (words, offset, visit) => expander.expand(words, offset, filtered(visit)),
  };
}
