import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.mjs';

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
];

rmSync(`${root}dist/site`, { recursive: true, force: true });
await build({ ...bundleOptions(root, layouts), entryPoints: entries, outdir: assets });

// The playground and the exploration are built with the viewer; a page that needs more of them asks for it by name.
for (const name of readdirSync(`${root}dist/docs/site`)) {
  if (/^(?:playground|explore|campaign)\..*(?:js|css)$/.test(name)) {
    copyFileSync(`${root}dist/docs/site/${name}`, `${assets}/${name}`);
  }
}

for (const name of readdirSync(assets)) {
  const { size } = statSync(`${assets}/${name}`);
  process.stderr.write(`dist/site/assets/${name}: ${Math.ceil(size / 1000)} kB\n`);
}
