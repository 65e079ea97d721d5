import { escapedForHtml } from '../../../../reference-impl/simulation/page.ts';
import type { Film } from '../../moment.ts';
import type { Exporter } from '../exporter.ts';
import { PageSteps, pageHead } from './data.ts';
import { STYLE } from './style.ts';
import { VIEWER } from './viewer.ts';

/**
 * A replay as a page of its own, to step through: nothing in it is loaded from anywhere, and its policy forbids that.
 * What it shows is in it as JSON, a step a line.
 */
export function htmlExporter(film: Film): Exporter {
  const title = `Replay of ${film.file}`;
  const steps = new PageSteps(film);
  let isFirst = true;
  const head = embedded(pageHead(film)).slice(0, -1);
  return {
    head: () => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapedForHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapedForHtml(title)}</h1>
<p id="verdict"></p>
<nav>
<button id="first" title="Home">first</button>
<button id="back" title="Left arrow">back</button>
<input id="slider" type="range" min="0" aria-label="step">
<button id="next" title="Right arrow">next</button>
<button id="last" title="End">last</button>
<button id="failure" title="f">failure</button>
<span id="place"></span>
</nav>
<p class="hint">Arrow keys go back and forth, Home and End to the first and the last step, f to the one that fails.</p>
</header>
<main id="step"></main>
<noscript>This page needs scripts to be allowed; it loads none.</noscript>
<script id="data" type="application/json">${head},"steps":[`,
    moment(moment) {
      const separator = isFirst ? '\n' : ',\n';
      isFirst = false;
      return `${separator}${embedded(steps.shown(moment))}`;
    },
    tail: () => `
]}</script>
<script>${VIEWER}</script>
</body>
</html>
`,
  };
}

/** JSON that no browser takes for the end of a script, whatever strings are in it. */
function embedded(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
