import { describe, expect, test } from 'vitest';
import { askedOf } from '../../play/asked.ts';
import { Assessor } from '../../play/assessor.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import type { OnRequestId } from '../../property.ts';
import type { Told } from '../../testing/told.ts';
import { BROKEN_ORDERS } from '../../testing/told-of-orders.ts';
import { BROKEN_PROMISES } from '../../testing/told-of-promises.ts';
import { PROMISES } from './index.ts';

/** What the promise says of the last step; all before it must keep it, or not be looked at. */
function findingOf(id: OnRequestId, [before, [at, stimulus, ...decisions]]: Told) {
  const assessor = new Assessor(before.config, emptyCampaignTally(), askedOf([id]));
  for (const [earlier, happens, ...answer] of before.lines) assessor.assess(earlier, happens, answer);
  return assessor.assess(at, stimulus, decisions);
}

const BROKEN = [...BROKEN_PROMISES, ...BROKEN_ORDERS];

describe('a promise of a peer', () => {
  test.each(BROKEN)('$id is broken when $when, and else is not', ({ id, breaks, message, keeps }) => {
    const finding = findingOf(id, breaks);
    expect(finding?.property).toBe(id);
    expect(finding?.message).toContain(message);
    expect(findingOf(id, keeps)).toBeNull();
  });

  test('is broken by hand at least once for each that there is', () => {
    expect(new Set(BROKEN.map(({ id }) => id))).toEqual(new Set(PROMISES.map(({ property }) => property.id)));
  });
});
