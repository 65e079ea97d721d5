import { expect, test } from 'vitest';
import type { Finding } from '../checkers/checker.ts';
import { alsoViolated, messageAlone } from './also-violated.ts';

const FALL = { property: 'kills-are-the-last-resort', message: 'somebody was killed' } as const;
const FOUND: Finding = {
  ...{ property: 'kill-iff', rule: 'kill-iff', step: 3, entity: 'machine 0' },
  message: 'step 3: nobody may be killed',
  falls: [],
};

test('what falls too is named once, at the end of a message, which is the same without it', () => {
  const falls = [FALL as Finding['falls'][number]];
  expect(alsoViolated(falls)).toBe('; also violated: kills are the last resort, lowest first');
  const found = { ...FOUND, message: `${FOUND.message}${alsoViolated(falls)}`, falls };
  expect(messageAlone(found)).toBe(FOUND.message);
});

test('a message stays where nothing falls, or where it says nothing of it', () => {
  expect(alsoViolated([])).toBe('');
  expect(messageAlone(FOUND)).toBe(FOUND.message);
  expect(messageAlone({ ...FOUND, falls: [FALL as Finding['falls'][number]] })).toBe(FOUND.message);
});
