import { describe, expect, test } from 'vitest';
import { InputError } from '../input-error.ts';
import {
  ExplorationError,
  type ExplorationProblem,
  type ExplorationWords,
  wordsOfProblem,
} from './exploration-error.ts';
import { QUOTED_INSTANCE } from './instance.ts';

const SHOUTED: ExplorationWords = { nameOf: (field) => field.toUpperCase(), elsewhere: 'look elsewhere' };

const PROBLEMS: readonly [ExplorationProblem, inTheModel: string, inOtherWords: string][] = [
  [
    { kind: 'exceeds', field: 'leave', value: 3, bound: 'enter', most: 2 },
    'leave: expected at most enter (2), got 3',
    'LEAVE: expected at most ENTER (2), got 3',
  ],
  [
    { kind: 'prices', prices: [4, 1] },
    'prices: expected prices from 1 up, strictly increasing, got 4,1',
    'PRICES: expected prices from 1 up, strictly increasing, got 4,1',
  ],
  [
    { kind: 'too-large', bits: 40, most: 32, fields: ['maxDemand', 'invocations', 'ram'] },
    'lower maxDemand, invocations or ram',
    'lower MAXDEMAND, INVOCATIONS or RAM',
  ],
  [
    { kind: 'too-many-successors', most: 65_535 },
    'let it poll all (kMachines as many as machines, kShards as many as shards)',
    'lower INVOCATIONS, or let it poll all (KMACHINES as many as MACHINES, KSHARDS as many as SHARDS)',
  ],
  [
    { kind: 'draws-samples' },
    'let it poll all (kMachines as many as machines, kShards as many as shards)',
    'let it poll all (KMACHINES as many as MACHINES, KSHARDS as many as SHARDS), or look elsewhere',
  ],
  [
    { kind: 'optional-words', words: ['probes', 'timeouts'] },
    'the scheduler uses optional words (probes, timeouts), and what they leave behind is no part of the states that are explored; let it do without them',
    'let it do without them, or look elsewhere',
  ],
  [
    { kind: 'remembers' },
    'let it decide by its state alone',
    'let it decide by its state alone, or look elsewhere',
  ],
];

describe('why something cannot be explored', () => {
  test.each(PROBLEMS)(
    'is said of %j in the fields of the instance, and in the words of whoever asks',
    (problem, ours, theirs) => {
      const said = new ExplorationError(problem);
      expect(said).toBeInstanceOf(InputError);
      expect(said.message.endsWith(ours)).toBe(true);
      expect(wordsOfProblem(problem, SHOUTED).endsWith(theirs)).toBe(true);
      expect(said.message).not.toMatch(/--|\n/);
    },
  );

  test('survives the way from another thread', () => {
    for (const [problem] of PROBLEMS) {
      const { message } = new ExplorationError(structuredClone(problem));
      expect(message).toBe(new ExplorationError(problem).message);
    }
  });

  test('names only fields that an instance has', () => {
    const fields: string[] = [];
    const nameOf = (field: string) => {
      fields.push(field);
      return field;
    };
    for (const [problem] of PROBLEMS) wordsOfProblem(problem, { nameOf, elsewhere: null });
    expect(fields.length).toBeGreaterThan(0);
    expect(Object.keys(QUOTED_INSTANCE)).toEqual(expect.arrayContaining(fields));
  });
});
