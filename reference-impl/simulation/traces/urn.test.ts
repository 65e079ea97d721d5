import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createGenerator, nextUnit } from '../../random.ts';
import { Urn } from './urn.ts';

describe('an urn', () => {
  test.prop([fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), fc.nat()])(
    'gives every ball once, whatever is drawn',
    (counts, seed) => {
      const urn = new Urn(counts);
      const generator = createGenerator(seed);
      const drawn = counts.map(() => 0);
      for (let left = counts.reduce((sum, count) => sum + count, 0); left > 0; left--) {
        expect(urn.left).toBe(left);
        drawn[urn.draw(nextUnit(generator))]!++;
      }
      expect(urn.left).toBe(0);
      expect(drawn).toEqual(counts);
    },
  );

  test.prop([
    fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 40 }),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
  ])('gives the ball of that rank', (counts, unit) => {
    const balls = counts.flatMap((count, kind) => new Array<number>(count).fill(kind));
    fc.pre(balls.length > 0);
    expect(new Urn(counts).draw(unit)).toBe(balls[Math.floor(unit * balls.length)]);
  });
});
