import { readFileSync } from 'node:fs';
import type { SimulationPageData } from '../simulation-page/data.ts';

/** What the page of a simulation has in it, beside programs and replays. */
export function simulationDataOf(page: string): SimulationPageData {
  const html = readFileSync(page, 'utf8');
  return JSON.parse(/<script id="simulation" type="application\/json">([^<]*)<\/script>/.exec(html)![1]!);
}
