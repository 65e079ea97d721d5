#!/usr/bin/env node
// Starts what was built. A fresh clone has built nothing yet, and does so on first use; a package comes with it.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(realpathSync(fileURLToPath(import.meta.url)), '../../..');
const program = resolve(root, 'dist/cli.js');
if (!existsSync(program)) {
  process.stderr.write('xx: building, once\n');
  // What a build says is no answer of the command.
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(70);
}
await import(pathToFileURL(program).href);
