import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildHere, digestOf } from './build.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-build-'));
afterAll(() => rmSync(home, { recursive: true }));
const write = (name: string, text: string): void => writeFileSync(join(home, name), text);
const digest = (): string => digestOf(join(home, 'thread.js'));

describe('the digest of a build', () => {
  write('thread.js', 'import{a}from"./a.js";const b=await import("./b.js");');
  for (const name of ['a.js', 'b.js', 'other.js']) write(name, `export const name = '${name}';`);
  write('a.js', 'export{c as a}from"./c.js";');
  write('c.js', 'import "./a.js"; export const c = 1;');

  test.each(['thread.js', 'a.js', 'b.js', 'c.js'])(
    'changes with %s, which decides how a run goes',
    (name) => {
      const before = digest();
      writeFileSync(join(home, name), '\n// another', { flag: 'a' });
      expect(digest()).not.toBe(before);
    },
  );

  test('does not change with what no thread imports', () => {
    const before = digest();
    write('other.js', 'export const name = 1;');
    expect(digest()).toBe(before);
  });

  test('is of eight hexadecimal digits', () => {
    expect(buildHere().digest).toMatch(/^[0-9a-f]{8}$/);
  });
});
