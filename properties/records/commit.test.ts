import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commitIn } from './commit.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-commit-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const HASH = '0123456789abcdef0123456789abcdef01234567';
const REPOSITORY = { HEAD: 'ref: refs/heads/main\n', 'refs/heads/main': `${HASH}\n` };

/** Files of a directory, by their paths in it. */
function tree(name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(home, name);
  mkdirSync(join(directory, 'deep', 'er'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

const inGit = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [join('.git', path), text]));

const KINDS: [string, string | null, Readonly<Record<string, string>>][] = [
  ['a branch', HASH.slice(0, 12), inGit(REPOSITORY)],
  ['a commit by itself', HASH.slice(0, 12), inGit({ HEAD: `${HASH}\n` })],
  ['a hash of 64 digits', HASH.slice(0, 12), inGit({ HEAD: `${HASH}${HASH.slice(0, 24)}\n` })],
  [
    'a packed branch',
    HASH.slice(0, 12),
    inGit({ HEAD: REPOSITORY.HEAD, 'packed-refs': `# pack-refs\n${HASH} refs/heads/main\n^${HASH}\n` }),
  ],
  [
    'a worktree',
    HASH.slice(0, 12),
    {
      '.git': 'gitdir: ./main/.git/worktrees/one\n',
      'main/.git/worktrees/one/HEAD': REPOSITORY.HEAD,
      'main/.git/worktrees/one/commondir': '../..\n',
      'main/.git/refs/heads/main': HASH,
    },
  ],
  ['no repository', null, {}],
  ['no commit yet', null, inGit({ HEAD: REPOSITORY.HEAD })],
  ['a reference that leads out', null, inGit({ HEAD: 'ref: refs/../../secret\n', secret: HASH })],
  ['a reference to itself', null, inGit({ HEAD: 'ref: refs/a\n', 'refs/a': 'ref: refs/a\n' })],
  ['nonsense', null, inGit({ HEAD: '\u0000\u0001' })],
  ['a HEAD of a megabyte', null, inGit({ HEAD: 'a'.repeat(1_000_000) })],
  ['a .git that leads nowhere', null, { '.git': 'gitdir: /nowhere/at/all\n' }],
];

test.each(KINDS)('the commit of %s is %s', (name, expected, files) => {
  const directory = tree(name.replaceAll(/\W/g, '-'), files);
  expect(commitIn(directory)).toBe(expected);
  expect(commitIn(join(directory, 'deep', 'er'))).toBe(expected);
});

describe('a repository of git itself', () => {
  test('is read as git reads it, and nothing that it configures is run', () => {
    const directory = tree('hostile', { file: 'one' });
    const git = (...argv: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...argv], {
        cwd: directory,
        encoding: 'utf8',
      });
    git('init', '--quiet');
    git('add', 'file');
    git('commit', '--quiet', '--message', 'one');
    const ran = join(home, 'ran');
    git('config', 'core.fsmonitor', `touch ${ran}; false`);
    writeFileSync(join(directory, 'file'), 'two');
    const commit = commitIn(directory);
    expect(existsSync(ran)).toBe(false);
    rmSync(ran, { force: true });
    expect(commit).toBe(git('rev-parse', 'HEAD').slice(0, 12));
    git('pack-refs', '--all');
    expect(commitIn(directory)).toBe(commit);
  });
});
