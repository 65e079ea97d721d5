import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import { printable } from '../../model/printable.ts';
import { load, type Playable } from '../../properties/replay/load.ts';
import { launch, type Opened, objections, open as openPage, SCHEMES_AND_SIZES } from './testing/browser.ts';
import { filmOf, filmThatFails, htmlOf, isPlayed, repeated, written } from './testing/replays.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-viewer-'));
let browser: Browser;
const pages = { failing: '', long: '', hostile: '', late: '' };
const { film: failing, failingStep } = filmThatFails();
const HOSTILE = '<img src=x onerror=alert(1)>"\u202e&amp;'.padEnd(200, 'x');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

beforeAll(async () => {
  browser = await launch();
  pages.failing = written(home, 'failing', htmlOf(failing));
  const { scenario } = (await load('docs/examples/home-page.scenario.jsonl')) as Playable;
  const [boot, submit, turn] = repeated(scenario, 1).stimuli as [TimedStimulus, TimedStimulus, TimedStimulus];
  const named = { ...submit, stimulus: { ...submit.stimulus, function: HOSTILE } as Stimulus };
  const [cheapest, ...classes] = scenario.config.classes;
  const config = { ...scenario.config, classes: [{ ...cheapest!, name: HOSTILE }, ...classes] };
  const { plays: _, ...film } = filmOf({ config, stimuli: [boot, named, turn] });
  // A command that somebody gave has decided.
  pages.hostile = written(home, 'hostile', htmlOf({ ...film, file: HOSTILE, scheduler: HOSTILE }));
  pages.long = written(home, 'long', htmlOf(filmOf(repeated(scenario, 2000))));
  const late = [0, 1, 1].map((after) => ({ ...turn, at: Number.MAX_SAFE_INTEGER - 1 + after }));
  pages.late = written(home, 'late', htmlOf(filmOf({ config: scenario.config, stimuli: [boot, ...late] })));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** Opens a page of a replay, once it has played all of it. */
function open(address: string, options: BrowserContextOptions = {}): Promise<Opened> {
  return openPage(browser, address, isPlayed, options);
}

const heading = (page: Page): Promise<string | null> => page.locator('#step h2').textContent();

describe('the page of a replay, in a browser', () => {
  test('opens from disk at the step that fails, without a word to the console or a request', async () => {
    const { page, heard, close } = await open(pages.failing);
    expect(await heading(page)).toContain(`Step ${failingStep}, at`);
    expect(await page.locator('#verdict').textContent()).toContain(
      `Step ${failingStep} of ${failingStep} violates kill-iff`,
    );
    expect(await page.locator('.decisions .refused').textContent()).toContain('refused by kill-iff');
    expect(await page.locator('.decisions .not-reached').count()).toBe(1);
    expect(await page.locator('.machines').textContent()).toContain('2 of 1 MB, 1 MB too many');
    expect(heard).toEqual([]);
    await close();
  });

  test('goes from step to step by keys and by buttons, and stops at the ends', async () => {
    const { page, close } = await open(pages.failing);
    await page.keyboard.press('Home');
    expect(await heading(page)).toContain('Step 1, at 0 ms: boot');
    await page.keyboard.press('ArrowLeft');
    expect(await heading(page)).toContain('Step 1,');
    await page.keyboard.press('ArrowRight');
    expect(await heading(page)).toContain('Step 2,');
    await page.click('#next');
    expect(await heading(page)).toContain('Step 3,');
    await page.keyboard.press('End');
    expect(await heading(page)).toContain(`Step ${failingStep},`);
    await page.keyboard.press('ArrowRight');
    expect(await heading(page)).toContain(`Step ${failingStep},`);
    await page.click('#first');
    await page.keyboard.press('f');
    expect(await heading(page)).toContain(`Step ${failingStep},`);
    await close();
  });

  test('goes from step to step by touch, and by a finger on the time line, on a narrow screen', async () => {
    const { page, close } = await open(pages.failing, PHONE);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.tap('#first');
    await page.tap('#next');
    expect(await heading(page)).toContain('Step 2,');
    const box = (await page.locator('canvas').boundingBox())!;
    await page.touchscreen.tap(box.x + box.width - 10, box.y + 40);
    expect(await heading(page)).toContain(`Step ${failingStep},`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button')]
        .map((button) => ({ name: button.textContent, height: button.getBoundingClientRect().height }))
        .filter(({ height }) => height < 24),
    );
    expect(small).toEqual([]);
    await close();
  });

  test('explains a forbidden decision with the numbers of the judge, and a permitted one with what it does', async () => {
    const { page, close } = await open(pages.failing);
    await page.locator('.option.forbidden', { hasText: 'kill 1' }).click();
    const answer = page.locator('.explanation');
    expect(await answer.textContent()).toContain('is refused by kill-iff');
    expect(await answer.textContent()).toContain('2 MB demanded, 2 MB resident');
    await page.locator('.option.permitted', { hasText: 'kill 0' }).click();
    expect(await answer.textContent()).toContain('Permitted. An invocation is ended');
    await page.locator('.not-reached .point').click();
    expect(await page.locator('#step').textContent()).toContain('Where the rest of this step leads');
    await page.locator('.point', { hasText: 'before any decision' }).click();
    expect(await answer.textContent()).toBe('');
    expect(await page.locator('.options').textContent()).toContain('After the stimulus of step');
    await close();
  });

  test('finds the first difference to a scheduler that is put beside it', async () => {
    const { page, close } = await open(pages.failing);
    await page.selectOption('#beside', 'xx');
    await page.locator('#difference', { hasText: `step ${failingStep}` }).waitFor();
    await page.click('#first');
    await page.keyboard.press('d');
    expect(await heading(page)).toContain(`Step ${failingStep},`);
    expect(await page.locator('#step-beside').textContent()).toContain('kill 0');
    expect(await page.locator('#step').textContent()).toContain('kill 1');
    await close();
  });

  test('takes no name for markup, and shows what is invisible in it', async () => {
    const { page, heard, close } = await open(pages.hostile, { viewport: { width: 390, height: 844 } });
    await page.keyboard.press('End');
    expect(await page.locator('h1').textContent()).toBe(printable(HOSTILE));
    expect(await page.locator('.machines').textContent()).toContain(printable(HOSTILE));
    expect(await page.locator('.legend').textContent()).toContain(printable(HOSTILE));
    await page.click('.timeline summary');
    const isCut = await page.evaluate(() =>
      [...document.querySelectorAll('.legend span, .name-of-class')].some(
        (element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0,
      ),
    );
    expect(isCut).toBe(false);
    const widest = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('.legend span')].map((one) => one.getBoundingClientRect().right),
      ),
    );
    expect(widest).toBeLessThanOrEqual(390);
    await page.selectOption('#beside', 'xx');
    expect(await page.locator('#pane h2.who').textContent()).toBe(printable(HOSTILE));
    expect(await page.locator('img').count()).toBe(0);
    expect(
      await page.evaluate(() => document.getElementById('viewer')!.textContent!.includes('\u202e')),
    ).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(heard).toEqual([]);
    await close();
  });

  test('draws thousands of steps, zooms, and goes to any of them', async () => {
    const { page, heard, close } = await open(pages.long);
    await page.locator('#slider').fill('5555');
    expect(await heading(page)).toContain('Step 5555,');
    await page.click('#fit');
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#place').textContent()).toBe('5556 / 6001');
    const drawn = await page.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(drawn).toBeGreaterThan(10);
    expect(heard).toEqual([]);
    await close();
  });

  // Each on a page of its own: what has been scrolled may go on scrolling for a while.
  test.each([
    [
      'up scrolls, and goes nowhere',
      [
        [0, 100],
        [0, 80],
        [-2, 50],
        [-2, 20],
      ],
      'first',
    ],
    [
      'along goes with it',
      [
        [0, 60],
        [-20, 60],
        [-120, 62],
        [-285, 64],
      ],
      'last',
    ],
  ] as const)('a finger on the time line that moves %s', async (_what, path, begins) => {
    const { page, close } = await open(pages.failing, PHONE);
    if (begins === 'first') await page.tap('#first');
    const { x, y, width } = (await page.locator('canvas').boundingBox())!;
    const session = await page.context().newCDPSession(page);
    for (const [index, [along, across]] of path.entries()) {
      const type = index === 0 ? 'touchStart' : 'touchMove';
      const touchPoints = [{ x: x + width - 10 + along, y: y + across }];
      await session.send('Input.dispatchTouchEvent', { type, touchPoints });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    // The run opens at its last step, where the finger is put down, too.
    expect(await heading(page)).toContain('Step 1,');
    await close();
  });

  test('shows the answer of a decision that was pressed above the buttons of a narrow screen', async () => {
    const { page, close } = await open(pages.failing, PHONE);
    const bar = (await page.locator('nav').boundingBox())!;
    // The last decision stands just above the buttons, so that what comes below it would lie below them.
    await page.evaluate((top) => {
      const option = [...document.querySelectorAll('.option.forbidden')].at(-1)!;
      scrollBy({ top: option.getBoundingClientRect().bottom - top + 2, behavior: 'instant' });
    }, bar.y);
    const { x, y } = (await page.locator('.option.forbidden').last().boundingBox())!;
    await page.touchscreen.tap(x + 10, y + 10);
    await page.locator('.explanation .answer').waitFor();
    await page.waitForFunction(
      (top) => document.querySelector('.explanation .answer')!.getBoundingClientRect().bottom <= top,
      bar.y,
    );
    await close();
  });

  test('goes back to whom the step is about, after somebody else was chosen', async () => {
    const { page, close } = await open(pages.failing);
    const own = await page.locator('.choices').last().textContent();
    await page.selectOption('select.subject', 'machine 0');
    expect(await page.locator('.choices').last().textContent()).not.toBe(own);
    await page.selectOption('select.subject', '');
    expect(await page.locator('.choices').last().textContent()).toBe(own);
    await close();
  });

  test('keeps the focus on a button at the end of the run, and names the keys', async () => {
    const { page, close } = await open(pages.failing);
    await page.focus('#back');
    for (let step = failingStep; step > 1; step--) await page.keyboard.press('Enter');
    expect(await heading(page)).toContain('Step 1,');
    expect(await page.getAttribute('#back', 'aria-disabled')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('back');
    await page.keyboard.press('Enter');
    expect(await heading(page)).toContain('Step 1,');
    await page.click('.keys summary');
    for (const key of ['Home', 'Space', 'f', 'd']) {
      expect(await page.locator('.keys kbd', { hasText: new RegExp(`^${key}$`) }).isVisible()).toBe(true);
    }
    await close();
  });

  test('tells those who listen what became of both runs', async () => {
    const { page, close } = await open(pages.failing);
    const said = page.locator('#announcement[role=status]');
    await said.filter({ hasText: `Step ${failingStep} of ${failingStep} violates kill-iff` }).waitFor();
    await page.selectOption('#beside', 'xx');
    await said.filter({ hasText: /Beside it, xx: ✓ Accepted: \d+ steps/ }).waitFor();
    await said.filter({ hasText: `The first difference is in step ${failingStep}` }).waitFor();
    expect(await page.locator('#verdict-beside').textContent()).toContain('Accepted');
    await close();
  });

  test('sorts the schedulers to compare with into groups', async () => {
    const { page, close } = await open(pages.failing);
    const groups = await page.evaluate(() =>
      [...document.querySelectorAll('#beside optgroup')].map((group) => ({
        label: (group as HTMLOptGroupElement).label,
        names: [...group.querySelectorAll('option')].map((option) => option.value),
      })),
    );
    expect(groups.length).toBeGreaterThan(5);
    expect(groups[0]!.label).toBe('schedulers');
    expect(groups[0]!.names).toContain('xx');
    for (const { names } of groups) expect(names).toEqual([...names].sort());
    await close();
  });

  test('has times on its axis, however late all of it happens', async () => {
    const { page, close } = await open(pages.late);
    const inked = await page.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      // The row of the times, right of the first, above the mark of the step.
      const { data } = canvas.getContext('2d')!.getImageData(150, 6, canvas.width - 160, 5);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(inked).toBeGreaterThan(3);
    await close();
  });

  test.each(SCHEMES_AND_SIZES)(
    'has nothing that axe objects to: $colorScheme, $viewport.width px wide',
    async (options) => {
      const { page, close } = await open(pages.failing, options);
      await page.selectOption('#beside', 'xx');
      await page.locator('#pane-beside .options').waitFor();
      await page.locator('#pane .option.forbidden').first().click();
      expect(await objections(page)).toEqual([]);
      await close();
    },
  );
});
