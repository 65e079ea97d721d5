import { spawnSync } from 'node:child_process';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { printable } from '../model/printable.ts';
import { shellPath, shellWord, wordsOfCommand } from './shell.ts';
import { commandLines } from './text.ts';

/** What a shell makes of a command, word by word. */
function wordsBy(command: string): string[] {
  const { stdout } = spawnSync('sh', ['-c', `for word in ${command}; do printf '%s\\0' "$word"; done`], {
    encoding: 'utf8',
  });
  return stdout.split('\0').slice(0, -1);
}

const WORDS = [
  ...[
    'plain/file.json',
    'with space',
    "it's",
    '"',
    '$(touch x)',
    '`x`',
    'a;b',
    '*',
    '~',
    '',
    '#x',
    '!',
    '\\',
  ],
  ...['a\nb', '\u001b[2J', '\u202ef', '%s %d', 'a\t%\n\\n', '名前', '--option', '::stop-commands::x'],
];

test('a shell reads each word as it was, and a terminal is shown nothing that it acts on', () => {
  const command = WORDS.map(shellWord).join(' ');
  expect(wordsBy(command)).toEqual(WORDS);
  for (const word of WORDS) expect(printable(shellWord(word))).toBe(shellWord(word));
});

test('a shell reads any words as they were', () => {
  // A shell drops line ends at the end of what it substitutes.
  const word = fc.string({ unit: 'binary' }).filter((text) => !/\0|\n$|\p{Cs}/u.test(text));
  const words = fc.sample(fc.array(word, { maxLength: 5 }), { numRuns: 60, seed: 1 }).flat();
  expect(wordsBy(words.map(shellWord).join(' '))).toEqual(words);
});

test('a file is never taken for an option', () => {
  expect(shellPath('-x.json')).toBe('./-x.json');
  expect(shellPath('-')).toBe('-');
});

test('a long command can be copied from its lines, whatever its words are', () => {
  const words = [
    'npx',
    'xx',
    'replay',
    `/tmp/${'a b/'.repeat(20)}x.json`,
    '--exec',
    "node 'my file.mjs' --fast",
  ];
  const command = words.map(shellWord).join(' ');
  expect(wordsOfCommand(command).length).toBe(words.length);
  expect(wordsBy(commandLines('', command).join('\n'))).toEqual(words);
});
