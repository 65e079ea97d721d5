import { expect, test } from 'vitest';
import { rounds } from './plan.ts';

/** The first campaigns of a seed, with the first blows of each. */
function planned(seed: number) {
  const all = rounds(seed, 100);
  return Array.from({ length: 10 }, () => {
    const { blows, ...round } = all.next().value;
    return { ...round, blows: Array.from({ length: 200 }, () => blows()) };
  });
}

test('the same seed plans the same blows, another seed others', () => {
  expect(planned(1)).toEqual(planned(1));
  expect(planned(2)).not.toEqual(planned(1));
});

test('every part of a farm is hit, and a coordinator only where what it leaves can be compared', () => {
  const all = planned(3);
  const hit = new Set(all.flatMap(({ blows }) => blows.map(({ act }) => act)));
  expect([...hit].sort()).toEqual([
    'Redis is killed',
    'a worker is killed',
    'a worker is stopped',
    'a worker joins',
    'the coordinator is killed',
  ]);
  const finds = all.filter(({ campaign }) => campaign.includes('--scheduler'));
  expect(finds).toHaveLength(2);
  expect(finds.flatMap(({ blows }) => blows).some(({ act }) => act === 'the coordinator is killed')).toBe(
    false,
  );
  expect(all.filter(({ shares }) => shares).map(({ name }) => name)).toEqual(['campaign 5', 'campaign 10']);
});
