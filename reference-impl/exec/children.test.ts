import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Children, killGroup } from './children.ts';

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

test.runIf(process.platform === 'linux')(
  'a grandchild in a session of its own, without the environment, is ended with its parent',
  async () => {
    const child = spawn('sh', ['-c', 'setsid env -i sleep 1000 & echo $!; wait'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = await once(child.stdout, 'data');
    const grandchild = Number(said);
    const ended = once(child, 'exit');
    killGroup(child.pid!);
    await ended;
    // It is still there for a moment, until somebody has taken note of its end.
    const isAlive = () => {
      try {
        return !/\) Z /.test(readFileSync(`/proc/${grandchild}/stat`, 'latin1'));
      } catch {
        return false;
      }
    };
    while (isAlive()) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isAlive()).toBe(false);
  },
);

test('also where there was none before', () => {
  const children = new Children();
  children.killAll();
  expect(children.add(2 ** 30)).toBe(false);
});
