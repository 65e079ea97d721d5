import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A build has everything that is run in this project. Before it is packed, all is taken out of dist/ that no command and no
 * export reaches: benches, mutations, the makers of pages, declarations that no exported type names. `npm run build` makes
 * it whole again.
 */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.values(exports).flatMap((entry) =>
  typeof entry === 'string' ? [] : Object.values(entry),
);
const built = filesBelow('dist');
/** Read as files: by a page that is written, and by whoever implements a scheduler. */
const READ = /^dist\/(?:docs|schema|site)\/|^dist\/chunks\/licenses\.md$/;
const read = built.filter((file) => READ.test(file));
const needed = new Set();
const waiting = ['dist/cli.js', ...entries.map((file) => file.replace('./', '')), ...read];
while (waiting.length > 0) {
  const file = waiting.pop();
  if (needed.has(file)) continue;
  needed.add(file);
  if (!READ.test(file)) waiting.push(...namedIn(file));
}
for (const file of built) if (!needed.has(file)) rmSync(file);
removeEmpty('dist');

/** The files of this build that a file names: those that it imports, and threads that it starts. */
function namedIn(file) {
  const text = readFileSync(file, 'utf8');
  const beside = [...text.matchAll(/['"](\.[^'"\n]+\.[jt]s)['"]/g)].map(([, target]) =>
    join(dirname(file), target),
  );
  const threads = [...text.matchAll(/['"]([\w-]+\/(?:worker|thread))['"]/g)].map(
    ([, module]) => `dist/properties/${module}.js`,
  );
  const built = [...text.matchAll(/builtFile\(['"]([^'"]+)['"]\)/g)].map(([, path]) => `dist/${path}`);
  return [...beside, ...threads, ...built]
    .map((path) => (file.endsWith('.d.ts') ? path.replace(/(?:\.d)?\.[jt]s$/, '.d.ts') : path))
    .filter((path) => existsSync(path));
}

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function removeEmpty(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmpty(join(directory, entry.name));
  }
  if (readdirSync(directory).length === 0) rmdirSync(directory);
}
