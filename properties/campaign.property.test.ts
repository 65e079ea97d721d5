import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readScenario } from '../model/format/lines.ts';
import { scenarioText } from '../model/format/write.ts';
import { referencePolicies } from '../reference-impl/xx/policies.ts';
import { createXX } from '../reference-impl/xx/xx.ts';
import { plans } from './arbitraries/plan.ts';
import { BLOCK } from './campaign/block.ts';
import { type CampaignOptions, runCampaign } from './campaign/campaign.ts';
import { blockSeed } from './campaign/seeds.ts';
import { CATALOGUE } from './catalogue.ts';
import { playPlan, playScenario } from './play/run.ts';
import { emptyCampaignTally } from './play/tally.ts';

const reference = { scheduler: createXX(), twin: createXX({ mode: 'immer' }) };

/** A wrong scheduler: of the machines polled it takes the fullest. */
const wrong = {
  scheduler: createXX({
    name: 'lowest-first',
    policies: { ...referencePolicies, chooseHead: (heads) => heads.at(-1)!.class },
  }),
};

function options(changes: Partial<CampaignOptions> = {}): CampaignOptions {
  return {
    contestant: reference,
    seed: 1,
    size: 'small',
    properties: [],
    wanted: (runs) => 150 - runs,
    onProgress: () => {},
    ...changes,
  };
}

describe('the reference', () => {
  for (const size of ['small', 'medium', 'large'] as const) {
    property.prop([plans(size)], { numRuns: size === 'large' ? 20 : 100 })(
      `does what the model permits and owes, in ${size} scenarios`,
      (plan) => {
        expect(playPlan(plan, reference, emptyCampaignTally()).finding).toBeNull();
      },
    );
  }
});

describe('a campaign', () => {
  test('tries the same scenarios again from the same seed', async () => {
    const once = await runCampaign(options());
    const again = await runCampaign(options());
    expect(again).toEqual(once);
    const other = await runCampaign(options({ seed: 2 }));
    expect(other.tally.steps).not.toBe(once.tally.steps);
  });

  property.prop([fc.maxSafeNat(), fc.nat(1000), fc.nat(1000)], { numRuns: 200 })(
    'gives every block a seed of its own',
    (seed, one, other) => {
      fc.pre(one !== other);
      expect(blockSeed(seed, one)).not.toBe(blockSeed(seed, other));
    },
  );

  test('stops within a block when it is told to', async () => {
    const { runs } = await runCampaign(options({ wanted: (done) => (done < 120 ? BLOCK : 0) }));
    expect(runs).toBe(150);
  });

  test('shrinks what it finds to a scenario that fails by itself, written and read back', async () => {
    const { violations } = await runCampaign(options({ contestant: wrong, wanted: () => BLOCK }));
    const { finding, scenario, stepsBeforeShrinking } = violations[0]!;
    expect(finding.property).toBe('place-greatest');
    expect(scenario.stimuli.length).toBeLessThanOrEqual(stepsBeforeShrinking);
    expect(scenario.stimuli.map(({ stimulus }) => stimulus.type)).toEqual([
      'boot',
      'submit',
      'submit',
      'turn',
    ]);
    const readBack = readScenario(scenarioText(scenario).trimEnd().split('\n'));
    const replayed = playScenario(readBack, wrong, emptyCampaignTally());
    expect(replayed.finding).toEqual(finding);
  });

  test('finds only what it was asked for', async () => {
    const { violations } = await runCampaign(options({ contestant: wrong, properties: ['memory-bound'] }));
    expect(violations).toEqual([]);
  });
});

describe('the catalogue', () => {
  test('names every property once, the three headline claims first', () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(CATALOGUE.slice(0, 3).map(({ name }) => name)).toEqual([
      'no priority inversion',
      'bounded low-class starvation',
      'memory never exceeding RAM plus swap',
    ]);
  });

  test('speaks in sentences', () => {
    for (const { sentence } of CATALOGUE) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});
