import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../catalogue.ts';
import { MUTANTS } from '../mutants/index.ts';
import { contestantOfMutant } from '../mutants/parts/mutant.ts';
import { FOUND_ALONE, foundAlone } from './alone.ts';
import { propertyFound } from './found.ts';

/** Where the wrong schedulers lie, in a folder for each family; what they share lies beside these. */
const FOLDER = join(import.meta.dirname, '..', 'mutants');
const PARTS = join(FOLDER, 'parts');

describe('each property, alone and on its own evidence, finds', () => {
  for (const { property, name } of foundAlone()) {
    test(`${property}: ${name}`, async () => {
      const mutant = MUTANTS.find((candidate) => candidate.name === name)!;
      expect(await propertyFound(contestantOfMutant(mutant), [property])).toBe(property);
    });
  }

  test('at least two wrong schedulers, unless no scheduler can break it', () => {
    const toothless = CATALOGUE.filter(({ id }) => (FOUND_ALONE[id]?.length ?? 0) < 2);
    expect(toothless.filter(({ ofTheModel }) => !ofTheModel)).toEqual([]);
  });
});

describe('the list of mutants', () => {
  test('has every file of the folder once, by its name', () => {
    const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'index.ts' && entry.parentPath !== PARTS)
      .map((entry) => entry.name.replace(/\.ts$/, ''));
    expect(MUTANTS.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  test('says in one sentence what each does wrong', () => {
    for (const { sentence } of MUTANTS) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(new Set(MUTANTS.map(({ sentence }) => sentence)).size).toBe(MUTANTS.length);
  });
});
