import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scenario } from '../../../model/configuration.ts';
import { MUTANTS } from '../../../properties/mutants/index.ts';
import { collectRecords } from '../../../properties/records/collect.ts';
import { piecesOf } from '../../../properties/replay/exports/exporter.ts';
import { htmlExporter } from '../../../properties/replay/exports/html/page.ts';
import type { Film } from '../../../properties/replay/moment.ts';
import { replay } from '../../../properties/replay/play.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';

/** Pages of replays, for tests in a browser. */

/** A counterexample in which the wrong one is killed, and the step in which that happens. */
export function filmThatFails(): { film: Film; failingStep: number } {
  const { item: record, file } = collectRecords('counterexamples').collected.find(
    ({ item }) => item.scheduler === 'kills-the-newest',
  )!;
  const { scenario, step, scheduler: name } = record;
  const scheduler = MUTANTS.find((mutant) => mutant.name === name)!.create();
  const recording = replay({ file, scenario, record }, { scheduler });
  return { film: { file, scheduler: name, plays: name, recording }, failingStep: step };
}

/** The reference plays it. */
export function filmOf(scenario: Scenario): Film {
  const scheduler = createXX();
  const recording = replay({ file: 'drawn', scenario, record: null }, { scheduler }, ['memory-bound']);
  return { file: 'drawn', scheduler: 'xx', plays: 'xx', recording };
}

/** Somebody arrives, is placed and finishes, again and again. */
export function repeated({ config }: Scenario, lives: number): Scenario {
  const stimuli = Array.from({ length: lives }, (_, id) => [
    { at: id, stimulus: { type: 'submit' as const, id, tenant: 0, function: 'f', class: 0, shard: 0 } },
    { at: id, stimulus: { type: 'turn' as const, shard: 0 } },
    { at: id, stimulus: { type: 'finish' as const, id } },
  ]).flat();
  return { config, stimuli: [{ at: 0, stimulus: { type: 'boot' } }, ...stimuli] };
}

/** The page of a film. */
export function htmlOf(film: Film): string {
  return [...piecesOf(htmlExporter, film)].join('');
}

/** Writes a page. @returns its address. */
export function written(folder: string, name: string, html: string): string {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, html);
  return pathToFileURL(path).href;
}

/** Whether a page of a replay has played all of it; runs in the page. */
export const isPlayed = (): boolean =>
  /Accepted|violates|Broke off/.test(document.getElementById('verdict')?.textContent ?? '');
