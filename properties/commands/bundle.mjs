import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Puts a bundle in the place of each file that a process or a thread of `xx` begins with. Hundreds of small modules take
 * a third of a second to load, in every thread again; see docs/decisions/0016-bundles.md. Run after tsc; what is imported
 * as a library stays as tsc wrote it.
 */

const BEGINNINGS = [
  'cli',
  'properties/commands/thread',
  'properties/fuzz/worker',
  'properties/farm/thread',
  'properties/exploration/worker',
  'reference-impl/exec/exec-thread',
];

const root = fileURLToPath(new URL('../../', import.meta.url));
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: BEGINNINGS.map((path) => ({ in: `dist/${path}.js`, out: path })),
  outdir: 'dist',
  chunkNames: 'chunks/[hash]',
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: ['node20'],
  // What is there only where somebody has installed it; what starts threads with files of its own; and what comes
  // without the text of its license, which a copy has to have.
  external: ['bullmq', 'echarts', 'ioredis', 'vitest', 'tinypool', 'sirv'],
  // Libraries that are no ES modules ask for those of Node in the old way.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  // Names stay, for whoever reads a stack.
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

/** The licenses of the libraries in the bundles, which want to be told wherever a copy is. */
const libraries = new Set(
  Object.keys(metafile.inputs).flatMap(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  ),
);
const licenses = [...libraries].sort().map((name) => {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined)
    throw new Error(`bundle: ${name} has no file with its license; leave it out of the bundles`);
  return `# ${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
});
writeFileSync(join(root, 'dist/chunks/licenses.md'), licenses.join('\n'));
