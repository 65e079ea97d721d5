import { describe, expect, test } from 'vitest';
import { csvField } from './text.ts';

// biome-ignore format: a table, a row a line
const FIELDS: [string, string, string][] = [
  ['a plain name', 'low class', 'low class'],
  ['a comma', 'low,cheap', '"low,cheap"'],
  ['quotation marks', 'the "low"', '"the ""low"""'],
  ['a line feed', 'low\naccepted', 'low\\u000aaccepted'],
  ['a carriage return, which ends a row for some', 'low\rhigh', 'low\\u000dhigh'],
  ['what turns text around, and a comma', '\u202elow,high', '"\\u202elow,high"'],
  ['an escape sequence', '\u001b[31mlow', '\\u001b[31mlow'],
];

describe('a field of CSV', () => {
  test.each(FIELDS)('with %s', (_, text, field) => {
    expect(csvField(text)).toBe(field);
  });
});
