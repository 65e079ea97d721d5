import { describe, expect, test } from 'vitest';
import { caseOf, RECORDS_FOLDER, readRows } from '../properties/crowding/evidence.ts';
import { STRENGTHS } from '../properties/crowding/strengths.ts';
import { collectRecords } from '../properties/records/collect.ts';
import { COMPARED } from '../reference-impl/schedulers/registry.ts';

const rows = readRows();
const cases = rows.flatMap((row) => caseOf(row) ?? []);
const again = 'otherwise: npm run crowding, then npm run docs';

test(`every scheduler of the registry was looked at in every strength (${again})`, () => {
  const wanted = COMPARED.flatMap((scheduler) => STRENGTHS.map(({ id }) => `${scheduler} ${id}`));
  expect(rows.map(({ scheduler, strength }) => `${scheduler} ${strength}`)).toEqual(wanted);
});

test(`what is kept is what was found, and nothing else (${again})`, () => {
  const { collected, setAside } = collectRecords(RECORDS_FOLDER);
  expect(setAside).toEqual([]);
  const files = rows.flatMap(({ file }) => file ?? []);
  expect(collected.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

describe('a record', () => {
  test.each(cases)(
    '$row.file fails again with its scheduler, in the same words',
    ({ row, record, wrong }) => {
      const { property, scheduler, message, step } = record;
      expect({ property, scheduler }).toEqual({ property: row.strength, scheduler: row.scheduler });
      expect(`step ${step}: ${property} does not hold: ${wrong}`).toBe(message);
    },
  );
});

test('on a machine XX crowds nobody, and elsewhere it does', () => {
  const found = STRENGTHS.map(({ id }) =>
    cases.some(({ row }) => row.scheduler === 'xx' && row.strength === id),
  );
  expect(found).toEqual([false, true, true]);
});

test('on a machine XX crowds nobody in the scenarios that others fail in either', () => {
  const onAMachine = cases.filter(({ row }) => row.strength === 'no-crowding-on-a-machine');
  expect(onAMachine.length).toBeGreaterThan(0);
  expect(onAMachine.filter(({ wrongInXX }) => wrongInXX !== null).map(({ row }) => row.file)).toEqual([]);
});
