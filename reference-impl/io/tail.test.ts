import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type CutLine, LineCutter } from './cut-lines.ts';
import { LONGEST_LINE_BYTES } from './files.ts';
import { isRegularFile, tailOf } from './tail.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-tail-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let files = 0;

/** What is read of a file that begins with some text, while one thing after the other is done to it. */
async function readWhile(begins: string, ...acts: ((path: string) => void)[]): Promise<string[]> {
  const path = join(home, `log-${files++}`);
  writeFileSync(path, begins);
  const read: string[] = [];
  const pause = async (): Promise<boolean> => {
    const act = acts.shift();
    act?.(path);
    return act !== undefined;
  };
  for await (const piece of tailOf(path, { pause })) {
    read.push(typeof piece === 'string' ? `(${piece})` : piece.toString());
  }
  return read;
}

const append = (text: string) => (path: string) => appendFileSync(path, text);

describe('a file that grows', () => {
  test('is read as far as it goes, and what is added to it', async () => {
    expect(await readWhile('a\n', append('b\nhalf'), append(' a line\n'))).toEqual([
      'a\n',
      'b\nhalf',
      ' a line\n',
    ]);
  });

  test('may be renamed and begun anew; what is still written to the old one comes first', async () => {
    const rotate = (path: string): void => {
      renameSync(path, `${path}.1`);
      appendFileSync(`${path}.1`, 'late\n');
      writeFileSync(path, 'new\n');
    };
    expect(await readWhile('old\n', rotate, append('more\n'))).toEqual([
      'old\n',
      'late\n',
      '(replaced)',
      'new\n',
      'more\n',
    ]);
  });

  test('may be missing for a while, and empty for a while', async () => {
    const read = await readWhile(
      'old\n',
      (path) => renameSync(path, `${path}.1`),
      (path) => writeFileSync(path, ''),
      (path) => appendFileSync(`${path}.1`, 'late\n'),
      append('new\n'),
    );
    expect(read).toEqual(['old\n', 'late\n', '(replaced)', 'new\n']);
  });

  test('may be copied and cut to nothing', async () => {
    const rotate = (path: string): void => {
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
    };
    expect(await readWhile('old\n', rotate, append('new\n'))).toEqual(['old\n', '(truncated)', 'new\n']);
  });

  test('is found to be cut off although it has grown beyond where it was read to', async () => {
    const rotate = (path: string): void => writeFileSync(path, 'new, and longer than what was there\n');
    expect(await readWhile('old\n', rotate)).toEqual([
      'old\n',
      '(truncated)',
      'new, and longer than what was there\n',
    ]);
  });

  test('must be there when it is opened', async () => {
    const read = async () => {
      for await (const _ of tailOf(join(home, 'nowhere'), { pause: async () => false }));
    };
    await expect(read()).rejects.toThrow(/nowhere: no such file; check the name/);
    expect(() => isRegularFile(join(home, 'nowhere'))).toThrow(/no such file/);
    expect(isRegularFile(home)).toBe(false);
  });
});

describe('bytes', () => {
  const cut = (...chunks: (string | Buffer)[]): CutLine[] => {
    const cutter = new LineCutter();
    const lines = chunks.flatMap((chunk) => [...cutter.cut(Buffer.from(chunk))]);
    const rest = cutter.rest();
    return rest === null ? lines : [...lines, rest];
  };

  test('are cut into lines wherever they are broken', () => {
    expect(cut('a\r\nb', 'c\n\n', 'd')).toEqual([{ text: 'a' }, { text: 'bc' }, { text: '' }, { text: 'd' }]);
    const euro = Buffer.from('€\n');
    expect(cut(euro.subarray(0, 1), euro.subarray(1))).toEqual([{ text: '€' }]);
  });

  test('that are no UTF-8, or too many for a line, are said to be so, and the next line is read', () => {
    const long = Buffer.alloc(LONGEST_LINE_BYTES, 'x');
    expect(cut(Buffer.from([0xff, 0x0a]), long, 'y\nnext\n')).toEqual([
      { unreadable: expect.stringContaining('UTF-8') },
      { unreadable: expect.stringContaining(`${LONGEST_LINE_BYTES + 1} bytes`) },
      { text: 'next' },
    ]);
    expect(cut(long, '\n')).toMatchObject([{ text: expect.any(String) }]);
  });
});
