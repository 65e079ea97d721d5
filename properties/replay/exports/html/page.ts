import type { Film } from '../../moment.ts';
import { pageData } from './data.ts';
import { STYLE } from './style.ts';
import { VIEWER } from './viewer.ts';

/**
 * A replay as a page of its own, to step through: nothing in it is loaded from anywhere, and its policy forbids that.
 * What it shows is in it as JSON.
 */
export function htmlText(film: Film): string {
  const title = `Replay of ${film.file}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p id="verdict"></p>
<nav>
<button id="first" title="Home">first</button>
<button id="back" title="Left arrow">back</button>
<input id="slider" type="range" min="0" aria-label="step">
<button id="next" title="Right arrow">next</button>
<button id="last" title="End">last</button>
<span id="place"></span>
</nav>
<p class="hint">Arrow keys go back and forth, Home and End to the first and the last step.</p>
</header>
<main id="step"></main>
<noscript>This page needs scripts to be allowed; it loads none.</noscript>
<script id="data" type="application/json">${embedded(pageData(film))}</script>
<script>${VIEWER}</script>
</body>
</html>
`;
}

/** JSON that no browser takes for the end of a script, whatever strings are in it. */
function embedded(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
