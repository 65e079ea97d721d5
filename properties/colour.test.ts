import { expect, test } from 'vitest';
import { isColourWanted } from './colour.ts';

test.for([
  [{}, true, true],
  [{}, false, false],
  [{ CI: 'true' }, false, false],
  [{ GITHUB_ACTIONS: 'true', CI: 'true' }, false, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '' }, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ TERM: 'dumb', FORCE_COLOR: '1' }, true, true],
] as const)('with %j and a terminal: %s, colour is wanted: %s', ([env, isTerminal, wanted]) => {
  expect(isColourWanted(env, isTerminal)).toBe(wanted);
});
