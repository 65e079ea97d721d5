import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { main } from '../cli.ts';
import { ask } from '../properties/testing/command-line.ts';

const README = readFileSync('README.md', 'utf8');
const CONSOLES = [...README.matchAll(/```console\n\$ npx xx ([^\n]*)\n([\s\S]*?)```/g)].map(
  ([, command, output]): [string, string] => [command!, output!],
);

test('the README shows commands', () => {
  expect(CONSOLES.length).toBeGreaterThanOrEqual(2);
});

test.each(CONSOLES)('the README shows what `xx %s` prints', async (command, output) => {
  const { out, err } = await ask(main, ...command.split(' '));
  expect(`${out}${err}`).toBe(output);
});

test('every command of the README exists', async () => {
  for (const [, command] of README.matchAll(/npx xx ([a-z]+)/g)) {
    const { code } = await ask(main, command!, '--help');
    expect(code).toBe(0);
  }
});
