import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { digestOf, hasChanged, type MutationRecord, type Report, recordWith } from './survivors.ts';

const SOURCE = `function fits(mb: number): boolean {
  if (mb <= 0) {
    return true;
  }
  return mb < 5;
}
`;
const at = (line: number, from: number, to: number, endLine = line) => ({
  location: { start: { line, column: from }, end: { line: endLine, column: to } },
});
const REPORT: Report = {
  files: {
    'a.ts': {
      source: SOURCE,
      mutants: [
        { ...at(2, 7, 14), replacement: 'false', status: 'Survived' },
        { ...at(2, 16, 4, 4), replacement: '{}', status: 'Timeout' },
        { ...at(5, 10, 16), replacement: 'mb <= 5', status: 'Killed' },
      ],
    },
  },
};
const NOTHING: MutationRecord = { files: [], survivors: [] };

describe('the record of mutants', () => {
  test('counts the mutants of a file, and lists those that were not caught with their lines', () => {
    expect(recordWith(NOTHING, REPORT)).toEqual({
      files: [{ file: 'a.ts', caught: 1, neverEnd: 1, survived: 1, digest: digestOf(SOURCE) }],
      survivors: [
        { file: 'a.ts', code: 'if (mb <= 0) {', becomes: 'if (false) {', neverEnds: false, why: null },
        {
          file: 'a.ts',
          code: 'if (mb <= 0) { return true; }',
          becomes: 'if (mb <= 0) {}',
          neverEnds: true,
          why: null,
        },
      ],
    });
  });

  test('keeps what was said of those whose code stays, and forgets it with the code', () => {
    const { files, survivors } = recordWith(NOTHING, REPORT);
    const said = { files, survivors: survivors.map((each) => ({ ...each, why: 'It changes nothing.' })) };
    expect(recordWith(said, REPORT)).toEqual(said);
    const other = SOURCE.replace('mb <= 0', 'mb < 1');
    const changed = { files: { 'a.ts': { ...REPORT.files['a.ts']!, source: other } } };
    expect(recordWith(said, changed).survivors.map(({ why }) => why)).toEqual([null, null]);
  });

  test('leaves files alone that a report does not have', () => {
    const survivor = { file: 'b.ts', code: 'b', becomes: 'c', neverEnds: false, why: 'It changes nothing.' };
    const before = {
      files: [{ file: 'b.ts', caught: 2, neverEnd: 0, survived: 1, digest: digestOf('b') }],
      survivors: [survivor],
    };
    const { files, survivors } = recordWith(before, REPORT);
    expect(files.map(({ file }) => file)).toEqual(['a.ts', 'b.ts']);
    expect(survivors.at(-1)).toEqual(survivor);
  });

  test('knows a file that has changed since, but not one whose lines are broken elsewhere', () => {
    const [tally] = recordWith(NOTHING, REPORT).files;
    expect(hasChanged(tally!, SOURCE.replaceAll('\n', '\n\n'))).toBe(false);
    expect(hasChanged(tally!, `/**\n * Says what it does.\n */\n// In other words.\n${SOURCE}`)).toBe(false);
    expect(hasChanged(tally!, SOURCE.replace('mb < 5', 'mb < 6'))).toBe(true);
  });
});

describe('docs/mutation.json', () => {
  const { files, survivors }: MutationRecord = JSON.parse(readFileSync('docs/mutation.json', 'utf8'));
  const textOf = (file: string) => readFileSync(file, 'utf8');

  test('says of every mutant that was not caught why', () => {
    expect(survivors.filter(({ why }) => why === null || why.trim() === '')).toEqual([]);
  });

  test('speaks, of files that have not changed since, of code that stands there', () => {
    const unchanged = new Map<string, string>();
    for (const tally of files) {
      const source = textOf(tally.file);
      if (!hasChanged(tally, source)) unchanged.set(tally.file, source.replaceAll(/\s+/g, ' '));
    }
    const gone = survivors.filter(
      ({ file, code }) => unchanged.get(file)?.includes(code.replace(/ …$/, '')) === false,
    );
    expect(gone).toEqual([]);
    expect(unchanged.size).toBeGreaterThan(0);
  });
});
