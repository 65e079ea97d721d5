import { describe, expect, test } from 'vitest';
import { campaignCoverageOf } from '../../goals/coverage.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import { linesTooWide } from '../../testing/too-wide.ts';
import type { FuzzProgress } from '../world.ts';
import { progressJson } from './lines.ts';
import { pageOfCampaign } from './page.ts';
import { Onlooker } from './picture.ts';
import { terminalText } from './terminal.ts';

const AT = Date.UTC(2026, 0, 31, 9, 5, 7, 8);

const HOSTILE = '<script>alert("x")</script>';

function progress(runs: number, elapsedMs: number): FuzzProgress {
  const tally = emptyCampaignTally();
  for (let index = 0; index < Math.min(runs, 20); index++) tally.transitions[index] = 1;
  const worker = { host: HOSTILE, pid: 7, threads: 2, campaign: 'a'.repeat(16), stepsPerSecond: 1000 };
  const farm = { campaign: 'a'.repeat(16), workers: [worker, worker], coordinators: 1, jobs: 3 };
  return { runs, steps: runs * 100, shrinking: null, tally, without: [], elapsedMs, farm };
}

const onlooker = (): Onlooker =>
  new Onlooker({ scheduler: HOSTILE, seed: 3, runsAsked: 1000, asksAll: true });

describe('a campaign that goes on', () => {
  const looker = onlooker();
  looker.look(progress(0, 0));
  looker.hear('waits for redis://127.0.0.1:6379 since 3 s (ECONNREFUSED); nothing is lost');
  looker.find({ property: 'no-priority-inversion', run: 400, file: `out/${HOSTILE}.json` });
  const picture = looker.look(progress(500, 10_000));

  test('is told on a terminal in 80 columns, with what is waited for and what was found', () => {
    const text = terminalText(picture);
    expect(linesTooWide(text)).toEqual([]);
    expect(text).toMatch(/^\[#{15}\.{15}\] 50 % {2}10 s\n500 of 1,000 runs, 50,000 steps, 5,000 a second\n/);
    expect(text).toContain('2 workers: <script>alert("x")</script> (4)');
    expect(text).toContain('waits for redis');
    expect(text).toContain('no-priority-inversion in run 400');
  });

  test('is told with every kind of coverage to its end', () => {
    const text = terminalText(picture);
    for (const { what, covered, total } of picture.coverage) {
      expect(text).toContain(`${what} ${covered}/${total}`);
    }
  });

  test('is told without a time that stands still, since what is waited for is said only now and then', () => {
    expect(picture.waitsFor).toBe('waits for redis://127.0.0.1:6379 (ECONNREFUSED); nothing is lost');
  });

  test('is a page that needs nothing else, and takes nothing for markup that is none', () => {
    const page = pageOfCampaign(picture, { writtenAtMs: AT });
    expect(page).toContain('http-equiv="refresh"');
    expect(page).toContain('Since 2026-01-31 09:05:07 UTC the shortest scenario');
    const before = onlooker().look(progress(1, 1));
    expect(pageOfCampaign(before, { writtenAtMs: AT })).toContain('goes on, as of 2026-01-31 09:05:07 UTC');
    expect(page).toContain('It waits for redis://127.0.0.1:6379');
    expect(page).toContain('<strong>no-priority-inversion</strong> is violated in run 400');
    expect(page).not.toMatch(/<script|src=|https?:/);
  });

  test('is a JSON object on a line', () => {
    const line = progressJson(picture);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({
      ...{ runs: 500, runsAsked: 1000, isOver: false, stepsPerSecond: 5000 },
      ...{ coverage: { transitions: { covered: 20 } }, found: [{ run: 400 }] },
    });
  });
});

test.each([
  ['with paging', []],
  ['without paging', ['paging']],
] as const)('what can be covered is what the report says in the end, %s', (_name, without) => {
  const { coverage } = onlooker().look({ ...progress(50, 1000), without });
  const { transitions, pairs, boundaries } = campaignCoverageOf(
    ...([emptyCampaignTally(), [], true, without.length === 0] as const),
  );
  const totals = Object.fromEntries(coverage.map(({ what, total }) => [what, total]));
  expect(totals).toMatchObject({
    ...{ transitions: transitions.total, pairs: pairs.total, boundaries: boundaries?.total },
  });
});

test('what was found is named by the file that is there in the end, which has the shortest scenario', () => {
  const looker = onlooker();
  looker.find({ property: 'no-priority-inversion', run: 400, file: 'out/as-it-was-found.json' });
  expect(looker.look(progress(400, 1000)).found).toMatchObject([{ file: 'out/as-it-was-found.json' }]);
  looker.conclude([{ property: 'no-priority-inversion', file: 'out/short.json' }]);
  const picture = looker.look(progress(400, 9000), 'the report');
  expect(picture.found).toEqual([{ property: 'no-priority-inversion', run: 400, file: 'out/short.json' }]);
  expect(pageOfCampaign(picture, { writtenAtMs: AT })).toContain('40,000 judged steps in 9 s.');
});

test('a page says whether the same seed tries the same again', () => {
  const pages = [{}, { sharedCorpus: true } as const].map((shared) =>
    pageOfCampaign(
      new Onlooker({ scheduler: 'xx', seed: 3, ...shared, runsAsked: 1000, asksAll: true }).look(
        progress(1, 1),
      ),
      { writtenAtMs: AT },
    ),
  );
  expect(pages[0]).toContain('The same seed and number of runs try the same again.');
  expect(pages[0]).not.toContain('shared');
  expect(pages[1]).toContain('The corpus is shared');
  expect(pages[1]).toContain('the same seed need not try the same again');
});

test('a campaign that is over says so, and loads itself no longer', () => {
  const looker = onlooker();
  const page = pageOfCampaign(looker.look(progress(1000, 20_000), 'Nothing found & all is well'), {
    writtenAtMs: AT,
    replay: 'x.found.html',
  });
  expect(page).toContain('<pre>Nothing found &amp; all is well</pre>');
  expect(page).toContain('<a href="x.found.html">');
  expect(page).toContain('It is over, at 2026-01-31 09:05:07 UTC.');
  expect(page).not.toContain('http-equiv="refresh"');
});

test('a campaign that was stopped is not called over', () => {
  const picture = onlooker().look(progress(10, 1000), 'Interrupted after 10 of 1,000 runs');
  const page = pageOfCampaign(picture, { writtenAtMs: AT, wasStopped: true });
  expect(page).toContain(': was stopped</title>');
  expect(page).toContain('It was stopped before its end, at 2026');
  expect(page).not.toContain('is over');
});

test('of a long campaign there are moments from beginning to end, and never too many', () => {
  const looker = onlooker();
  let history = looker.look(progress(0, 0)).history;
  for (let second = 1; second <= 5_000; second++)
    history = looker.look(progress(second, second * 1000)).history;
  expect(history.length).toBeLessThanOrEqual(401);
  expect(history.length).toBeGreaterThan(100);
  expect([history[0]!.elapsedMs, history.at(-1)!.elapsedMs]).toEqual([0, 5_000_000]);
  const gaps = history.slice(1).map(({ elapsedMs }, index) => elapsedMs - history[index]!.elapsedMs);
  expect(Math.max(...gaps)).toBeLessThan(100_000);
});
