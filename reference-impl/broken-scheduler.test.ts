import { describe, expect, test } from 'vitest';
import { ImpossibleStimulus } from '../model/input-error.ts';
import { askForStep, BrokenScheduler } from './broken-scheduler.ts';

const THROWN: [string, unknown, RegExp][] = [
  ['an error', new TypeError('no\nsuch thing'), /it threw TypeError: no\\u000asuch thing$/],
  ['a text', 'why', /it threw why$/],
  ['a symbol', Symbol('why'), /it threw Symbol\(why\)$/],
  ['what has no text', Object.create(null), /it threw a value that cannot be shown as text$/],
  ['nothing', undefined, /it threw undefined$/],
];

describe('a scheduler that throws', () => {
  const throws = (thrown: unknown) => ({
    name: 'mine',
    step() {
      throw thrown;
    },
  });

  test.each(THROWN)('%s has broken off, in one line', (_, thrown, message) => {
    const ask = () => askForStep(throws(thrown), 3, 5, { type: 'tick' });
    expect(ask).toThrow(BrokenScheduler);
    expect(ask).toThrow(message);
    expect(ask).toThrow(/^scheduler mine on step 3, \{"type":"tick"\} at 5: [^\n]*$/);
  });

  test('that a stimulus is impossible has said just that', () => {
    const impossible = new ImpossibleStimulus('no such machine');
    expect(() => askForStep(throws(impossible), 1, 0, { type: 'tick' })).toThrow(impossible);
  });
});
