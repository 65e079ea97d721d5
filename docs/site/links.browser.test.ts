import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../properties/checkers/checker.ts';
import { pageData } from '../../properties/replay/exports/html/data.ts';
import { load, type Playable } from '../../properties/replay/load.ts';
import { EVERYTHING } from '../../properties/replay/range.ts';
import { fragmentOf } from './run/address.ts';
import { launch, type Opened, open as openPage } from './testing/browser.ts';
import { filmOf, filmThatFails, htmlOf, isPlayed, written } from './testing/replays.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-links-'));
let browser: Browser;
const pages = { failing: '', accepted: '' };
const { film: failing, failingStep } = filmThatFails();
let accepted: typeof failing;

beforeAll(async () => {
  browser = await launch();
  pages.failing = written(home, 'failing', htmlOf(failing));
  const { scenario } = (await load('docs/examples/home-page.scenario.jsonl')) as Playable;
  accepted = filmOf(scenario);
  pages.accepted = written(home, 'accepted', htmlOf(accepted));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

const open = (address: string): Promise<Opened> => openPage(browser, address, isPlayed);

const heading = (page: Page): Promise<string | null> => page.locator('#step h2').textContent();

/** A link with this in it, whatever it is. */
function linkTo(data: unknown): string {
  return `#${fragmentOf({ step: null, point: null, beside: null, data: data as ReturnType<typeof pageData> })}`;
}

const FORGED: Finding = {
  property: 'kill-iff',
  rule: 'kill-iff',
  falls: [],
  step: 2,
  entity: 'machine 0',
  message: 'somebody made this up',
};

describe('a link to a replay, in a browser', () => {
  test('has the whole scenario in its link, which leads to the same state from another page', async () => {
    const { page, close } = await open(pages.failing);
    await page.selectOption('#beside', 'xx');
    await page.keyboard.press('Home');
    await page.locator('h1').click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.click('#link');
    await page.waitForFunction(() => location.hash.includes('run='));
    const fragment = await page.evaluate(() => location.hash);
    const shown = await page.locator('main').textContent();
    await close();
    const other = await open(`${pages.accepted}${fragment}`);
    await other.page.locator('#pane-beside').waitFor();
    expect(await other.page.locator('main').textContent()).toBe(shown);
    expect(await other.page.locator('#verdict').textContent()).toContain('violates kill-iff');
    await other.close();
  });

  test.each([
    ['#run=AAAA&step=2', () => failingStep, 'The scenario in the address cannot be read: it is not whole'],
    ['#beside=nobody&step=2', () => 2, 'Nobody can be put beside it'],
    ['#step=99999', () => failingStep, 'The address names step 99999'],
  ])(
    'shows what it was given where an address has nothing that can be played: %s',
    async (fragment, step, says) => {
      const { page, heard, close } = await open(`${pages.failing}${fragment}`);
      expect(await page.locator('h1').textContent()).toContain('counterexamples/');
      expect(await heading(page)).toContain(`Step ${step()},`);
      expect(await page.locator('#verdict').textContent()).toContain('violates');
      expect(await page.locator('.note').textContent()).toContain(says);
      expect(heard.filter((line) => line.startsWith('error'))).toEqual([]);
      await close();
    },
  );

  test.each([
    ['a rule', FORGED, 'played and judged again here, and that does not happen'],
    [
      'a property of whole runs',
      { ...FORGED, property: 'immer-equals-direct', rule: null },
      'it has not been checked here',
    ],
  ] as const)('is not believed when it says that %s is violated', async (_what, told, says) => {
    const data = { ...pageData(accepted, EVERYTHING), told };
    const { page, close } = await open(`${pages.failing}${linkTo(data)}`);
    expect(await page.locator('#verdict').textContent()).toContain('✓ Accepted');
    expect(await page.locator('.note').textContent()).toContain(
      `The link claims that step 2 violates ${told.property}`,
    );
    expect(await page.locator('.note').textContent()).toContain(says);
    expect(await page.locator('body').textContent()).not.toContain('somebody made this up');
    expect(await page.locator('#failure').count()).toBe(0);
    await close();
  });

  test('is followed when it is pasted into a page that is open', async () => {
    const { page, heard, close } = await open(pages.accepted);
    const fragment = linkTo(pageData(failing, EVERYTHING));
    await page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);
    await page.locator('#verdict', { hasText: 'violates kill-iff' }).waitFor();
    expect(await heading(page)).toContain(`Step ${failingStep},`);
    await page.evaluate(() => {
      location.hash = '';
    });
    await page.locator('#verdict', { hasText: 'Accepted' }).waitFor();
    await page.evaluate(() => {
      location.hash = '#step=3&beside=hermod';
    });
    await page.locator('#pane-beside').waitFor();
    expect(await heading(page)).toContain('Step 3,');
    expect(heard).toEqual([]);
    await close();
  });

  test.each([
    ['#step=99999', `The address names step 99999, and the run has ${failingStep} steps: shown is the last.`],
    [
      '#step=1&point=7',
      'The address names decision 7 of step 1, which has 1 decision: shown is the end of the step',
    ],
    ['#beside=nobody', 'Nobody can be put beside it: this page has no scheduler "nobody".'],
  ])('that leads where nothing is says so, also to those who listen: %s', async (fragment, says) => {
    const { page, close } = await open(`${pages.failing}${fragment}`);
    expect(await page.locator('.note').textContent()).toContain(says);
    expect(await page.locator('#announcement').textContent()).toContain(says);
    await close();
  });

  test('says what is wrong with a scenario that a link brings along', async () => {
    const data = pageData(accepted, EVERYTHING);
    const { config, stimuli } = data.scenario;
    const wrong = { ...data, scenario: { config: { ...config, shards: -1 }, stimuli } };
    const { page, close } = await open(`${pages.failing}${linkTo(wrong)}`);
    expect(await page.locator('.note').textContent()).toMatch(
      /scenario\.config\.shards: expected .*, got -1/,
    );
    expect(await page.locator('#verdict').textContent()).toContain('violates kill-iff');
    await close();
  });

  test.each([
    [
      'whose data are cut off',
      (html: string) => html.replace(/("stimuli":\[.{200}).*?(<\/script>)/s, '$1$2'),
      'expected JSON',
    ],
    [
      'with a number that is none',
      (html: string) => html.replace(/"kMachines":\d+/, '"kMachines":"many"'),
      'scenario.config.kMachines: expected an integer',
    ],
    [
      'of a scheduler that does not exist',
      (html: string) => html.replace('"name":"kills-the-newest"', '"name":"nobody"'),
      'this page has no scheduler "nobody"',
    ],
  ])('a page %s says so', async (name, damage, says) => {
    const whole = htmlOf(failing);
    expect(damage(whole)).not.toBe(whole);
    const address = written(home, name.replaceAll(' ', '-'), damage(whole));
    const { page, heard, close } = await openPage(
      browser,
      address,
      () => document.querySelector('[role=alert]') !== null,
    );
    expect(await page.locator('[role=alert]').textContent()).toContain(says);
    expect(heard).toEqual([]);
    await close();
  });

  test('is said to work only here where a page lies on a disk, and no longer than it is true', async () => {
    const { page, close } = await open(pages.failing);
    await page.click('#link');
    await page.locator('#linked', { hasText: 'whole scenario' }).waitFor();
    expect(await page.locator('#linked').textContent()).toContain('It begins with file://');
    await page.click('#first');
    expect(await page.locator('#linked').textContent()).toBe('');
    await close();
  });
});
