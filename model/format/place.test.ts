import { describe, expect, test } from 'vitest';
import { lineAt, placeIn } from './place.ts';

const TEXT = `{
  "a": "with } and \\" in it",
  "b": [1,
    {"c": 2,
      "d": [ ]
    },
    -3
  ],
  "e": null
}
`;

describe('the line of a value', () => {
  test.each([
    [[], 1],
    [['a'], 2],
    [['b'], 3],
    [['b', 0], 3],
    [['b', 1], 4],
    [['b', 1, 'c'], 4],
    [['b', 1, 'd'], 5],
    [['b', 2], 7],
    [['e'], 9],
  ])('is that where it begins: %j', (path, line) => {
    expect(lineAt(TEXT, path)).toBe(line);
  });

  test.each([
    [['x'], 1],
    [['b', 9], 3],
    [['b', 1, 'x', 'y'], 4],
    [['a', 'x'], 2],
  ])('that is not there is that of what it would stand in: %j', (path, line) => {
    expect(lineAt(TEXT, path)).toBe(line);
  });
});

test('a place in a text of several lines has a line, and in one of one line only a column', () => {
  expect(placeIn(TEXT, 0)).toBe('line 1, column 1');
  expect(placeIn(TEXT, TEXT.indexOf('-3'))).toBe('line 7, column 5');
  expect(placeIn('{"a":1}\n', 5)).toBe('column 6');
});
