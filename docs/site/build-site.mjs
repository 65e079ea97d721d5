import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles the scripts and the style of the site into dist/site/assets, as classic scripts: pages from disk load no others.
 * Run after build.mjs, which has laid out the charts, and before the pages are written.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const assets = `${root}dist/site/assets`;
const layouts = readFileSync(`${root}dist/docs/site/charts.json`, 'utf8');

const entries = [
  { in: 'docs/site/pages/main.tsx', out: 'replays' },
  { in: 'docs/site/pages/shell.ts', out: 'shell' },
  { in: 'docs/site/pages/site.css', out: 'site' },
  { in: 'docs/site/playground/main.tsx', out: 'playground' },
  { in: 'docs/site/explore/main.tsx', out: 'explore' },
];

rmSync(`${root}dist/site`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: entries.filter((entry) => existsSync(`${root}${entry.in}`)),
  outdir: assets,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['es2022'],
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { CHART_LAYOUTS: layouts, 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});

for (const { out } of entries) {
  const file = [`${assets}/${out}.js`, `${assets}/${out}.css`].find((path) => existsSync(path));
  if (file !== undefined) {
    process.stderr.write(`${file.slice(root.length)}: ${Math.ceil(statSync(file).size / 1000)} kB\n`);
  }
}
