import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Children } from './children.ts';

test('a child that is added lives until all are killed, and none that comes later may', async () => {
  const children = new Children();
  const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  const ended = once(child, 'exit');
  expect(children.add(child.pid!)).toBe(true);
  expect(new Children(children.buffer).add(2 ** 30)).toBe(true);
  new Children(children.buffer).remove(2 ** 30);
  children.killAll();
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(new Children(children.buffer).add(2 ** 30)).toBe(false);
});

test('also where there was none before', () => {
  const children = new Children();
  children.killAll();
  expect(children.add(2 ** 30)).toBe(false);
});
