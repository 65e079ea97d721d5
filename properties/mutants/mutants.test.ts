import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { Contestant } from '../campaign/run.ts';
import type { PropertyId } from '../catalogue.ts';
import { foundIn } from './found.ts';
import { MUTANTS } from './index.ts';
import { planted } from './planted.ts';
import { billsBy } from './shadow-meter.ts';
import { willRunBy } from './will-run.ts';

/** The property of what a campaign finds. */
async function propertyFound(contestant: Contestant, properties: readonly PropertyId[]) {
  return (await foundIn(contestant, properties))?.finding.property ?? null;
}

describe('a campaign of 2,000 runs finds by its rule', () => {
  for (const { name, rule, create } of MUTANTS) {
    test(name, async () => {
      expect(await propertyFound({ scheduler: create() }, [rule])).toBe(rule);
    });
  }
});

describe('a campaign of 2,000 runs finds nothing wrong with', () => {
  test('the reference', async () => {
    expect(await propertyFound({ scheduler: createXX() }, [])).toBeNull();
  });

  test('the reference with the parts that mutants are built from, and no fault in them', async () => {
    const faultless = () => ({ ...billsBy({})(), policies: { willRun: willRunBy({}) } });
    expect(await propertyFound({ scheduler: planted('faultless', faultless) }, [])).toBeNull();
  });
});

describe('the list of mutants', () => {
  test('has every file of the folder once, by its name', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath !== import.meta.dirname)
      .map((entry) => entry.name.replace(/\.ts$/, ''));
    expect(MUTANTS.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  test('says in one sentence what each does wrong', () => {
    for (const { sentence } of MUTANTS) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(new Set(MUTANTS.map(({ sentence }) => sentence)).size).toBe(MUTANTS.length);
  });
});
