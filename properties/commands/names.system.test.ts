import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ask } from '../testing/command-line.ts';
import { main } from './main.ts';

/** What comes from outside and is shown: names, paths, and what somebody's process says. */

const home = mkdtempSync(join(tmpdir(), 'xx-names-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const HOSTILE: [string, string][] = [
  ['a line break', 'c\naccepted: 9 steps'],
  ['a command to GitHub', 'c\n::stop-commands::t\n ::error::x'],
  ['an old command to GitHub', '##[add-mask]x'],
  ['a terminal sequence', '\u001b[2J\u001b[31m'],
  ['a change of direction', '\u202egpj.\u2066'],
];

const LINES = readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8').trimEnd().split('\n');
const RECORD = 'counterexamples/kill-iff-d6bef0f2.json';

/** A scenario in which every class and function has this name. */
function scenarioWith(name: string): string {
  return LINES.map((line) => {
    const value = JSON.parse(line);
    value.config?.classes.forEach((one: { name: string }, index: number) => {
      one.name = `${name}${index}`;
    });
    if (value.stimulus?.function !== undefined) value.stimulus.function = name;
    return JSON.stringify(value);
  }).join('\n');
}

/** A scheduler that says this of every stimulus. */
function sayingOf(name: string, answer: string): string {
  const path = join(home, `says-${Math.abs(answer.length * 31 + name.length)}.mjs`);
  const text = JSON.stringify(answer);
  writeFileSync(
    path,
    `import { createInterface } from 'node:readline';\nfor await (const line of createInterface({ input: process.stdin })) if (!line.includes('"format"')) console.log(${text});\n`,
  );
  return `node ${path}`;
}

function everyCommand(name: string): string[][] {
  const directory = mkdtempSync(join(home, 'place-'));
  const place = join(directory, name.replaceAll('/', '_'));
  mkdirSync(place);
  const scenario = join(place, 'x.scenario.jsonl');
  writeFileSync(scenario, scenarioWith(name));
  const record = JSON.parse(readFileSync(RECORD, 'utf8'));
  for (const one of record.config.classes) one.name = `${name}${one.price}`;
  Object.assign(record, { message: name, entity: name, scheduler: name });
  const kept = join(place, 'kept.json');
  writeFileSync(kept, JSON.stringify(record));
  const impossible = sayingOf(name, JSON.stringify({ impossible: name }));
  const killing = sayingOf(name, JSON.stringify([{ type: 'wake', id: 1, outcome: name }]));
  const nonsense = sayingOf(name, name.replaceAll('\n', ' '));
  const fuzz = ['fuzz', '--runs', '2', '--workers', '1', '--size', 'small', '--out', place];
  return [
    ['run', scenario, '--judge'],
    ['run', scenario, '--judge', '--exec', killing],
    ['run', scenario, '--judge', '--exec', nonsense],
    ['run', scenario, '--exec', impossible],
    ['run', join(place, 'nowhere')],
    ['judge', scenario],
    ['judge', kept],
    ['judge', kept, '--json'],
    ['explain', 'kill-iff', '--counterexamples', place],
    ['explain', 'kill-iff', '--counterexamples', place, '--json'],
    ['explain', name],
    [...fuzz, '--scheduler', name],
    [...fuzz, '--property', name],
    ...['human', 'json', 'junit', 'github'].flatMap((reporter) => [
      [...fuzz, '--exec', killing, '--reporter', reporter],
      [...fuzz, '--exec', impossible, '--reporter', reporter],
      [...fuzz, '--exec', nonsense, '--reporter', reporter],
    ]),
    ['simulate', '--functions', '20', '--classes', `${name.replaceAll(/[:,]/g, '')}:1:1`],
    ['simulate', '--load', name],
    ['fuzz', 'merge', place, '--out', join(place, 'merged')],
  ];
}

describe.each(HOSTILE)('%s from outside', (_, name) => {
  test('is shown as an escape by every command', async () => {
    for (const argv of everyCommand(name)) {
      const { out, err } = await ask(main, ...argv);
      const shown = { argv, text: `${out}${err}` };
      expect(shown.text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      const lines = shown.text.split('\n');
      expect(lines.filter((line) => /^\s*::(?!error|warning)|##\[|^\s*accepted: 9/.test(line))).toEqual([]);
      if (!argv.includes('github')) expect(lines.filter((line) => /^\s*::/.test(line))).toEqual([]);
    }
  });
});
