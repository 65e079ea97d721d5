import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../model/configuration.ts';
import { readScenario } from '../../model/format/lines.ts';
import { scenarioText } from '../../model/format/write.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import { askedOf } from '../play/asked.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { foundIn } from '../teeth/found.ts';
import { shortestOf } from '../teeth/shortest.ts';
import { type Shrunk, shrinkScenario } from './shrink.ts';

/** Faults of several kinds: in who runs, what is swapped, who is killed, whom a shard places, chains, money, crashes. */
const SHRUNK = [
  'lifo-within-a-class',
  'pages-in-whoever-fits',
  'kills-the-second-lowest',
  'kills-one-a-step',
  'forgets-to-preempt-after-a-wake',
  'price-over-wait',
  'inheritance-ends-at-depth-two',
  'an-orphan-wakes-a-stranger',
  'paces-a-ms-ahead',
  'keeps-its-age-after-a-crash',
];

function mutantCalled(name: string): Mutant {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant === undefined) throw new Error(`no mutant is called ${name}`);
  return mutant;
}

/** What a campaign finds first by the rule of a mutant alone, as it finds it. */
async function found({ rule, create }: Mutant): Promise<Shrunk> {
  return (await foundIn({ scheduler: create() }, [rule]))!;
}

const askedOfIt = ({ rule }: Mutant) => askedOf([rule]);

async function shrunk(mutant: Mutant): Promise<Shrunk> {
  const { scenario, finding } = await found(mutant);
  return shrinkScenario(scenario, finding, { scheduler: mutant.create() }, { asked: askedOfIt(mutant) });
}

/** Whether a scenario, taken as a file, shows the fault of a mutant by its rule. */
function fails(scenario: Scenario, mutant: Mutant): boolean {
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

describe('what a campaign finds is shrunk until', () => {
  for (const name of SHRUNK) {
    test(`no stimulus can go, and no number be lower: ${name}`, async () => {
      const mutant = mutantCalled(name);
      const { scenario } = await shrunk(mutant);
      expect(fails(scenario, mutant)).toBe(true);
      const lesser = [...withOneStimulusLess(scenario), ...withOneNumberLess(scenario)];
      expect(lesser.length).toBeGreaterThan(scenario.stimuli.length);
      for (const less of lesser) {
        if (fails(less, mutant)) expect(less).toEqual(scenario);
      }
    });
  }

  // Of the last one nothing more can be left out long before it is as short.
  test.each(['lifo-within-a-class', 'kills-the-second-lowest', 'price-over-wait', 'counts-the-running-only'])(
    'it is as short as any that exploration finds: %s',
    async (name) => {
      const mutant = mutantCalled(name);
      const { scenario } = await shrunk(mutant);
      const { length } = scenario.stimuli;
      const sought = { property: mutant.rule, beside: [] };
      expect(await shortestOf(mutant, sought, length + 3)).not.toBeNull();
      expect(await shortestOf(mutant, sought, length - 1)).toBeNull();
    },
  );

  test('somebody interrupts: then the best so far is kept, which fails too', async () => {
    const mutant = mutantCalled('kills-one-a-step');
    const { scenario, finding } = await found(mutant);
    let asked = 0;
    const result = await shrinkScenario(
      scenario,
      finding,
      { scheduler: mutant.create() },
      { asked: askedOfIt(mutant), interrupted: () => ++asked > 2 },
    );
    expect(asked).toBe(3);
    expect(result.scenario.stimuli.length).toBeLessThan(scenario.stimuli.length);
    expect(fails(result.scenario, mutant)).toBe(true);
  });

  test('it is the same every time', async () => {
    const mutant = mutantCalled('an-orphan-wakes-a-stranger');
    expect(await shrunk(mutant)).toEqual(await shrunk(mutant));
  });
});
