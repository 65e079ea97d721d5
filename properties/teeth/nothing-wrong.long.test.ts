import { describe, expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { settlesBy } from '../mutants/parts/pager.ts';
import { planted } from '../mutants/parts/planted.ts';
import { billsBy } from '../mutants/parts/shadow-meter.ts';
import { willRunBy } from '../mutants/parts/will-run.ts';
import { propertyFound } from './found.ts';

describe('a campaign of 2,000 runs finds nothing wrong with', () => {
  test('the reference', async () => {
    expect(await propertyFound({ scheduler: createXX() }, [])).toBeNull();
  });

  test('the reference with the parts that mutants are built from, and no fault in them', async () => {
    const faultless = () => ({
      ...billsBy({})(),
      policies: { willRun: willRunBy({}) },
      pager: { settle: settlesBy({}) },
    });
    expect(await propertyFound({ scheduler: planted('faultless', faultless) }, [])).toBeNull();
  });
});
