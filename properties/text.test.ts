import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { commandLines, wrapped } from './text.ts';

const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 60 });

describe('wrapped text', () => {
  property.prop([words, fc.nat(8), fc.nat(4)])(
    'fits its columns and loses no word',
    (list, indent, hanging) => {
      const text = `${' '.repeat(indent)}${list.join(' ')}`;
      const lines = wrapped(text, 30, hanging);
      expect(lines.filter((line) => line.length > 30)).toEqual([]);
      expect(lines.join(' ').trim().split(/ +/)).toEqual(list);
      expect(lines.slice(1).filter((line) => !line.startsWith(' '.repeat(indent + hanging)))).toEqual([]);
      if (text.length <= 30) expect(lines).toEqual([text]);
    },
  );

  test('gives a word that is too long a line of its own', () => {
    expect(wrapped('see aaaaaaaaaaaa there', 8)).toEqual(['see', 'aaaaaaaaaaaa', 'there']);
  });
});

describe('a command to type', () => {
  test('stands on one line where it fits', () => {
    expect(commandLines('  then ', 'xx fuzz --runs 5')).toEqual(['  then xx fuzz --runs 5']);
  });

  test('is continued before its options where it does not, and stays the same command', () => {
    const command = `xx replay ${'f'.repeat(50)}.json --scheduler lifo-within-a-class`;
    const lines = commandLines('  then ', command);
    expect(lines).toEqual([
      `  then xx replay ${'f'.repeat(50)}.json \\`,
      '       --scheduler lifo-within-a-class',
    ]);
  });

  test('is continued before its last word where a line without options is too long', () => {
    const file = `${'f'.repeat(62)}.jsonl`;
    expect(commandLines('  then ', `xx judge ${file}`)).toEqual(['  then xx judge \\', `       ${file}`]);
  });
});
