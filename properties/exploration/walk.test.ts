import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { search } from '../../model/explore/search.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { createExpander } from './expanders.ts';
import { GUIDES, type WalkCheckOptions, walkCheck } from './walk.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

const SMALL = { ...QUOTED_INSTANCE, machines: 1, kMachines: 1 };
const SUBJECT = { instance: SMALL, scheduler: 'xx', properties: [] };

/** All of it, explored once. */
const everything = search(createExpander(SUBJECT), { goOn: async () => true });

function walkThrough(options: Partial<WalkCheckOptions>, interruptedAfter = Number.POSITIVE_INFINITY) {
  let asked = 0;
  return walkCheck(
    { ...SUBJECT, walk: 500, guide: 'coverage', seed: 1, out: directory, ...options },
    { nowMs: () => 0, interrupted: () => ++asked > interruptedAfter, onProgress: () => {} },
  );
}

describe('walks', () => {
  property.prop([fc.constantFrom(...GUIDES), fc.nat(99), fc.integer({ min: 1, max: 300 })], { numRuns: 8 })(
    'see only states that an exploration reaches, and know what fraction they see',
    async (guide, seed, walk) => {
      const { known, states, walked } = await walkThrough({ guide, seed, walk });
      const { states: all, depth } = await everything;
      expect(walked).toBe(walk);
      expect(known).toMatchObject({ states: all, depth, seen: states });
      expect(known!.byDepth.reduce((sum, level) => sum + level.states, 0)).toBe(all);
      // All successors of the first state are judged by any walk.
      expect(known!.byDepth[1]).toEqual({ states: 2, seen: 2 });
    },
  );

  test('of the same seed are the same, and of another are others', async () => {
    const one = await walkThrough({ seed: 5 });
    expect(await walkThrough({ seed: 5 })).toEqual(one);
    expect((await walkThrough({ seed: 6 })).known).not.toEqual(one.known);
  });

  test('that are guided by what was met least see more shapes than random ones', async () => {
    const shapes = async (guide: 'coverage' | 'random') =>
      (
        await walkThrough({
          guide,
          instance: { ...QUOTED_INSTANCE, invocations: 4 },
          walk: 2000,
          mostKnown: 1,
        })
      ).shapes;
    expect(await shapes('coverage')).toBeGreaterThan(await shapes('random'));
  });

  test('know only levels that are whole', async () => {
    const { known } = await walkThrough({ mostKnown: 200 });
    const { byDepth } = (await walkThrough({ mostKnown: 100_000 })).known!;
    expect(known!.byDepth).toEqual(byDepth.slice(0, known!.depth));
    expect(known!.depth).toBeLessThan(byDepth.length);
  });

  test('end when they are interrupted', async () => {
    expect(await walkThrough({ walk: 100_000 }, 2)).toMatchObject({ endedEarly: true, walked: 2048 });
  });

  test('also go through forms in which ids are only names', async () => {
    const { known } = await walkThrough({ symmetry: true, walk: 3000 });
    expect(known!.seen).toBeLessThanOrEqual(known!.states);
    expect(known!.byDepth[0]).toEqual({ states: 1, seen: 1 });
  });
});

describe('xx check --walk', () => {
  test.each(GUIDES)('finds what is wrong, guided by %s, as a scenario that fails again', async (guide) => {
    const wrong = [
      '--scheduler',
      'lifo-within-a-class',
      '--walk',
      '20000',
      '--guide',
      guide,
      '--out',
      directory,
    ];
    const { code, out } = await ask(main, 'check', ...wrong, '--json');
    expect(code).toBe(1);
    const [{ file, trace, rule, length }] = JSON.parse(out).violations;
    expect(readFileSync(trace, 'utf8').trimEnd().split('\n')).toHaveLength(length + 1);
    const again = await ask(main, 'replay', file, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ results: [{ reproduced: true, rule, step: length }] });
  });

  test('says what it saw, in lines of at most 80 columns, and accepts what is right', async () => {
    const { code, out } = await ask(main, 'check', '--machines', '1', '--walk', '2000', '--out', directory);
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toMatch(
      /of the 2,340 states that are at most 13 levels deep, .* saw \d+\.\d %/,
    );
    expect(linesTooWide(out)).toEqual([]);
  });

  test.each([
    [['--guide', 'random'], '--guide: means nothing without --walk; add --walk 100000, or leave it out'],
    [
      ['--walk', '9', '--max-states', '9'],
      '--max-states: means nothing beside --walk; leave out one of the two',
    ],
  ])('refuses %j in one line', async (options, message) => {
    const { code, err } = await ask(main, 'check', ...options);
    expect({ code, err }).toEqual({ code: 2, err: `xx: ${message}\n` });
  });
});
