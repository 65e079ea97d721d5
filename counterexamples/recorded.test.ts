import { describe, expect, test } from 'vitest';
import { propertyOf } from '../properties/catalogue.ts';
import { MUTANTS } from '../properties/mutants/index.ts';
import { contestantOfMutant } from '../properties/mutants/parts/mutant.ts';
import { collectRecords } from '../properties/records/collect.ts';
import { replay } from '../properties/replay/play.ts';
import { createXX } from '../reference-impl/xx/xx.ts';

/** What lies in this folder and not below it, where campaigns write, and crowding of right schedulers is kept. */
const { collected, setAside } = collectRecords('counterexamples');
const recorded = collected.filter(({ file }) => !/\/(found|crowding)\//.test(file));

test('there are recorded cases, and each can be read', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(5);
  expect(setAside.filter(({ file }) => !file.includes('/found/'))).toEqual([]);
});

describe.each(recorded)('$file', ({ file, item: record }) => {
  test('fails with the wrong scheduler that it was found in, at the same step and with the same words', () => {
    const mutant = MUTANTS.find(({ name }) => name === record.scheduler);
    expect(mutant, `properties/mutants has no ${record.scheduler}`).toBeDefined();
    const { property, rule, step, entity, message, falls = [] } = record;
    const { finding } = replay({ file, scenario: record.scenario, record }, contestantOfMutant(mutant!));
    expect(finding).toMatchObject({ property, rule, step, entity, message });
    expect(finding!.falls.map((fallen) => fallen.property)).toEqual(falls);
  });
});

// What is judged on request XX has not promised.
const promised = recorded.filter(({ item }) => propertyOf(item.property).onRequest !== true);

test.each(promised)('$file does not fail with the reference', ({ file, item: record }) => {
  const twin = createXX({ mode: 'immer' });
  const playable = { file, scenario: record.scenario, record };
  expect(replay(playable, { scheduler: createXX(), twin }).finding).toBeNull();
});
