import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ELK from 'elkjs';
import { build } from 'esbuild';
import { deflateSync } from 'fflate';
import { buildPages } from './build-pages.mjs';
import { bundleOptions } from './bundle-options.mjs';

/**
 * Builds two programs, each one script and one style: the viewer, which is the model, the judge, the schedulers and the
 * page around them; and the charts of simulations. Run after tsc, since the charts are laid out from the compiled tables.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const { TABLES } = await import(new URL('../../dist/model/table.js', import.meta.url).href);

const layouts = JSON.stringify(await Promise.all(TABLES.map(layoutOf)));

const common = bundleOptions(root, layouts);

await build({
  ...common,
  entryPoints: [
    { in: 'docs/site/main.tsx', out: 'viewer' },
    { in: 'docs/site/style.css', out: 'viewer' },
    { in: 'docs/site/figures/main.tsx', out: 'figures' },
    { in: 'docs/site/figures/style.css', out: 'figures' },
  ],
  outdir: 'dist/docs/site',
});

/** Where the states of a table stand and how its transitions run; those of the same two states are drawn as one. */
async function layoutOf(table) {
  const edges = new Map();
  for (const transition of table.candidates.flat()) {
    if (transition === undefined || transition.wrong || transition.source === transition.target) continue;
    const key = `${transition.source}>${transition.target}`;
    const edge = edges.get(key) ?? { from: transition.source, to: transition.target, events: new Set() };
    edge.events.add(transition.event);
    edges.set(key, edge);
  }
  const listed = [...edges.values()].map(({ events, ...edge }) => ({
    ...edge,
    events: [...events].join(', '),
  }));
  const graph = await new ELK().layout({
    id: table.name,
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'POLYLINE',
      // From left to right in the order of the table, which is that of a life.
      'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
      'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
      'elk.spacing.nodeNode': '14',
      'elk.layered.spacing.nodeNodeBetweenLayers': '34',
      'elk.spacing.edgeNode': '10',
      'elk.spacing.edgeEdge': '6',
    },
    children: table.states.map((id) => ({ id, width: id.length * 7 + 16, height: 24 })),
    edges: listed.map(({ from, to }, index) => ({ id: String(index), sources: [from], targets: [to] })),
  });
  return {
    name: table.name,
    width: Math.ceil(graph.width),
    height: Math.ceil(graph.height),
    states: graph.children.map(({ id, x, y, width, height }) => ({ id, x, y, width, height })),
    edges: graph.edges.map(({ id, sections: [{ startPoint, bendPoints = [], endPoint }] }) => ({
      ...listed[Number(id)],
      points: [startPoint, ...bendPoints, endPoint].map(({ x, y }) => [Math.round(x), Math.round(y)]),
    })),
  };
}

const fileOf = (name) => new URL(`../../dist/docs/site/${name}`, import.meta.url);

// A page has the script in it deflated, so that it stays small; by fflate, which writes the same bytes on any machine.
// The site's scripts have the same charts.
writeFileSync(fileOf('charts.json'), layouts);
for (const program of ['viewer', 'figures']) {
  const packed = deflateSync(readFileSync(fileOf(`${program}.js`)), { level: 9 });
  writeFileSync(fileOf(`${program}.deflate.txt`), Buffer.from(packed).toString('base64'));
}

for (const name of ['viewer', 'figures'].flatMap((one) => [
  `${one}.js`,
  `${one}.deflate.txt`,
  `${one}.css`,
])) {
  const { size } = statSync(fileOf(name));
  process.stderr.write(`dist/docs/site/${name}: ${Math.ceil(size / 1000)} kB\n`);
}

await buildPages(common);
