import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built `xx`, as a reader runs it. What it leaves goes where nothing was before, since a campaign looks there. */
export function xx(words: readonly string[]): string {
  const out = mkdtempSync(join(tmpdir(), 'xx-implement-'));
  try {
    const args = ['dist/cli.js', ...words, '--out', out];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    return stdout === '' ? stderr : stdout;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** One of the schedulers in Python, what it is told, and what it says. */
export function python(script: string, input: string): string {
  const { stdout, stderr, status, error } = spawnSync('python3', [`docs/examples/python/${script}`], {
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script}: ${error?.message ?? stderr}`);
  return stdout;
}
