import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sometimesInTime } from '../../properties/arbitraries/configuration.ts';
import { plans } from '../../properties/arbitraries/plan.ts';
import { contestantOf } from '../../properties/contestants/contestants.ts';
import { MUTANTS } from '../../properties/mutants/index.ts';
import { playPlan } from '../../properties/play/run.ts';
import { emptyCampaignTally } from '../../properties/play/tally.ts';
import { pageData } from '../../properties/replay/exports/html/data.ts';
import { replay } from '../../properties/replay/play.ts';
import { EVERYTHING } from '../../properties/replay/range.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { fragmentOf } from './run/address.ts';
import { KNOWN } from './run/players.ts';
import { launch, open } from './testing/browser.ts';
import { isPlayed } from './testing/replays.ts';

/** What the page says of scenarios that are drawn, beside what the command line says of them. */

const SCENARIOS = 200;
const PAGE = pathToFileURL(resolve('dist/site/replay.html')).href;

/** So few, that most wrong schedulers get as far as their own mistake. */
const JUDGED_BY = [
  ...(['run-the-highest', 'kill-iff', 'place-greatest', 'bill-exact'] as const),
  ...(['page-in-to-run', 'grant-to-run'] as const),
];
/** Of all there are few that break just these, so that every other one is drawn from those, by what they break. */
const BREAKERS = fc.oneof(
  ...JUDGED_BY.map((id) => fc.constantFrom(...MUTANTS.filter(({ rule }) => rule === id))),
);

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

interface Drawn {
  readonly name: string;
  readonly fragment: string;
  /** What the verdict begins with, as the command line has it. */
  readonly verdict: string;
  readonly property: string | null;
  readonly inTime: boolean;
}

/** The schedulers that this project has beside XX mostly know no paging that takes time. */
const ARBITRARY = fc.oneof(
  fc.tuple(plans('medium'), fc.constantFrom(...KNOWN)),
  fc.tuple(plans('medium', [], sometimesInTime), BREAKERS),
);

function drawn(): Drawn[] {
  return fc.sample(ARBITRARY, { numRuns: SCENARIOS, seed: 1 }).map(([plan, { name: scheduler }], index) => {
    const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
    const contestant = contestantOf({ scheduler });
    const name = `drawn ${index + 1}, for ${scheduler}`;
    const record = {} as NonNullable<Parameters<typeof replay>[0]['record']>;
    const recording = replay({ file: name, scenario, record }, contestant, JUDGED_BY);
    contestant.close();
    // The page is not told what was found.
    const film = { file: name, scheduler, plays: scheduler, recording };
    const data = { ...pageData(film, EVERYTHING), told: null };
    const { finding, steps } = recording;
    return {
      name,
      fragment: fragmentOf({ step: null, point: null, beside: null, data }),
      verdict:
        finding === null
          ? `✓ Accepted: ${steps.length} step`
          : `✗ Step ${finding.step} of ${steps.length} violates ${finding.property} `,
      property: finding?.property ?? null,
      inTime: scenario.config.paging !== undefined,
    };
  });
}

/** What one page says of each, one address after the other: to open it anew each time takes far longer than to play. */
function verdictsOf(page: Page, runs: readonly Drawn[]): Promise<string[]> {
  return page.evaluate(
    async (asked) => {
      const textOf = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
      const said: string[] = [];
      for (const { name, fragment } of asked) {
        location.hash = fragment;
        while (textOf('h1') !== name || !/Accepted|violates|Broke off/.test(textOf('#verdict'))) {
          await new Promise((next) => setTimeout(next, 0));
        }
        said.push(textOf('#verdict'));
      }
      return said;
    },
    runs.map(({ name, fragment }) => ({ name, fragment })),
  );
}

test(`the page comes to the verdicts of the command line on ${SCENARIOS} scenarios that are drawn`, async () => {
  const runs = drawn();
  const { page, heard, close } = await open(browser, PAGE, isPlayed);
  const said = await verdictsOf(page, runs);
  const otherwise = runs.flatMap(({ name, verdict }, index) =>
    said[index]!.startsWith(verdict)
      ? []
      : [`${name}: expected "${verdict}", the page says "${said[index]}"`],
  );
  expect(otherwise).toEqual([]);
  expect(said).toHaveLength(SCENARIOS);
  expect(runs.map(({ property }) => property)).toEqual(expect.arrayContaining([null, ...JUDGED_BY]));
  expect(new Set(runs.map(({ inTime }) => inTime)).size).toBe(2);
  expect(heard).toEqual([]);
  await close();
}, 300_000);
