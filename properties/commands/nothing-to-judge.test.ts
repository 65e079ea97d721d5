import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../../model/input-error.ts';
import { acceptedByXX } from '../suite/judge.ts';
import { ask } from '../testing/command-line.ts';
import { main } from './main.ts';

/** A file in which nothing happens puts nothing to the test: no command may call it accepted. */

const home = mkdtempSync(join(tmpdir(), 'xx-nothing-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function headerOf(example: string, ending: string): string {
  const [header] = readFileSync(`docs/examples/${example}`, 'utf8').split('\n');
  const path = join(home, `header.${ending}.jsonl`);
  writeFileSync(path, `${header}\n\n`);
  return path;
}

const TRACE = headerOf('home-page.trace.jsonl', 'trace');
const SCENARIO = headerOf('home-page.scenario.jsonl', 'scenario');

// biome-ignore format: a table, a row a line
const COMMANDS: [string, string[]][] = [
  ['judge', ['judge', TRACE]],
  ['judge as JSON', ['judge', TRACE, '--json']],
  ['run', ['run', SCENARIO]],
  ['run of a trace, judged', ['run', TRACE, '--judge']],
  ['run of a process', ['run', SCENARIO, '--judge', '--exec', 'node docs/examples/serve.mjs']],
  ['replay of a scenario', ['replay', SCENARIO]],
  ['replay of a trace', ['replay', TRACE]],
  ['replay as JSON', ['replay', TRACE, '--json']],
];

test.each(COMMANDS)('%s of a header alone is bad input, and never accepted', async (_, argv) => {
  const { code, out, err } = await ask(main, ...argv);
  expect(code).toBe(2);
  expect(out).not.toMatch(/accepted/);
  expect(err).toMatch(
    /line 1: the (trace|scenario) ends with its header, so there is nothing to play; line 2 must boot\n$/,
  );
});

test('acceptedByXX refuses it as well', () => {
  expect(() => acceptedByXX(readFileSync(TRACE, 'utf8'))).toThrow(InputError);
});
