import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRESETS } from '../playground/run/presets.ts';
import { dataOf } from '../playground/run/session.ts';
import { Desk } from './desk.ts';

const DATA = dataOf(PRESETS[0]!.session);
const NOWHERE = { step: null, point: null, beside: null, data: null };

describe('while a run is judged, a step a spell', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  test('a stretch shows no step before it opens at the one that is meant', () => {
    const desk = new Desk({ ...DATA, range: { from: 5, to: 7 } }, NOWHERE);
    desk.begin();
    expect(desk.film.value.isDone).toBe(false);
    expect(desk.isOnItsWay.value).toBe(true);
    vi.runAllTimers();
    expect(desk.film.value.isDone).toBe(true);
    expect({ step: desk.step.value, isOnItsWay: desk.isOnItsWay.value }).toEqual({
      step: 5,
      isOnItsWay: false,
    });
  });

  test('a step that an address names is shown as soon as it is there', () => {
    const desk = new Desk(DATA, { ...NOWHERE, step: 3 });
    desk.begin();
    expect(desk.isOnItsWay.value).toBe(true);
    while (desk.film.value.recorded.length < 3) vi.advanceTimersToNextTimer();
    expect(desk.film.value.isDone).toBe(false);
    expect({ step: desk.step.value, isOnItsWay: desk.isOnItsWay.value }).toEqual({
      step: 3,
      isOnItsWay: false,
    });
  });

  test('a whole run shows its first step at once', () => {
    const desk = new Desk(DATA, NOWHERE);
    desk.begin();
    expect({ step: desk.step.value, isOnItsWay: desk.isOnItsWay.value }).toEqual({
      step: 1,
      isOnItsWay: false,
    });
  });

  test('what an address has that is not understood, and what is not there, is noted once', () => {
    const desk = new Desk(DATA, { ...NOWHERE, step: 99, problems: ['The address has a problem.'] });
    desk.begin();
    vi.runAllTimers();
    const beyond = 'The address names step 99, and the run has 7 steps: shown is the last.';
    expect(desk.notes.value).toEqual(['The address has a problem.', beyond]);
    desk.goTo(NOWHERE);
    expect(desk.notes.value).toEqual([]);
  });
});
