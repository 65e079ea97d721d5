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

/** Where docs/site/build-site.mjs puts the scripts. */
const ASSETS = 'dist/site/assets';

/** A script that was built; without it a page says what it would be. */
function builtScripts(name: string): string[] {
  return existsSync(join(ASSETS, name)) ? [name] : [];
}

/** Where a cluster is built, and things happen to it by clicks. */
export function playgroundPage(): SitePage {
  return {
    address: 'playground.html',
    page: 'playground.html',
    title: 'Playground',
    scripts: builtScripts('playground.js'),
    isWide: true,
    html: `<p>Build a cluster, let things happen to it, and see every answer judged. What the charts do not permit cannot be clicked.</p>
<div id="playground"></div>
${NO_SCRIPT}`,
  };
}

/** Where all states of a small cluster are reached, and walked through. */
export function explorePage(): SitePage {
  return {
    address: 'explore.html',
    page: 'explore.html',
    title: 'Walk through all states',
    scripts: builtScripts('explore.js'),
    isWide: true,
    html: `<p>Everything that can happen to a small cluster, tried in this tab. <a href="exploration.html">What is explored, and what was found</a></p>
<div id="explore"></div>
${NO_SCRIPT}`,
  };
}

/** The replay of whatever its address has in it, and of the example where it has nothing: as `xx replay --html` writes it. */
export function replayPage(): string {
  const playable = { file: EXAMPLE, ...readPlayable(readFileSync(EXAMPLE, 'utf8')) };
  const recording = replay(playable, { scheduler: createXX() });
  const film = { file: EXAMPLE, scheduler: 'xx', plays: 'xx', recording };
  const back =
    '<aside aria-label="The site"><a href="index.html">XX, the executable specification</a></aside>';
  return [...piecesOf(htmlExporter, film)].join('').replace('<div id="viewer">', `${back}\n$&`);
}
