import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { sometimesInTime } from '../../properties/arbitraries/configuration.ts';
import { type Plan, plans } from '../../properties/arbitraries/plan.ts';
import type { PropertyId } from '../../properties/catalogue.ts';
import { MUTANTS } from '../../properties/mutants/index.ts';
import { playPlan } from '../../properties/play/run.ts';
import { emptyCampaignTally } from '../../properties/play/tally.ts';
import { collectRecords } from '../../properties/records/collect.ts';
import type { CounterexampleRecord } from '../../properties/records/record.ts';
import { pageData } from '../../properties/replay/exports/html/data.ts';
import { replay } from '../../properties/replay/play.ts';
import { EVERYTHING } from '../../properties/replay/range.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { PlayedFilm } from './run/film.ts';
import { KNOWN, type playingOf } from './run/players.ts';

/** The script of the page as it was built, in a world of its own that has as much as a browser. */
function builtViewer(): { PlayedFilm: typeof PlayedFilm; playingOf: typeof playingOf } {
  const world = { atob, btoa, TextEncoder, TextDecoder, URLSearchParams, setTimeout, clearTimeout } as {
    xxViewer?: ReturnType<typeof builtViewer>;
  };
  new Script(readFileSync('dist/docs/site/viewer.js', 'utf8')).runInNewContext(world);
  return world.xxViewer!;
}

const viewer = builtViewer();

/** What the page says, as plain text, and what the command line says, of the same scenario. */
function bothOf(
  scenario: CounterexampleRecord['scenario'],
  name: string,
  properties: PropertyId[],
  isRecorded: boolean,
  scheduler: Scheduler = KNOWN.find((known) => known.name === name)!.create(),
): { page: string; commandLine: string; finding: string | null } {
  // As of a record: what is not possible is left out.
  const record = {} as CounterexampleRecord;
  const recording = replay({ file: 'drawn', scenario, record }, { scheduler }, properties);
  const film = { file: 'drawn', scheduler: name, ...(isRecorded ? {} : { plays: name }), recording };
  // As it comes out of a file.
  const data = JSON.parse(JSON.stringify(pageData(film, EVERYTHING)));
  const played = new viewer.PlayedFilm(viewer.playingOf({ ...data, told: null }));
  played.play();
  const words = (finding: unknown, steps: readonly unknown[]): string => JSON.stringify({ finding, steps });
  return {
    page: words(played.finding, played.recorded),
    commandLine: words(recording.finding, recording.steps),
    finding: recording.finding?.property ?? null,
  };
}

/** The reference plays where paging takes time and the one that was drawn knows no such paging. */
function playerOf({ config }: Plan, name: string): string {
  const { without = [] } = KNOWN.find((known) => known.name === name)!.create();
  return config.paging !== undefined && without.includes('paging') ? 'xx' : name;
}

/** Properties of single steps: those of whole runs are told to the page. */
const OF_STEPS: PropertyId[][] = [
  ['memory-bound', 'kill-iff', 'run-the-highest', 'place-greatest', 'idle-list-true', 'bill-exact'],
  ['run-resident', 'no-priority-inversion', 'conservation', 'answered'],
  ['grant-to-run', 'disk-works', 'page-in-to-run', 'page-out-lowest', 'kill-iff', 'bill-exact'],
];

describe('the viewer as it is built', () => {
  test('comes to the verdicts of the command line, and to the same decisions, in 200 random scenarios', () => {
    const names = ['xx', 'hermod', ...MUTANTS.map(({ name }) => name)];
    const found = new Set<string | null>();
    const foundInTime = new Set<string | null>();
    fc.assert(
      fc.property(
        plans('small', undefined, sometimesInTime),
        fc.constantFrom(...names),
        fc.constantFrom(...OF_STEPS),
        fc.boolean(),
        (plan, name, properties, isRecorded) => {
          const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
          const player = playerOf(plan, name);
          const { page, commandLine, finding } = bothOf(scenario, player, properties, isRecorded);
          (scenario.config.paging === undefined ? found : foundInTime).add(finding);
          expect(page).toBe(commandLine);
        },
      ),
      // What was found is counted, so that the same is drawn each time.
      { numRuns: 200, seed: 1 },
    );
    // Some are accepted and some are not: otherwise little was compared.
    for (const some of [found, foundInTime]) {
      expect(some.has(null)).toBe(true);
      expect(some.size).toBeGreaterThan(2);
    }
  });

  test('judges no answer where a stimulus was refused, and none was given', () => {
    const { scenario } = collectRecords('counterexamples').collected[0]!.item;
    const xx = createXX();
    const refusing: Scheduler = {
      name: 'refuses-submissions',
      reset: (config) => xx.reset(config),
      step(at, stimulus) {
        if (stimulus.type === 'submit') throw new ImpossibleStimulus('it takes none');
        return xx.step(at, stimulus);
      },
    };
    const { page, commandLine, finding } = bothOf(scenario, refusing.name, ['answered'], true, refusing);
    expect(finding).toBe(null);
    expect(page).toBe(commandLine);
  });

  test('comes to the verdict of every recorded case that a step shows', () => {
    const { collected } = collectRecords('counterexamples');
    let count = 0;
    for (const { item: record, file } of collected) {
      if (!KNOWN.some(({ name }) => name === record.scheduler) || record.rule === null) continue;
      const scheduler = KNOWN.find(({ name }) => name === record.scheduler)!.create();
      const recording = replay({ file, scenario: record.scenario, record }, { scheduler });
      const film = { file, scheduler: record.scheduler, plays: record.scheduler, recording };
      const played = new viewer.PlayedFilm(viewer.playingOf(pageData(film, EVERYTHING)));
      played.play();
      expect({ file, finding: JSON.stringify(played.finding) }).toEqual({
        file,
        finding: JSON.stringify(recording.finding),
      });
      count++;
    }
    expect(count).toBeGreaterThan(3);
  });
});
