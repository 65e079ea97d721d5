import { deflateRawSync } from 'node:zlib';
import { printable } from '../../model/printable.ts';
import type { PageData } from '../replay/exports/html/data.ts';
import { embedded, headOf, RUN_PROGRAM } from '../replay/exports/html/shell.ts';
import { readProgram } from '../replay/exports/html/viewer.ts';
import type { SimulationPageData } from './data.ts';

/**
 * The page of a simulation: its charts, and the stretches around their peaks, which the viewer plays in the same page.
 *
 * @param replays one for each peak.
 */
export function simulationPage(data: SimulationPageData, replays: readonly PageData[]): string {
  const figures = readProgram('figures');
  const viewer = replays.length === 0 ? null : readProgram('viewer');
  const stretches = replays.map(
    (replay, index) => `<script id="stretch-${index}" type="text/plain">${deflated(replay)}</script>\n`,
  );
  return [
    headOf(printable(data.title), `${figures.style}${viewer?.style ?? ''}`),
    '<div id="figures"></div>\n<div id="viewer"></div>\n',
    '<noscript>This page draws charts, so it needs scripts to be allowed; it loads none.</noscript>\n',
    `<script id="simulation" type="application/json">${embedded(data)}</script>\n`,
    ...stretches,
    `<script id="draw" type="text/plain">${figures.packedScript}</script>\n`,
    viewer === null ? '' : `<script id="play" type="text/plain">${viewer.packedScript}</script>\n`,
    `<script>${BEGIN}</script>\n</body>\n</html>\n`,
  ].join('');
}

/** An address that names a stretch that there is, or has a run in it, is for the viewer. */
const BEGIN = `const isReplay = () => {
  const fields = new URLSearchParams(location.hash.slice(1));
  const isNamed = fields.has('run') || document.getElementById('stretch-' + fields.get('stretch')) !== null;
  return isNamed && document.getElementById('play') !== null;
};
(${RUN_PROGRAM})(isReplay() ? 'play' : 'draw');
if (!isReplay()) addEventListener('hashchange', () => isReplay() && location.reload());`;

function deflated(value: PageData): string {
  return deflateRawSync(JSON.stringify(value), { level: 9 }).toString('base64');
}
