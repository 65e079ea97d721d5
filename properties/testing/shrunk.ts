import { expect } from 'vitest';
import type { Scenario } from '../../model/configuration.ts';
import { readScenario } from '../../model/format/lines.ts';
import { scenarioText } from '../../model/format/write.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import { askedOf } from '../play/asked.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { type Shrunk, shrinkScenario } from '../shrinking/shrink.ts';
import { foundIn } from '../teeth/found.ts';
import { shortestOf } from '../teeth/shortest.ts';

/** What campaigns find of mutants, and how short it becomes: looked for once for all tests of a worker. */
const FOUND = new Map<string, Promise<Shrunk>>();
const SHORTEST = new Map<string, Promise<Shrunk>>();

/** @throws Error when there is none. */
export function mutantCalled(name: string): Mutant {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant === undefined) throw new Error(`no mutant is called ${name}`);
  return mutant;
}

/** What a campaign finds first by the rule of a mutant alone, as it finds it: looked for once. */
export function found(mutant: Mutant): Promise<Shrunk> {
  const { name, rule, create } = mutant;
  const known = FOUND.get(name) ?? foundIn({ scheduler: create() }, [rule]).then((first) => first!);
  FOUND.set(name, known);
  return known;
}

/** Only the rule of the mutant is judged. */
export const askedOfIt = ({ rule }: Mutant) => askedOf([rule]);

/** The same, shrunk once for all tests of a mutant. */
export function shrunkOnce(mutant: Mutant): Promise<Shrunk> {
  const known = SHORTEST.get(mutant.name) ?? shrunk(mutant);
  SHORTEST.set(mutant.name, known);
  return known;
}

/** What a campaign finds first by the rule of a mutant alone, shrunk. */
export async function shrunk(mutant: Mutant): Promise<Shrunk> {
  const { scenario, finding } = await found(mutant);
  return shrinkScenario(scenario, finding, { scheduler: mutant.create() }, { asked: askedOfIt(mutant) });
}

/** Whether a scenario, taken as a file, shows the fault of a mutant by its rule. */
export function fails(scenario: Scenario, mutant: Mutant): boolean {
  const { rule, create } = mutant;
  let readBack: Scenario;
  try {
    readBack = readScenario(scenarioText(scenario).trimEnd().split('\n'));
  } catch {
    return false;
  }
  const run = playScenario(readBack, { scheduler: create() }, emptyCampaignTally(), {
    property: rule,
    asked: askedOfIt(mutant),
  });
  return run.finding?.property === rule;
}

function* withOneStimulusLess({ config, stimuli }: Scenario): Generator<Scenario> {
  for (let index = 1; index < stimuli.length; index++) {
    yield { config, stimuli: stimuli.filter((_, i) => i !== index) };
  }
}

/** Every number but the ids of invocations, one less. */
function* withOneNumberLess(scenario: Scenario): Generator<Scenario> {
  const text = JSON.stringify(scenario);
  for (const { index, 1: key, 2: digits } of text.matchAll(/"(\w+)":(\d+)/g)) {
    if (key === 'id' || key === 'caller' || digits === '0') continue;
    const begin = index + key!.length + 3;
    yield JSON.parse(
      `${text.slice(0, begin)}${Number(digits) - 1}${text.slice(begin + digits!.length)}`,
    ) as Scenario;
  }
}

/** Expects that no stimulus can go from what is found of a mutant, and no number be lower. */
export async function expectLeast(name: string): Promise<void> {
  const mutant = mutantCalled(name);
  const { scenario } = await shrunkOnce(mutant);
  expect(fails(scenario, mutant)).toBe(true);
  const lesser = [...withOneStimulusLess(scenario), ...withOneNumberLess(scenario)];
  expect(lesser.length).toBeGreaterThan(scenario.stimuli.length);
  for (const less of lesser) {
    if (fails(less, mutant)) expect(less).toEqual(scenario);
  }
}

/** Expects that what is found of a mutant is as short as any that exploration finds. */
export async function expectShortest(name: string): Promise<void> {
  const mutant = mutantCalled(name);
  const { scenario } = await shrunkOnce(mutant);
  const { length } = scenario.stimuli;
  const sought = { property: mutant.rule, beside: [] };
  expect(await shortestOf(mutant, sought, length + 3)).not.toBeNull();
  expect(await shortestOf(mutant, sought, length - 1)).toBeNull();
}
