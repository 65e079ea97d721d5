import { describe, expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { readCollection } from './collection.ts';
import { SEEDS } from './figures.ts';
import { runsToFind, search } from './measure.ts';
import { BUILT_PIECES } from './pieces/index.ts';

const { figures } = readCollection();

describe('campaigns find again, after as many runs as docs/museum.json says', () => {
  test.each(BUILT_PIECES)('$id (otherwise: npm run museum)', async (piece) => {
    const runs: (number | null)[] = [];
    for (const seed of SEEDS) runs.push(await runsToFind(piece, seed));
    expect(runs).toEqual(figures.pieces.find(({ id }) => id === piece.id)!.runs);
  });
});

test('the same campaigns find nothing wrong with the reference, by all these properties at once', async () => {
  const properties = [...new Set(BUILT_PIECES.map(({ property }) => property))];
  expect(properties.length).toBeGreaterThan(10);
  const contestant = { scheduler: createXX(), twin: createXX({ mode: 'immer' }) };
  for (const seed of SEEDS) expect(await search(contestant, properties, seed, false)).toBeNull();
});
