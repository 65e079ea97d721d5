import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { printable, printableJson } from './printable.ts';

const KINDS: [string, string, string][] = [
  ['a line break', 'f\naccepted: 7 steps', 'f\\u000aaccepted: 7 steps'],
  ['a carriage return', 'a\rb', 'a\\u000db'],
  ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ['the start of a terminal sequence', '\u001b[2J', '\\u001b[2J'],
  ['the same in one character', '\u009b2J', '\\u009b2J'],
  ['a change of direction', '\u202ef0', '\\u202ef0'],
  ['an isolate', '\u2067f\u2069', '\\u2067f\\u2069'],
  ['an Arabic letter mark', '\u061cf', '\\u061cf'],
  ['a byte order mark', '\ufefff', '\\ufefff'],
  ['a character of no width', 'f\u200b0', 'f\\u200b0'],
  ['a tag', '\u{e0041}', '\\udb40\\udc41'],
  ['half a pair', '\ud800', '\\ud800'],
  ['a command to GitHub', '::stop-commands::x', '\\u003a:stop-commands::x'],
  ['a command where a line may be broken', 'a ::error::x', 'a \\u003a:error::x'],
  ['an old command to GitHub', 'a ##[add-mask]x', 'a \\u0023#[add-mask]x'],
];

describe('what is printable', () => {
  test.each(KINDS)('shows %s as an escape', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test.each(['', ' ', 'f0', 'füße 名前', 'std::vector', '# a:b', '</pre>', '😀'])(
    'leaves %j as it is',
    (text) => {
      expect(printable(text)).toBe(text);
    },
  );

  test.prop([fc.string({ unit: 'binary' })])(
    'is one line that nothing hides in, and stays what it is',
    (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(shown).not.toMatch(/(^|\s)::|##\[/);
      expect(printable(shown)).toBe(shown);
    },
  );

  test.prop([fc.jsonValue()])('means what it meant as JSON', (value) => {
    expect(JSON.parse(printableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });
});
