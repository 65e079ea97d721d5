import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { takeOut } from './arrays.ts';

const items = fc.uniqueArray(fc.nat(20), { maxLength: 8 });

describe('taking an item out of an array', () => {
  property.prop([items, fc.nat(20)])(
    'leaves the others in their order, and all if it is not there',
    (all, item) => {
      const left = [...all];
      takeOut(left, item);
      expect(left).toEqual(all.filter((other) => other !== item));
    },
  );
});
