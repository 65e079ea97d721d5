import { expect, test } from 'vitest';
import { CATALOGUE } from '../properties/catalogue.ts';
import { textOf } from './pages.ts';

const PAGE = textOf('docs/implement.md');

test('the page says of everything that a process can break what it mostly is', () => {
  const [, table] = /## What each refusal means\n([\s\S]*?)\n## /.exec(PAGE)!;
  const explained = [...table!.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  // A process has no second way to run.
  const breakable = CATALOGUE.filter(({ id, ofTheModel }) => !ofTheModel && id !== 'immer-equals-direct');
  const judged = breakable.filter(({ onRequest }) => onRequest !== true).map(({ id }) => id);
  expect([...explained].sort()).toEqual([...judged].sort());
});

test('the page has nothing generated between marks that nobody fills', () => {
  expect(PAGE.match(/<!-- generated: /g)).toHaveLength(PAGE.match(/<!-- end -->/g)!.length);
});
