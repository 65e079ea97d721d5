import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { featuresOf } from '../campaign/features.ts';
import { main } from '../commands/main.ts';
import { playAgain } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { ask } from '../testing/command-line.ts';
import { readCorpus } from './directory.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-corpus-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const at = (name: string): string => join(home, name);

async function fuzz(corpus: string, ...options: string[]) {
  const argv = ['fuzz', '--runs', '60', '--size', 'small', '--corpus', at(corpus), '--json', ...options];
  const { code, out, err } = await ask(main, ...argv, '--out', at('found'));
  return { code, err, summary: JSON.parse(out) };
}

/** What each scenario of a corpus covers. */
function coveredBy(corpus: string): Set<number>[] {
  return [...readCorpus(at(corpus)).scenarios.values()].map((scenario) => {
    const tally = emptyCampaignTally();
    playAgain(scenario, { scheduler: createXX() }, tally);
    return new Set(featuresOf(tally));
  });
}

function contentsOf(corpus: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(at(corpus)).map((name) => [name, readFileSync(join(at(corpus), name), 'utf8')]),
  );
}

describe('a corpus', () => {
  beforeAll(async () => {
    await fuzz('one', '--workers', '1');
  });

  test('is the same from the same campaign, whatever the number of workers', async () => {
    const { summary } = await fuzz('two', '--workers', '2');
    expect(contentsOf('two')).toEqual(contentsOf('one'));
    expect(summary.corpus).toMatchObject({ replayed: 0, kept: Object.keys(contentsOf('one')).length });
  });

  test('has no scenario whose coverage is included in the others', () => {
    const covered = coveredBy('one');
    expect(covered.length).toBeGreaterThan(3);
    for (const [index, features] of covered.entries()) {
      const others = new Set(covered.filter((_, other) => other !== index).flatMap((set) => [...set]));
      expect([...features].some((feature) => !others.has(feature))).toBe(true);
    }
  });

  test('is played before anything is generated, and stays as it is when there is nothing new', async () => {
    const before = contentsOf('one');
    const { summary } = await fuzz('one', '--workers', '1');
    expect(contentsOf('one')).toEqual(before);
    expect(summary.corpus).toMatchObject({ replayed: Object.keys(before).length, added: 0 });
    const alone = await ask(main, ...['fuzz', '--runs', '60', '--size', 'small', '--workers', '1', '--json']);
    expect(summary.steps).toBeGreaterThan(JSON.parse(alone.out).steps);
    expect(summary.runs).toBe(60);
  });

  test('loses no coverage when another campaign adds to it', async () => {
    const before = new Set(coveredBy('two').flatMap((set) => [...set]));
    const { summary } = await fuzz('two', '--seed', '2', '--workers', '1');
    const after = new Set(coveredBy('two').flatMap((set) => [...set]));
    expect(summary.corpus.added).toBeGreaterThan(0);
    expect([...before].filter((feature) => !after.has(feature))).toEqual([]);
    expect(after.size).toBeGreaterThan(before.size);
  });

  test('finds again what it holds, with a scheduler that has gone wrong since, and stays as it was', async () => {
    const before = contentsOf('one');
    const { code, summary } = await fuzz('one', '--scheduler', 'never-refreshes', '--workers', '1');
    expect(code).toBe(1);
    expect(summary).toMatchObject({ runs: 0, verdict: 'violated' });
    expect(contentsOf('one')).toEqual(before);
  });

  test('leaves files that it cannot read where they are, and says why', async () => {
    writeFileSync(join(at('one'), 'torn.scenario.jsonl'), '{"format":"xx-sc');
    symlinkSync('torn.scenario.jsonl', join(at('one'), 'link.scenario.jsonl'));
    writeFileSync(join(at('one'), 'notes.txt'), 'mine');
    const { code, err, summary } = await fuzz('one', '--workers', '1');
    expect(summary.corpus.setAside).toHaveLength(2);
    expect(err).toMatch(/set aside: \S+link.scenario.jsonl: is a symbolic link/);
    expect(err).toMatch(/set aside: \S+torn.scenario.jsonl: line 1: not JSON/);
    expect(readdirSync(at('one'))).toEqual(
      expect.arrayContaining(['torn.scenario.jsonl', 'link.scenario.jsonl', 'notes.txt']),
    );
    expect(code).toBe(summary.verdict === 'accepted' ? 0 : 1);
  });
});
