import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IN_FLIGHT, STEP } from '../../properties/testing/in-flight.ts';
import { launch, objections, open, SCHEMES_AND_SIZES } from './testing/browser.ts';
import { filmOf, htmlOf, isPlayed, written } from './testing/replays.ts';

/** How the page of a replay shows paging that takes time. */

const home = mkdtempSync(join(tmpdir(), 'xx-paging-'));
const pages = { inTime: '', atOnce: '' };
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
  pages.inTime = written(home, 'in-time', htmlOf(filmOf(IN_FLIGHT)));
  const { paging: _, ...config } = IN_FLIGHT.config;
  const stimuli = IN_FLIGHT.stimuli.filter(({ stimulus }) => stimulus.type !== 'paged');
  pages.atOnce = written(home, 'at-once', htmlOf(filmOf({ config, stimuli })));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

const at = (step: number): string => `${pages.inTime}#step=${step}`;

/** In how many colours the part of the time line from one row to another is drawn, at a step. */
function coloursOf(page: Page, x: number, [from, to]: readonly [number, number]): Promise<number> {
  return page.evaluate(
    ([left, top, bottom]) => {
      const canvas = document.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(left!, top!, 40, bottom! - top!);
      return new Set(new Uint32Array(data.buffer)).size;
    },
    [x, from, to] as const,
  );
}

describe('the page of a replay where paging takes time', () => {
  test('names the transfer of a step, and what is held in RAM and in swap', async () => {
    const { page, heard, close } = await open(browser, at(STEP.lends), isPlayed);
    expect(await page.locator('.transfers').textContent()).toContain(
      'Begins: 1 MB of invocation 0 from RAM to swap on machine 0',
    );
    const bars = await page.locator('.machines .bar').allTextContents();
    expect(bars).toEqual([
      'RAM4 of 4 MB, 1 of them in flight',
      'swap1 of 6 MB, 1 of them in flight',
      'disk↑ 1 MB of 0 to swap',
    ]);
    expect(await page.locator('.machines .in-flight').count()).toBe(2);
    const people = await page.locator('.machines tbody tr').allTextContents();
    expect(people.find((row) => row.startsWith('1'))).toContain('running, on a core on loan');
    expect(people.find((row) => row.startsWith('2'))).toContain('ready, waits for its memory');
    expect(heard).toEqual([]);
    await close();
  });

  test('goes by keys to where the owner of a transfer is killed, and to where one is lost', async () => {
    const { page, close } = await open(browser, at(STEP.stalls), isPlayed);
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.transfers').textContent()).toContain(
      'Its owner is killed, and it goes on for nobody',
    );
    expect(await page.locator('.machines').textContent()).toContain('✗ 1 MB of one that was killed');
    expect(await page.locator('.charts').textContent()).toContain(
      'It is dying; last: kill, from out to dying.',
    );
    await page.keyboard.press('End');
    expect(await page.locator('.transfers').textContent()).toContain('Lost with its machine');
    await close();
  });

  test('explains what is drawn, and says to who listens that it shows the disk', async () => {
    const { page, close } = await open(browser, at(STEP.lends), isPlayed);
    const legend = await page.locator('.legend').textContent();
    for (const words of ['waiting for its memory', 'on a core on loan', 'in flight', 'disk: out to swap']) {
      expect(legend).toContain(words);
    }
    expect(await page.locator('canvas').getAttribute('aria-label')).toContain('what its disk moves');
    await close();
  });

  test('chooses whose memory the disk moves when its lane is pressed', async () => {
    const { page, close } = await open(browser, at(1), isPlayed);
    const { x, y, width } = (await page.locator('canvas').boundingBox())!;
    // The lane lies below the axis, the queue and the memory; the machine is lost in the last of 21 ms.
    const along = 58 + ((width - 58) * 5.5) / 21;
    await page.mouse.click(x + along, y + 22 + 20 + 20 + 20 + 44 + 10);
    expect(await page.locator('select.subject').inputValue()).toBe('invocation 0');
    expect(await page.locator('#step h2').textContent()).toContain(`Step ${STEP.lends},`);
    await close();
  });

  test('draws a lane for the disk, which is empty where nothing is in flight', async () => {
    const { page, close } = await open(browser, at(STEP.crashes), isPlayed);
    const { width } = (await page.locator('canvas').boundingBox())!;
    const lane = [22 + 20 + 20 + 20 + 44 + 4, 22 + 20 + 20 + 20 + 44 + 16] as const;
    const xAt = (ms: number): number => Math.round(58 + ((width - 58) * ms) / 21);
    expect(await coloursOf(page, xAt(5), lane)).toBeGreaterThan(2);
    expect(await coloursOf(page, xAt(7.5), lane)).toBe(1);
    await close();
  });

  test.each(SCHEMES_AND_SIZES)(
    'has nothing that axe objects to: $colorScheme, $viewport.width px wide',
    async (options) => {
      const { page, close } = await open(browser, at(STEP.ownerDies), isPlayed, options);
      expect(await objections(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.viewport!.width);
      await close();
    },
  );
});

describe('the page of a replay where a page moves at once', () => {
  test('has nothing of a disk: no lane, no bar, no chart, and no word in what is drawn', async () => {
    const { page, close } = await open(browser, pages.atOnce, isPlayed);
    expect(await page.locator('.legend').textContent()).not.toMatch(/disk|flight|loan|its memory/);
    expect(await page.locator('.bar span:first-child').allTextContents()).toEqual(['RAM', 'swap']);
    expect(await page.locator('.charts').textContent()).not.toContain('disk');
    expect(await page.locator('canvas').getAttribute('aria-label')).not.toContain('disk');
    await page.keyboard.press('End');
    expect(await page.locator('.machines .disk-out, .transfers').count()).toBe(0);
    await page.locator('#slider').fill(String(STEP.lends));
    expect(await page.locator('.transfers').count()).toBe(0);
    await close();
  });
});
