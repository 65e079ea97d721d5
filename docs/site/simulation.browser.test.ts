import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../properties/commands/main.ts';
import { ask } from '../../properties/testing/command-line.ts';
import { launch, type Opened, objections, open as openPage, SCHEMES_AND_SIZES } from './testing/browser.ts';
import { isPlayed } from './testing/replays.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-simulations-'));
let browser: Browser;
const pages = { figure: '', dots: '', swept: '' };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

beforeAll(async () => {
  browser = await launch();
  const small = ['--machines', '2', '--cores', '2', '--runs', '1'];
  pages.figure = await written('figure', 'figure-3', ...small);
  pages.swept = await written('swept', 'figure-3', ...small, '--sweep', 'swap=0,1000');
  pages.dots = await written(
    'dots',
    'crowding',
    '--scheduler',
    'xx,hermod,aws',
    '--machines',
    '2',
    '--duration',
    '20s',
  );
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

async function written(name: string, ...argv: string[]): Promise<string> {
  const path = join(home, `${name}.html`);
  const { code, err } = await ask(main, 'simulate', ...argv, '--html', path);
  if (code !== 0) throw new Error(err);
  return pathToFileURL(path).href;
}

const isDrawn = (): boolean => document.querySelector('.figures h1') !== null;

const open = (address: string, options = {}): Promise<Opened> => openPage(browser, address, isDrawn, options);

/** Points into what was drawn: so many tenths of its width. */
async function pointAt(page: Page, place: number, part: number): Promise<void> {
  const over = page.locator('.u-over').nth(place);
  await over.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await over.boundingBox())!;
  await page.mouse.move(x + (width * part) / 10, y + height / 2);
}

describe('the page of a simulation, in a browser', () => {
  test('opens from disk with its charts and parameters, without a word to the console or a request', async () => {
    const { page, heard, close } = await open(pages.figure);
    expect(await page.locator('.u-over').count()).toBe(3);
    const colours = await page.evaluate(() =>
      [...document.querySelectorAll('canvas')].map((canvas) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );
    for (const count of colours) expect(count).toBeGreaterThan(10);
    expect(await page.locator('.parameters').textContent()).toContain('machines2');
    expect(await page.locator('code').textContent()).toContain('xx simulate figure-3 --machines 2');
    expect(heard).toEqual([]);
    await close();
  });

  test('tells the values of all lines where one points', async () => {
    const { page, close } = await open(pages.figure);
    expect(await page.locator('.tooltip:visible').count()).toBe(0);
    // There is somebody of the lowest class in nearly every tick, and busy cores in each.
    await pointAt(page, 2, 5);
    await page.locator('.tooltip:visible').first().waitFor();
    const words = await page.locator('.tooltip:visible').first().textContent();
    expect(words).toMatch(/^time of arrival \d+.*xx p99: .*hermod p50: /);
    // The other charts tell the same moment.
    expect(await page.locator('.tooltip:visible').last().textContent()).toMatch(
      /^time \d+.*xx: \d.*hermod: \d/,
    );
    await close();
  });

  test('leads from a peak to the replay of that stretch, whose steps are judged, and back', async () => {
    const { page, heard, close } = await open(pages.figure);
    const words = await page.locator('.peak-words').nth(1).textContent();
    expect(words).toMatch(/^Highest: (xx|hermod) p99, [\d.,]+ at [\d.]+ m?s\. Replay this stretch$/);
    await page.click('#peak-1');
    await page.waitForFunction(isPlayed);
    expect(await page.locator('#verdict').textContent()).toContain('✓ Accepted');
    expect(await page.locator('.about').textContent()).toContain('the steps of the run itself');
    expect(await page.locator('.figures').count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => /stretch=1&step=\d+/.test(location.hash));
    const heading = await page.locator('#step h2').textContent();
    await page.reload();
    await page.waitForFunction(isPlayed);
    expect(await page.locator('#step h2').textContent()).toBe(heading);
    await page.click('.back');
    await page.waitForFunction(isDrawn);
    expect(heard).toEqual([]);
    await close();
  });

  test('leads there from the mark in the chart, too, and opens where an address says', async () => {
    const { page, close } = await open(pages.figure);
    await page.locator('.peak').first().click();
    await page.waitForFunction(isPlayed);
    expect(await page.evaluate(() => location.hash)).toContain('stretch=0');
    await close();
    const wrong = await openPage(
      browser,
      `${pages.figure}#stretch=99`,
      () => document.querySelector('[role=alert]') !== null,
    );
    expect(await wrong.page.locator('[role=alert]').textContent()).toContain('There is no stretch "99"');
    expect(await wrong.page.locator('.figures h1').count()).toBe(1);
    await wrong.close();
  });

  test('works on a narrow screen by touch: charts fit, and a tap on a chart tells values', async () => {
    const { page, close } = await open(pages.figure, PHONE);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const { x, y, width } = (await page.locator('.u-over').first().boundingBox())!;
    expect(x + width).toBeLessThanOrEqual(390);
    await page.touchscreen.tap(x + width / 3, y + 20);
    await page.locator('.tooltip:visible').first().waitFor();
    await page.tap('#peak-2');
    await page.waitForFunction(isPlayed);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await close();
  });

  test('draws schedulers in rows, told apart without colours, with a replay of the worst of each class', async () => {
    const { page, heard, close } = await open(pages.dots);
    expect(await page.locator('.row-name').allTextContents()).toEqual(
      expect.arrayContaining(['xx', 'hermod', 'aws']),
    );
    // Where p50 and p99 are alike, p50 lies above.
    const drawn = await page
      .locator('.row-track')
      .first()
      .evaluate((track) => [...track.querySelectorAll('.dot')].map(({ className }) => className.trim()));
    const named = await page
      .locator('.dots')
      .first()
      .evaluate((dots) => [...dots.querySelectorAll('.names .dot')].map(({ className }) => className.trim()));
    expect(named).toHaveLength(2);
    expect(drawn).toEqual([...named].reverse());
    await page.locator('.row-track').first().hover();
    expect(await page.locator('.row-track .tooltip:visible').textContent()).toMatch(/p50: [\d.]+×.*p99: /);
    await page.click('#peak-0');
    await page.waitForFunction(isPlayed);
    expect(await page.locator('#verdict').textContent()).toContain('✓ Accepted');
    expect(heard).toEqual([]);
    await close();
  });

  test.each(SCHEMES_AND_SIZES)(
    'has nothing that axe objects to: $colorScheme, $viewport.width px wide',
    async (options) => {
      for (const address of Object.values(pages)) {
        const { page, close } = await open(address, options);
        expect(await objections(page)).toEqual([]);
        await close();
      }
    },
  );

  test('draws anew where somebody prefers dark', async () => {
    const { page, close } = await open(pages.figure, { colorScheme: 'light' });
    const ink = (): Promise<string> =>
      page.evaluate(() => {
        const canvas = document.querySelector('canvas')!;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return [...new Set(new Uint32Array(data.buffer))].sort().join(' ');
      });
    const before = await ink();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await expect.poll(ink).not.toBe(before);
    await close();
  });
});
