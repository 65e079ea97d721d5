import type { Film } from '../../moment.ts';
import { EVERYTHING, type Range } from '../../range.ts';
import type { Exporter } from '../exporter.ts';
import { pageData } from './data.ts';
import { embedded, headOf, RUN_PROGRAM } from './shell.ts';
import { readProgram } from './viewer.ts';

/**
 * A replay as a page of its own, which plays the scenario again: the model, the judge and the schedulers are in it. It
 * does not grow with the steps, beside the scenario itself.
 */
export function htmlExporter(film: Film, range: Range = EVERYTHING): Exporter {
  const { packedScript, style } = readProgram('viewer');
  return {
    head: () => `${headOf(`Replay of ${film.file}`, style)}<div id="viewer"></div>
<noscript>This page plays a scenario, so it needs scripts to be allowed; it loads none.</noscript>
<script id="data" type="application/json">${embedded(pageData(film, range))}</script>
`,
    tail: () => `<script id="program" type="text/plain">${packedScript}</script>
<script>(${RUN_PROGRAM})('program');</script>
</body>
</html>
`,
  };
}
