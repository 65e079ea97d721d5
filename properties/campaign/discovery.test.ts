import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createGenerator, nextUnit } from '../../reference-impl/random.ts';
import { discoveryOf } from './discovery.ts';
import { addSightings, noSightings, type Sightings, sight } from './sightings.ts';

const FEATURES = 12;
/** What each run has met. */
const runs = fc.array(fc.uniqueArray(fc.nat(FEATURES - 1)), { maxLength: 8 });

function sightingsOf(met: readonly (readonly number[])[], from = 0): Sightings {
  const sightings = noSightings(FEATURES);
  for (const [index, features] of met.entries()) {
    for (const feature of features) sight(sightings, feature, from + index + 1);
  }
  return sightings;
}

describe('sightings', () => {
  test.prop([runs])('know who met what was met once or twice, and no more of what was met often', (met) => {
    const { times, first, second } = sightingsOf(met);
    for (let feature = 0; feature < FEATURES; feature++) {
      const who = met.flatMap((features, index) => (features.includes(feature) ? [index + 1] : []));
      expect(times[feature]).toBe(Math.min(who.length, 3));
      expect([first[feature], second[feature]]).toEqual(
        who.length === 1 ? [who[0], 0] : who.length === 2 ? who : [0, 0],
      );
    }
  });

  test.prop([runs, runs, runs])('of blocks of runs add up to those of all runs, in any order', (a, b, c) => {
    const blocks = [sightingsOf(a), sightingsOf(b, a.length), sightingsOf(c, a.length + b.length)];
    const whole = sightingsOf([...a, ...b, ...c]);
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const sum = noSightings(FEATURES);
      for (const index of order) addSightings(sum, blocks[index]!);
      expect(sum).toEqual(whole);
    }
  });
});

describe('what is left', () => {
  test('is not known before the first run', () => {
    expect(discoveryOf(0, noSightings(FEATURES))).toBeNull();
  });

  test('is estimated by the runs that met something alone, and not by how much they met', () => {
    const { alone, somethingNew } = discoveryOf(4, sightingsOf([[0, 1, 2], [3], [3, 4], [3]]))!;
    expect([alone, somethingNew.estimate]).toEqual([2, 2 / 4]);
  });

  test('is never said to be nothing', () => {
    const { somethingNew, somethingWrong } = discoveryOf(1000, sightingsOf([[0], [0], [0]]))!;
    expect(somethingNew).toMatchObject({ estimate: 0, least: 0 });
    expect(somethingNew.most).toBeCloseTo(3.84 / 1000, 4);
    expect(somethingWrong.most).toBeCloseTo(0.00299, 5);
  });

  test('is less certain where more was met by two runs only', () => {
    const rare = discoveryOf(6, sightingsOf([[0], [1], [2], [0], [1], [2]]))!.somethingNew;
    const common = discoveryOf(6, sightingsOf([[0], [0], [0], [0], [0], [0]]))!.somethingNew;
    expect(rare.most).toBeGreaterThan(common.most);
  });

  test('lies within the interval in at least 95 of 100 samples of things that are more and less rare', () => {
    const generator = createGenerator(1);
    // Zipf's law, with which the things that are met in a campaign are about as rare as here.
    const probabilities = Array.from({ length: 300 }, (_, rank) => 0.5 / (rank + 1));
    const samples = 400;
    const length = 150;
    let within = 0;
    // Drawn are the runs between two sightings of the same, which is as if each run were drawn by itself.
    for (let sample = 0; sample < samples; sample++) {
      const sightings = noSightings(probabilities.length);
      for (const [species, probability] of probabilities.entries()) {
        const missing = () => Math.floor(Math.log(1 - nextUnit(generator)) / Math.log(1 - probability));
        for (let run = 1 + missing(); run <= length; run += 1 + missing()) sight(sightings, species, run);
      }
      const nothingNew = probabilities.reduce(
        (product, probability, species) =>
          sightings.times[species] === 0 ? product * (1 - probability) : product,
        1,
      );
      const { least, most } = discoveryOf(length, sightings)!.somethingNew;
      if (1 - nothingNew >= least && 1 - nothingNew <= most) within++;
    }
    expect(within).toBeGreaterThanOrEqual(0.95 * samples);
  });
});
