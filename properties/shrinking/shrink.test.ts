import { describe, expect, test } from 'vitest';
import {
  askedOfIt,
  expectLeast,
  expectShortest,
  fails,
  found,
  mutantCalled,
  shrunk,
  shrunkOnce,
} from '../testing/shrunk.ts';
import { shrinkScenario } from './shrink.ts';

/** Faults of several kinds: in who runs, what is swapped, whom a shard places, chains, money; others take longer. */
const SHRUNK = [
  'lifo-within-a-class',
  'pages-in-whoever-fits',
  'kills-the-second-lowest',
  'price-over-wait',
  'inheritance-ends-at-depth-two',
  'an-orphan-wakes-a-stranger',
  'paces-a-ms-ahead',
];

describe('what a campaign finds is shrunk until', () => {
  test.each(SHRUNK)('no stimulus can go, and no number be lower: %s', expectLeast);

  // Of the last one nothing more can be left out long before it is as short.
  test.each(['lifo-within-a-class', 'price-over-wait', 'counts-the-running-only'])(
    'it is as short as any that exploration finds: %s',
    expectShortest,
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
    expect(await shrunk(mutant)).toEqual(await shrunkOnce(mutant));
  });
});
