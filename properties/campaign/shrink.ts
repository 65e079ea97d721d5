import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { BrokenScheduler, emptyCampaignTally } from './referee.ts';
import { type Contestant, playScenario, type Run } from './run.ts';

/** A scenario and what is wrong in it. */
export interface Shrunk {
  readonly scenario: Scenario;
  readonly finding: Finding;
}

/**
 * Reduces a failing scenario until nothing more can be taken away: first stimuli, in halves, quarters and so on down
 * to single ones (delta debugging, Zeller and Hildebrandt 2002), then numbers of the stimuli and of the
 * configuration, over and over until a round changes nothing. A reduction is kept when the same property fails.
 */
export function shrinkScenario(scenario: Scenario, finding: Finding, contestant: Contestant): Shrunk {
  let best: Shrunk = { scenario, finding };
  const keep = (candidate: Scenario): boolean => {
    const run = playedAgain(candidate, finding.property, contestant);
    if (run === null || run.finding === null || run.finding.property !== finding.property) return false;
    best = { scenario: run.scenario, finding: run.finding };
    return true;
  };
  keep(scenario);
  for (let changed = true; changed; ) {
    changed = false;
    if (dropStimuli(() => best.scenario, keep)) changed = true;
    if (lowerNumbers(() => best.scenario, keep, stimulusReductions)) changed = true;
    if (lowerNumbers(() => best.scenario, keep, configurationReductions)) changed = true;
  }
  return best;
}

/** Null when the scheduler breaks on the candidate, which then shows something else than what is being shrunk. */
function playedAgain(candidate: Scenario, property: PropertyId, contestant: Contestant): Run | null {
  try {
    return playScenario(candidate, contestant, emptyCampaignTally(), property);
  } catch (error) {
    if (error instanceof BrokenScheduler) return null;
    throw error;
  }
}

/** Takes away runs of stimuli, the longest first; never `boot`. */
function dropStimuli(current: () => Scenario, keep: (candidate: Scenario) => boolean): boolean {
  let changed = false;
  for (let length = current().stimuli.length >> 1; length >= 1; length >>= 1) {
    for (let start = current().stimuli.length - length; start >= 1; ) {
      const { config, stimuli } = current();
      if (keep({ config, stimuli: [...stimuli.slice(0, start), ...stimuli.slice(start + length)] })) {
        changed = true;
      }
      start = Math.min(start - length, current().stimuli.length - length);
    }
  }
  return changed;
}

/** Tries reductions from first to last, starting over after each that is kept. */
function lowerNumbers(
  current: () => Scenario,
  keep: (candidate: Scenario) => boolean,
  reductions: (scenario: Scenario) => Generator<Scenario>,
): boolean {
  let changed = false;
  for (let progress = true; progress; ) {
    progress = false;
    for (const candidate of reductions(current())) {
      if (keep(candidate)) {
        changed = true;
        progress = true;
        break;
      }
    }
  }
  return changed;
}

/** Smaller numbers to try for `value`: the least, then ever closer to `value`, so that a threshold is met by halving. */
function smaller(value: number, least: number): number[] {
  const candidates: number[] = [];
  for (let step = value - least; step >= 1; step = Math.floor(step / 2)) candidates.push(value - step);
  return candidates;
}

const LEAST: Partial<Record<string, number>> = { demand: 1, cores: 1, ram: 1 };

function* stimulusReductions({ config, stimuli }: Scenario): Generator<Scenario> {
  for (let index = 0; index < stimuli.length; index++) {
    for (const reduced of reducedTimes(stimuli, index)) yield { config, stimuli: reduced };
    const { at, stimulus } = stimuli[index]!;
    for (const [key, value] of Object.entries(stimulus)) {
      // Ids and machines name things: a smaller number would be another thing, not a smaller one.
      if (typeof value !== 'number' || NAMES.has(key)) continue;
      for (const less of smaller(value, LEAST[key] ?? 0)) {
        const reduced = { ...stimulus, [key]: less } as Stimulus;
        yield { config, stimuli: stimuli.with(index, { at, stimulus: reduced }) };
      }
    }
  }
}

const NAMES = new Set(['id', 'caller', 'machine']);

/** Lets less time pass before one stimulus, and moves all that follow with it. */
function* reducedTimes(stimuli: readonly TimedStimulus[], index: number): Generator<TimedStimulus[]> {
  const before = index === 0 ? 0 : stimuli[index - 1]!.at;
  const pause = stimuli[index]!.at - before;
  for (const less of smaller(pause, 0)) {
    const earlier = pause - less;
    yield stimuli.map((timed, i) => (i < index ? timed : { ...timed, at: timed.at - earlier }));
  }
}

function* configurationReductions({ config, stimuli }: Scenario): Generator<Scenario> {
  for (const reduced of reducedConfigurations(config)) yield { config: reduced, stimuli };
}

function* reducedConfigurations(config: Configuration): Generator<Configuration> {
  const { machines, classes, tenants } = config;
  for (let last = machines.length - 1; last >= 1; last--)
    yield { ...config, machines: machines.slice(0, last) };
  if (tenants.length > 1) yield { ...config, tenants: tenants.slice(0, -1) };
  if (classes.length > 1) yield { ...config, classes: classes.slice(0, -1) };
  for (const [index, tenant] of tenants.entries()) {
    if (tenant.budget !== null) {
      yield { ...config, tenants: tenants.with(index, { budget: null, period: 1, burstPercent: 0 }) };
    }
  }
  for (const key of ['shards', 'kMachines', 'kShards', 'initialMemory', 'maxAttempts'] as const) {
    for (const less of smaller(config[key], 1)) yield { ...config, [key]: less };
  }
  for (const key of ['memoryPrice', 'seed'] as const) {
    for (const less of smaller(config[key], 0)) yield { ...config, [key]: less };
  }
  for (const [index, machine] of machines.entries()) {
    for (const key of ['cores', 'ram', 'swap'] as const) {
      for (const less of smaller(machine[key], key === 'swap' ? 0 : 1)) {
        yield { ...config, machines: machines.with(index, { ...machine, [key]: less }) };
      }
    }
  }
  yield* reducedPrices(config);
}

/** Lower prices, as long as they stay strictly increasing. */
function* reducedPrices(config: Configuration): Generator<Configuration> {
  const { classes } = config;
  for (const [index, { name, price }] of classes.entries()) {
    const floor = index === 0 ? 1 : classes[index - 1]!.price + 1;
    for (const less of smaller(price, floor)) {
      yield { ...config, classes: classes.with(index, { name, price: less }) };
    }
  }
}
