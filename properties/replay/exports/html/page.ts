import { escapedForHtml } from '../../../../reference-impl/simulation/page.ts';
import type { Film } from '../../moment.ts';
import { EVERYTHING, type Range } from '../../range.ts';
import type { Exporter } from '../exporter.ts';
import { pageData } from './data.ts';
import { readViewer } from './viewer.ts';

/**
 * A replay as a page of its own, which plays the scenario again: the model, the judge and the schedulers are in it.
 * Nothing in it is loaded from anywhere, and its policy forbids that. It does not grow with the steps, beside the
 * scenario itself.
 */
export function htmlExporter(film: Film, range: Range = EVERYTHING): Exporter {
  const title = `Replay of ${film.file}`;
  const { packedScript, style } = readViewer();
  return {
    head: () => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${MARK}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapedForHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="viewer"></div>
<noscript>This page plays a scenario, so it needs scripts to be allowed; it loads none.</noscript>
<script id="data" type="application/json">${embedded(pageData(film, range))}</script>
`,
    tail: () => `<script id="program" type="text/plain">${packedScript}</script>
<script>${UNPACK}</script>
</body>
</html>
`,
  };
}

/** Whether a file that begins like this is a page of a replay. */
export function isPage(beginning: string): boolean {
  return beginning.includes(MARK);
}

/** By which a page is known again. */
const MARK = '<meta name="generator" content="xx-spec">';

/** Inflates the script of the viewer and runs it: a third of its size lies in the page. */
const UNPACK = `(async () => {
const packed = Uint8Array.from(atob(document.getElementById('program').textContent), (c) => c.charCodeAt(0));
const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
const script = document.createElement('script');
script.textContent = await new Response(stream).text();
document.body.append(script);
})();`;

/** JSON that no browser takes for the end of a script, whatever strings are in it. */
function embedded(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
