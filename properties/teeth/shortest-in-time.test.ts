import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import { isShort, named, stimuliTo, TO_ANOTHER_SET, WAYS, wholeChunks } from '../testing/ways-in-time.ts';

describe('the shortest way', () => {
  test.each(WAYS.filter(isShort))('%s', async (_what, rule, create, instance, stimuli) => {
    expect(await stimuliTo(rule, create, instance)).toBe(stimuli);
  });
});

describe('the page on paging', () => {
  const lines = readFileSync('docs/paging.md', 'utf8').split('\n');
  const leastOf = (create: Mutant['create']): number =>
    Math.min(
      ...WAYS.flatMap(([, , one, , stimuli]) => (one === create && stimuli !== null ? [stimuli] : [])),
    );

  // biome-ignore format: a table, a row a line
  const said: [string, string][] = [
    ['no reserve of swap', `${WAYS[0]![4]}, on two cores ${leastOf(named('counts-on-the-reserve'))}`],
    ['the disk moves whole chunks only', `${leastOf(wholeChunks)}`],
    ['the chunk of one that was killed still counts as demand', `${leastOf(named('kills-for-a-dying-chunk'))}`],
    ['a victim may be a filler', `${leastOf(named('lends-a-core-to-victims'))}`],
    ['room is made before the better one comes in', `${leastOf(named('makes-room-before-it-pages-in'))}`],
    ['free RAM is handed out without shares', `${leastOf(named('grants-without-shares'))}`],
    ['an outgoing chunk counts as kept', `${TO_ANOTHER_SET}`],
  ];

  test.each(said)('says after how many stimuli that goes wrong: %s', (otherwise, after) => {
    const row = lines.find((line) => line.startsWith(`| ${otherwise} |`)) ?? `no row "${otherwise}"`;
    expect(row).toMatch(new RegExp(`\\| ${after} \\|$`));
  });

  test('says of no other way how long it is', () => {
    expect(lines.filter((line) => /^\| .* \| [\d, a-z]*\d \|$/.test(line))).toHaveLength(said.length);
  });

  const otherwise = lines.flatMap((line) => {
    const [, mutant, rule] = /^\| .* \| `([a-z-]+)`: `([a-z-]+)` \|$/.exec(line) ?? [];
    return mutant === undefined ? [] : [[mutant, rule!] as const];
  });

  test('names for most readings who chooses otherwise', () => {
    expect(otherwise.length).toBeGreaterThan(12);
  });

  test.each(otherwise)('of a reading: %s is refused by %s, where paging takes time', (name, rule) => {
    const mutant = MUTANTS.find((one) => one.name === name);
    expect(mutant).toMatchObject({ rule, inTime: true });
  });
});
