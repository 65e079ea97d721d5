import { expect, test } from 'vitest';
import { contestantOf } from '../contestants/contestants.ts';
import { measureSharing } from './measure.ts';

test('as many steps cover more pairs of transitions where they go on from each other', () => {
  const how = { size: 'small', seed: 3, steps: 20_000 } as const;
  const [alone, shared] = [false, true].map(
    (shares) => measureSharing(contestantOf({ scheduler: 'xx' }), { ...how, shares }).at(-1)!,
  );
  expect(shared!.pairs).toBeGreaterThan(alone!.pairs);
});
