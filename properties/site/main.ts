import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { close, createIndex } from 'pagefind';
import { CATALOGUE } from '../catalogue.ts';
import { readSources } from '../pages/sources.ts';
import { chartLayouts } from './chart-picture.ts';
import { embeddedJson } from './html.ts';
import { framed } from './layout.ts';
import { replayPage } from './live-pages.ts';
import { allPages } from './pages.ts';

/**
 * `npm run site`: writes the pages, beside the scripts that docs/site/build-site.mjs has bundled, and the index of the
 * search.
 */
const OUT = 'dist/site';

const { pages, pictures, list } = allPages({
  sources: readSources(),
  explorations: JSON.parse(readFileSync('docs/exploration.json', 'utf8')),
  teeth: JSON.parse(readFileSync('docs/teeth.json', 'utf8')),
  tried: JSON.parse(readFileSync('docs/tried.json', 'utf8')),
  layouts: await chartLayouts(),
});

for (const [index, page] of pages.entries()) {
  write(page.address, framed(page, pages[index - 1] ?? null, pages[index + 1] ?? null));
}
write('replay.html', replayPage());
for (const picture of pictures) {
  const to = join(OUT, picture.replace(/^docs\//, ''));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(picture, to);
}
write('assets/search-list.js', `globalThis.xxSearchList=${embeddedJson(list)};\n`);

rmSync(join(OUT, 'pagefind'), { recursive: true, force: true });
const { index } = await createIndex({ forceLanguage: 'en' });
await index!.addDirectory({ path: OUT });
await index!.writeFiles({ outputPath: join(OUT, 'pagefind') });
await close();
for (const unused of [
  'pagefind-ui.js',
  'pagefind-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-modular-ui.css',
  'pagefind-highlight.js',
  'pagefind-component-ui.js',
  'pagefind-component-ui.css',
  'wasm.unknown.pagefind',
]) {
  rmSync(join(OUT, 'pagefind', unused), { force: true });
}
if (!existsSync(join(OUT, 'pagefind/pagefind.js'))) throw new Error('pagefind has written no index');
process.stderr.write(`${OUT}: ${pages.length} pages, ${CATALOGUE.length} of rules and properties\n`);

function write(address: string, text: string): void {
  const path = join(OUT, address);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
