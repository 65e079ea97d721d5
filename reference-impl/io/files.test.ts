import { spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { fc, test } from '@fast-check/vitest';
import { afterAll, describe, expect } from 'vitest';
import { InputError } from '../../model/input-error.ts';
import {
  beginFile,
  FileError,
  inFile,
  isSameFile,
  LONGEST_LINE_BYTES,
  readLines,
  writeNamed,
  writeWhole,
} from './files.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-files-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
}

async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(path)) lines.push(line);
  return lines;
}

async function refusalOf(path: string): Promise<string> {
  const error = await linesOf(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FileError);
  const { message } = error as FileError;
  expect(message).not.toMatch(/[\n\r]/);
  return message.replaceAll(home, 'HOME');
}

describe('reading lines', () => {
  const text = fc.array(
    fc.string({ unit: 'binary', maxLength: 20 }).map((line) => line.replace(/[\r\n]/g, '')),
  );

  test.prop([text, fc.constantFrom('\n', '\r\n'), fc.boolean()])(
    'gives back the lines that were written, with or without a last line end',
    async (lines, lineEnd, ended) => {
      const wellFormed = lines.map((line) => Buffer.from(line).toString());
      const whole = wellFormed.join(lineEnd) + (ended && wellFormed.length > 0 ? lineEnd : '');
      const expected = !ended && wellFormed.at(-1) === '' ? wellFormed.slice(0, -1) : wellFormed;
      expect(await linesOf(file('lines', whole))).toEqual(expected);
    },
  );

  test('does not mind where the chunks end: inside a character or a line end, neither matters', async () => {
    // Chunks are 256 KiB. Each file begins one byte later than the one before, so that every byte of the pattern
    // meets the boundary once.
    const pattern = 'aé€😀\r\n';
    for (let shift = 0; shift < Buffer.byteLength(pattern); shift++) {
      const body = `${'x'.repeat(shift)}${pattern.repeat(30_000)}`;
      const lines = await linesOf(file('chunks', body));
      expect(lines.length).toBe(30_000);
      expect(lines.every((line, i) => line === (i === 0 ? `${'x'.repeat(shift)}aé€😀` : 'aé€😀'))).toBe(true);
    }
  });

  test('of an empty file gives none, and of a file of one newline gives one', async () => {
    expect(await linesOf(file('empty', ''))).toEqual([]);
    expect(await linesOf(file('newline', '\n'))).toEqual(['']);
  });

  test('leaves a byte order mark for others to refuse', async () => {
    expect(await linesOf(file('bom', '\ufeffa\n'))).toEqual(['\ufeffa']);
  });

  test('takes a line of just 16 MiB, and refuses one byte more', async () => {
    const longest = 'x'.repeat(LONGEST_LINE_BYTES);
    expect((await linesOf(file('longest', `a\n${longest}\n`)))[1]!.length).toBe(LONGEST_LINE_BYTES);
    expect(await refusalOf(file('longer', `a\nb\n${longest}x\n`))).toBe(
      'HOME/longer: line 3 is longer than 16 MiB; is this a file of JSON lines?',
    );
  });

  test('refuses a line of 100 MB after 16 MiB of it', async () => {
    const path = file('huge', '');
    truncateSync(path, 100_000_000);
    expect(await refusalOf(path)).toMatch(/^HOME\/huge: line 1 is longer than 16 MiB/);
  });

  test('refuses what is not UTF-8, and names the line', async () => {
    expect(await refusalOf(file('latin1', Buffer.from('fine\ncaf\xe9\n', 'latin1')))).toBe(
      'HOME/latin1: line 2 is not valid UTF-8; save the file as UTF-8',
    );
    expect(await refusalOf(file('utf16', Buffer.from('\ufeff{}\n', 'utf16le')))).toMatch(
      /it looks like UTF-16/,
    );
    expect(await refusalOf(file('cut', Buffer.from('😀').subarray(0, 3)))).toMatch(
      /^HOME\/cut: line 1 is not valid/,
    );
  });

  test('says what to do about a file that is missing, a directory, or nobody’s to read', async () => {
    expect(await refusalOf(join(home, 'missing'))).toBe(
      'HOME/missing: no such file; check the name, or use - for standard input',
    );
    expect(await refusalOf(join(file('plain', ''), 'below'))).toMatch(/^HOME\/plain\/below: no such file/);
    expect(await refusalOf(home)).toBe('HOME: is a directory; name a file in it');
    expect(await refusalOf(join(home, 'a\nb'))).toMatch(/^HOME\/a\\u000ab: no such file/);
    symlinkSync('circle', join(home, 'circle'));
    expect(await refusalOf(join(home, 'circle'))).toBe(
      'HOME/circle: is a symbolic link that points back to itself',
    );
  });

  test('says so when the permission is missing', async () => {
    const path = file('secret', '');
    chmodSync(path, 0o000);
    const refusal = await asAnybody(() => refusalOf(path));
    expect(refusal).toMatch(/: may not be read by this user/);
  });

  test('of a pipe that grows gives each line as soon as it has ended', async () => {
    const path = join(home, 'pipe');
    const make = spawn('mkfifo', [path]);
    await new Promise((resolve) => make.on('close', resolve));
    const writer = spawn('sh', ['-c', `exec > ${path}; echo one; read go; printf 'two\\nthree'`]);
    const lines = readLines(path);
    expect(await lines.next()).toEqual({ done: false, value: 'one' });
    writer.stdin.end('go\n');
    expect(await lines.next()).toEqual({ done: false, value: 'two' });
    expect(await lines.next()).toEqual({ done: false, value: 'three' });
    expect(await lines.next()).toEqual({ done: true, value: undefined });
  });
});

describe('writing a file piece by piece', () => {
  test.prop([fc.array(fc.string({ unit: 'grapheme' }))])(
    'comes to the same as writing it whole',
    async (pieces) => {
      const path = join(home, 'pieces');
      const begun = beginFile(path);
      for (const piece of pieces) await begun.write(piece);
      begun.end();
      begun.discard();
      expect(readFileSync(path, 'utf8')).toBe(pieces.join(''));
    },
  );

  test('leaves what was there until it is ended, and for ever if it is discarded', async () => {
    mkdirSync(join(home, 'begun'));
    const path = file(join('begun', 'out'), 'old');
    for (const isWanted of [false, true]) {
      const begun = beginFile(path);
      await begun.write('new');
      expect(readFileSync(path, 'utf8')).toBe('old');
      if (isWanted) begun.end();
      else begun.discard();
      expect(readFileSync(path, 'utf8')).toBe(isWanted ? 'new' : 'old');
      expect(readdirSync(join(home, 'begun'))).toEqual(['out']);
    }
  });

  test('says before anything is written that it cannot be, and changes nothing', () => {
    const plain = file('a-plain-file', 'kept');
    expect(() => beginFile(join(plain, 'out'))).toThrow(FileError);
    expect(readFileSync(plain, 'utf8')).toBe('kept');
  });
});

test.each([
  ['writeWhole', async (path: string) => writeWhole(path, 'new')],
  ['writeNamed', (path: string) => writeNamed(path, 'new')],
  [
    'beginFile',
    async (path: string) => {
      const begun = beginFile(path);
      await begun.write('new');
      begun.end();
    },
  ],
])('%s makes missing folders', async (name, write) => {
  const path = join(home, name, 'not', 'there', 'out');
  await write(path);
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('one file is known under all of its names', () => {
  const one = file('under-names', 'kept');
  const link = join(home, 'a-link-to-it');
  symlinkSync(one, link);
  linkSync(one, join(home, 'a-hard-link'));
  for (const same of [one, link, join(home, 'a-hard-link'), `${home}/./under-names`]) {
    expect(isSameFile(same, one)).toBe(true);
  }
  expect(isSameFile(file('another', 'kept'), one)).toBe(false);
  expect(isSameFile(join(home, 'not-there'), one)).toBe(false);
});

describe('writing a whole file', () => {
  test('makes the directories, replaces what was there, and leaves nothing else behind', () => {
    const path = join(home, 'deep', 'er', 'out.json');
    writeWhole(path, 'first');
    writeWhole(path, 'second €');
    expect(readFileSync(path, 'utf8')).toBe('second €');
    expect(readdirSync(join(home, 'deep', 'er'))).toEqual(['out.json']);
  });

  test('replaces a symbolic link, and leaves its target alone', () => {
    const target = file('target', 'precious');
    const link = join(home, 'link');
    symlinkSync(target, link);
    writeWhole(link, 'new');
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(lstatSync(link).isSymbolicLink()).toBe(false);
    expect(readFileSync(link, 'utf8')).toBe('new');
  });

  test('does not write through a link that stands where the temporary file goes', () => {
    const target = file('precious', 'precious');
    mkdirSync(join(home, 'trap'));
    symlinkSync(target, join(home, 'trap', `.out.${process.pid}-${threadId}.tmp`));
    writeWhole(join(home, 'trap', 'out'), 'new');
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  test('refuses a directory and a place under a file, and leaves both as they were', () => {
    mkdirSync(join(home, 'full', 'inside'), { recursive: true });
    expect(() => writeWhole(join(home, 'full'), '')).toThrow(/full: is a directory; name a file to write$/);
    const plain = file('not-a-directory', 'kept');
    expect(() => writeWhole(join(plain, 'out'), '')).toThrow(/out: is below a file/);
    expect(readFileSync(plain, 'utf8')).toBe('kept');
    expect(readdirSync(home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

test('an input error gets the name of its file once', () => {
  const error = inFile('a.jsonl', new InputError('line 5: no'));
  expect(error.message).toBe('a.jsonl: line 5: no');
  expect(inFile('a.jsonl', error)).toBe(error);
  expect(inFile('-', new InputError('line 5: no')).message).toBe('standard input: line 5: no');
});

/** Does something as a user without privileges: root may read everything. */
async function asAnybody<Result>(work: () => Promise<Result>): Promise<Result> {
  const user = process.geteuid?.();
  if (user !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(user);
  }
}

/** The user id that Unix systems give to nobody. */
const NOBODY = 65_534;
