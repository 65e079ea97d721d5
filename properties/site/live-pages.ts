import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { piecesOf } from '../replay/exports/exporter.ts';
import { htmlExporter } from '../replay/exports/html/page.ts';
import { readPlayable } from '../replay/load.ts';
import { replay } from '../replay/play.ts';
import type { SitePage } from './layout.ts';

/** Pages that are nothing without their scripts. */

/** What the first page plays, too. */
export const EXAMPLE = 'docs/examples/home-page.scenario.jsonl';

const NO_SCRIPT =
  '<noscript><p>This page runs the specification in the browser, so it needs scripts to be allowed.</p></noscript>';

/** Where docs/site/build-site.mjs puts scripts and styles. */
const ASSETS = 'dist/site/assets';

/** Where a cluster is built, and things happen to it by clicks. */
export function playgroundPage(): SitePage {
  return program('playground', 'Playground');
}

/** Where all states of a small cluster are reached, and walked through. */
export function explorePage(): SitePage {
  return program('explore', 'Walk through all states');
}

/** A page that its script fills. Without it, in a build that has none, it says so. */
function program(name: string, title: string): SitePage {
  const page = { address: `${name}.html`, page: `${name}.html`, title };
  if (!existsSync(join(ASSETS, `${name}.js`))) {
    return { ...page, scripts: [], html: '<p>This build of the site is without it.</p>' };
  }
  return {
    ...page,
    scripts: [`${name}.js`],
    styles: ['playground.css'],
    isProgram: true,
    html: `<div id="${name}"></div>\n${NO_SCRIPT}`,
  };
}

/** The replay of whatever its address has in it, and of the example where it has nothing: as `xx replay --html` writes it. */
export function replayPage(): string {
  const playable = { file: EXAMPLE, ...readPlayable(readFileSync(EXAMPLE, 'utf8')) };
  const recording = replay(playable, { scheduler: createXX() });
  const film = { file: EXAMPLE, scheduler: 'xx', plays: 'xx', recording };
  const back =
    '<aside class="site-back" aria-label="The site"><a href="index.html">XX, the executable specification</a></aside>';
  return [...piecesOf(htmlExporter, film)].join('').replace('<div id="viewer">', `${back}\n$&`);
}
