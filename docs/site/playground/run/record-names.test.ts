import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../../../../properties/mutants/index.ts';
import { SCHEDULERS } from '../../../../reference-impl/schedulers/registry.ts';
import { inWords } from '../../run/names.ts';
import { groupsOf, titleOf } from './record-names.ts';

/** Everything on record, by what its name and its text say. */
const RECORDS = ['counterexamples', 'docs/cases'].flatMap(readdirOf).map((path) => {
  const name = path.replace(/^(?:counterexamples|docs\/cases)\//, '').replace(/(\.scenario)?\.jsonl?$/, '');
  if (!path.endsWith('.json')) return { name, player: 'xx', property: null };
  const { scheduler, property } = JSON.parse(readFileSync(path, 'utf8'));
  return { name, player: scheduler, property };
});

function readdirOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.jsonl?$/.test(path) && !path.startsWith('found'))
    .map((path) => `${folder}/${path}`)
    .sort();
}

describe('what is on record', () => {
  test.each([
    ['crowding/alps/no-crowding-52c90eeb', 'alps', 'no-crowding', 'ALPS crowds: no-crowding'],
    ['kill-iff-d6bef0f2', 'kills-the-newest', 'kill-iff', 'kill-iff: Kills the newest'],
    ['rules/kill-iff', 'kills-the-newest', 'kill-iff', 'kill-iff: Kills the newest'],
    ['readings/who-is-killed', 'kills-the-largest', 'kill-iff', 'Who is killed: Kills the largest'],
    ['museum/celery-1628', 'crashes-are-final', 'admit', 'Celery 1628: Crashes are final'],
    ['findings/more-ram-kills', 'xx', null, 'More RAM kills'],
    ['findings/more-ram-kills', 'hermod', null, 'More RAM kills: Hermod'],
    ['anomalies/more-ram-kills-before', 'xx', null, 'More RAM kills, before'],
  ] as const)('is named in words: %s', (name, player, property, title) => {
    expect(titleOf({ name, player, property })).toBe(title);
  });

  test('is all in the groups, each once, and no two of a group are named alike', () => {
    const groups = groupsOf(RECORDS);
    expect(groups.map(({ label }) => label)).toHaveLength(7);
    const names = groups.flatMap(({ records }) => records.map(({ name }) => name));
    expect(names.sort()).toEqual(RECORDS.map(({ name }) => name).sort());
    for (const { records } of groups) {
      const titles = records.map(titleOf);
      expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
      expect(titles.filter((title) => /-?[0-9a-f]{8}|\/|undefined/.test(title))).toEqual([]);
    }
  });
});

test('schedulers are named in words, no two alike', () => {
  const names = [...new Set([...SCHEDULERS, ...MUTANTS].map(({ name }) => name))];
  const words = names.map(inWords);
  expect(new Set(words).size).toBe(names.length);
  expect(words.filter((one) => one.includes('-') || !/^[A-Z]/.test(one))).toEqual([]);
  expect(['jiq-sq2', 'xx-no-aging', 'kills-the-newest'].map(inWords)).toEqual([
    ...['JIQ SQ(2)', 'XX no aging', 'Kills the newest'],
  ]);
});
