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
  'reference-impl/exec/exec-thread',
];

/**
 * What explores, in threads or in that of the command: all of it in one file, inside of one function. There V8 takes
 * functions and tables for what they are, while it looks at what a module imports again each time. An exploration gains a
 * tenth by it, a campaign nothing.
 */
const EXPLORER = 'properties/exploration/worker';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Libraries that are no ES modules ask for those of Node in the old way. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: ['node20'],
  // What is there only where somebody has installed it; what starts threads with files of its own; and what comes
  // without the text of its license, which a copy has to have.
  external: ['bullmq', 'echarts', 'ioredis', 'vitest', 'tinypool', 'sirv'],
  // Names stay, for whoever reads a stack.
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};
const entries = (paths) => paths.map((path) => ({ in: `dist/${path}.js`, out: path }));

/** The command finds the explorer where it is, from a chunk, and takes no part of it along. */
const explorerApart = {
  name: 'explorer-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/worker\.js$/ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && join(resolveDir, path) === join(root, 'dist', `${EXPLORER}.js`)
        ? { path: `../${EXPLORER}.js`, external: true }
        : undefined,
    );
  },
};

const shared = await build({
  ...common,
  entryPoints: entries(BEGINNINGS),
  chunkNames: 'chunks/[hash]',
  splitting: true,
  format: 'esm',
  banner: { js: REQUIRE },
  plugins: [explorerApart],
});
const apart = await build({
  ...common,
  entryPoints: entries([EXPLORER]),
  format: 'iife',
  globalName: 'explorer',
  define: { 'import.meta.url': 'here' },
  banner: { js: `${REQUIRE} const here = import.meta.url;` },
  footer: { js: 'export default explorer.default;' },
});
const inputs = { ...shared.metafile.inputs, ...apart.metafile.inputs };

/** The licenses of the libraries in the bundles, which want to be told wherever a copy is. */
const libraries = new Set(
  Object.keys(inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
);
const licenses = [...libraries].sort().map((name) => {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined)
    throw new Error(`bundle: ${name} has no file with its license; leave it out of the bundles`);
  return `# ${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
});
writeFileSync(join(root, 'dist/chunks/licenses.md'), licenses.join('\n'));
