import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { Command, Help } from 'commander';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { progressLine } from '../../reference-impl/io/output.ts';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { MUTANTS } from '../mutants/index.ts';
import { ask } from '../testing/command-line.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { EXAMPLES } from './examples.ts';
import { declareCommands, COMMANDS as LISTED } from './listed.ts';
import { main } from './main.ts';

const COMMANDS = 'fuzz,fuzz merge,worker,check,run,judge,replay,simulate,explain,docs'.split(',');
const DESK = { out: process.stdout, err: process.stderr, exit() {} };

describe('the help', () => {
  test.each(['', ...COMMANDS])(
    'of xx %s ends with examples of that command, in 80 columns',
    async (command) => {
      const words = command.split(' ').filter((word) => word !== '');
      const { code, out, err } = await ask(main, ...words, '--help');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const examples = out
        .slice(out.indexOf('\nExamples:\n') + '\nExamples:\n'.length)
        .trimEnd()
        .split('\n');
      expect(examples.map((line) => line.trim())).toEqual(EXAMPLES[['xx', ...words].join(' ')]);
      for (const line of examples) expect(line).toMatch(new RegExp(`^ {2}npx xx ${command}`));
      expect(linesTooWide(out)).toEqual([]);
    },
  );

  test.each(COMMANDS)('of xx %s knows each option of its examples', async (command) => {
    const { out } = await ask(main, ...command.split(' '), '--help');
    const options = EXAMPLES[`xx ${command}`]!.flatMap((line) => line.match(/--[a-z-]+/g) ?? []);
    for (const option of options) expect(out).toMatch(new RegExp(`^ +(-\\w, )?${option}\\b`, 'm'));
  });

  test.each(LISTED)('of xx help $name is that of xx $name --help', async ({ name }) => {
    const { out } = await ask(main, 'help', name);
    expect(out).toBe((await ask(main, name, '--help')).out);
    expect(out).not.toContain('--any');
  });

  test('lists every command, and each of them has examples', async () => {
    const { out } = await ask(main, '--help');
    const listed = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) \[/gm)].map(
      ([, name]) => name!,
    );
    const own = listed.filter((name) => name !== 'help');
    expect(own).toEqual(COMMANDS.filter((name) => !name.includes(' ')));
  });

  test.each(LISTED)('lists $name as its module declares it', async ({ name, load }) => {
    const listed = new Command('xx');
    await declareCommands(listed, [], DESK);
    const declared = new Command('xx');
    (await load())(declared, DESK);
    const [command] = declared.commands;
    const { subcommandTerm } = new Help();
    const listedTerms = listed.commands.map((one) => subcommandTerm(one));
    expect(command!.name()).toBe(name);
    expect(listedTerms[LISTED.findIndex((one) => one.name === name)]).toBe(subcommandTerm(command!));
  });
});

test.each(['--version', '-V'])('xx %s says the version of the package', async (option) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await ask(main, option)).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

describe('xx explain --schedulers', () => {
  test('lists each scheduler with what it does, the wrong ones by what they break', async () => {
    const { code, out } = await ask(main, 'explain', '--schedulers');
    expect(code).toBe(0);
    for (const { name } of [...SCHEDULERS, ...MUTANTS]) expect(out).toMatch(new RegExp(`^ {2}${name}$`, 'm'));
    expect(out).toContain('Wrong ones that break kill-iff:');
    expect(linesTooWide(out)).toEqual([]);
  });

  test('is one JSON object, too', async () => {
    const { out } = await ask(main, 'explain', '--schedulers', '--json');
    const { schedulers } = JSON.parse(out);
    expect(schedulers).toHaveLength(SCHEDULERS.length + MUTANTS.length);
    expect(schedulers[0]).toMatchObject({ name: 'xx', breaks: null });
    expect(schedulers.at(-1)).toMatchObject({ name: MUTANTS.at(-1)!.name, breaks: MUTANTS.at(-1)!.rule });
  });

  test('takes no id besides; xx explain takes the name of a scheduler for that', async () => {
    expect((await ask(main, 'explain', 'hermod', '--schedulers')).code).toBe(2);
    const { out } = await ask(main, 'explain', 'kills-the-newest');
    expect(out).toContain('it breaks kill-iff');
  });
});

describe('a progress line', () => {
  afterEach(() => vi.unstubAllEnvs());

  // biome-ignore format: a table, a row a line
  const rows: [string, string, boolean, boolean][] = [
    ['is written on a terminal', 'xterm', true, true],
    ['is not written on one that cannot move its cursor', 'dumb', true, false],
    ['is not written in a pipe', 'xterm', false, false],
  ];
  test.each(rows)('%s', (_name, term, isTTY, isWritten) => {
    vi.stubEnv('TERM', term);
    let text = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        text += chunk;
        done();
      },
    });
    const line = progressLine(Object.assign(stream, { isTTY }));
    line.show('1 of 2 runs');
    line.clear();
    expect(text.includes('1 of 2 runs')).toBe(isWritten);
    expect(text.includes('\u001b')).toBe(isWritten);
  });
});
