import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from '../model/format/lines.ts';
import { main } from '../properties/commands/main.ts';
import { ask } from '../properties/testing/command-line.ts';

const README = readFileSync('README.md', 'utf8');
const CONSOLES = ['README.md', 'docs/protocol.md'].flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/```console\n\$ npx xx ([^\n]*)\n([\s\S]*?)```/g)].map(
    ([, command, output]): [string, string, string] => [page, command!, output!],
  ),
);

test('the README and the protocol show commands', () => {
  expect(CONSOLES.length).toBeGreaterThanOrEqual(3);
});

test.each(CONSOLES)('%s shows what `xx %s` prints', async (_page, command, output) => {
  const { out, err } = await ask(main, ...wordsOf(command));
  expect(`${out}${err}`).toBe(output);
});

test('every command of the README exists', async () => {
  const commands = [...README.matchAll(/npx xx ([a-z]+)/g)];
  expect(commands.length).toBeGreaterThan(3);
  for (const [, command] of commands) {
    const { code } = await ask(main, command!, '--help');
    expect(code).toBe(0);
  }
});

test('the first page of the docs tells the example as it is played', () => {
  const [, table] = /## One example\n([\s\S]*?)\n## /.exec(readFileSync('docs/README.md', 'utf8'))!;
  const told = [...table!.matchAll(/^\| (\d+) ms /gm)].map(([, at]) => Number(at));
  const { stimuli } = readScenario(
    readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8').trimEnd().split('\n'),
  );
  expect(told).toEqual(stimuli.slice(1).map(({ at }) => at));
});

/** The words of a command line, as a shell splits them where quotes are single. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}
