import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { deflateSync } from 'fflate';

/**
 * Builds the playground and the exploration: classic scripts, since a page from disk loads no modules. What takes long
 * to load and is seldom wanted lies beside them: workers as deflated texts, and what is on record.
 */

const fileOf = (name) => new URL(`../../dist/docs/site/${name}`, import.meta.url);

/** @param common what all scripts of the site are built with. */
export async function buildPages(common) {
  await build({
    ...common,
    entryPoints: PAGES.flatMap(({ name }) => [{ in: `docs/site/${name}/main.tsx`, out: name }]),
    outdir: 'dist/docs/site',
    plugins: [withoutNode],
  });
  await build({
    ...common,
    entryPoints: [{ in: 'docs/site/playground/playground.css', out: 'playground' }],
    outdir: 'dist/docs/site',
  });
  for (const name of WORKERS) writeFileSync(fileOf(`${name}.worker.js`), await workerScript(common, name));
  writeFileSync(fileOf('playground.recorded.js'), `globalThis.xxRecorded=${JSON.stringify(recorded())};\n`);
  for (const page of PAGES) writeFileSync(fileOf(`${page.name}.html`), shellOf(page));
  const written = [
    ...PAGES.map(({ name }) => `${name}.js`),
    ...WORKERS.map((name) => `${name}.worker.js`),
    'playground.recorded.js',
    'playground.css',
  ];
  for (const name of written) {
    process.stderr.write(`dist/docs/site/${name}: ${Math.ceil(statSync(fileOf(name)).size / 1000)} kB\n`);
  }
}

const PAGES = [
  { name: 'playground', title: 'Playground' },
  { name: 'explore', title: 'Every state of a small cluster' },
];

const WORKERS = ['campaign', 'explore'];

/** A browser has nothing of Node; what campaigns need of it is little, and has a stand-in. */
const withoutNode = {
  name: 'without-node',
  setup({ onResolve }) {
    onResolve({ filter: /^node:(timers|util)$/ }, ({ path }) => ({
      path: fileURLToPath(new URL(`workers/node/${path.slice('node:'.length)}.ts`, import.meta.url)),
    }));
  },
};

/** A script that brings that of a worker along as a text. */
async function workerScript(common, name) {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [`docs/site/workers/${name}.ts`],
    write: false,
    plugins: [withoutNode],
  });
  const packed = Buffer.from(deflateSync(outputFiles[0].contents, { level: 9 })).toString('base64');
  return `(globalThis.xxWorkers??={})[${JSON.stringify(name)}]="${packed}";\n`;
}

/** All that is on record, and what the pages of rules and readings play: each with who plays it, and without what was said of it then. */
function recorded() {
  return ['counterexamples', 'docs/cases'].flatMap((folder) =>
    recordedIn(new URL(`../../${folder}/`, import.meta.url)),
  );
}

function recordedIn(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.flatMap((name) => {
    if (name.startsWith('found')) return [];
    const read = () => readFileSync(new URL(name, folder), 'utf8');
    if (name.endsWith('.json')) {
      const { scheduler, property, alone = false, config, stimuli } = JSON.parse(read());
      return [{ name: name.replace(/\.json$/, ''), player: scheduler, property, alone, config, stimuli }];
    }
    if (!name.endsWith('.jsonl')) return [];
    const [{ config }, ...lines] = read()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    const stimuli = lines.map(({ at, stimulus }) => ({ at, stimulus }));
    const short = name.replace(/(\.scenario)?\.jsonl$/, '');
    return [{ name: short, player: 'xx', property: null, alone: false, config, stimuli }];
  });
}

/** The least that a page needs around its script. */
function shellOf({ name, title }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<link rel="stylesheet" href="playground.css">
</head>
<body>
<div id="${name}"></div>
<noscript>This page runs the specification, so it needs scripts to be allowed.</noscript>
<script src="${name}.js"></script>
</body>
</html>
`;
}
