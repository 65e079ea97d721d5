import { describe, expect, test } from 'vitest';
import { browserOf, objectionsOfAxe, PHONE, pressThen } from './testing/pages.ts';

const open = browserOf();

describe('the exploration, in a browser', () => {
  test('counts the states of the default instance, without a word to the console or a request', async () => {
    const { page, heard, close } = await open('explore');
    await page
      .locator('#summary', {
        hasText: '3,764 states, 11,358 steps, depth 14: all there are, and every step is accepted.',
      })
      .waitFor();
    const bars = await page.locator('.graph-bars').getAttribute('aria-label');
    const counts = [...bars!.matchAll(/(\d+) at depth/g)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(14);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3764);
    expect(heard).toEqual([]);
    await close();
  });

  test('is walked from state to state, and back by the shortest way', async () => {
    const { page, close } = await open('explore');
    await page.locator('#ways a').first().press('Enter');
    await page.locator('#state-title:focus').waitFor();
    const title = page.locator('#state-title');
    await page.locator('#state-title', { hasText: 'at depth 2' }).waitFor();
    await page.locator('#ways a').nth(1).click();
    await page.locator('#state-title', { hasText: 'at depth 3' }).waitFor();
    const here = (await title.textContent())!;
    expect(await page.locator('#path a').count()).toBe(2);
    expect(await page.locator('#step h2').textContent()).toContain('Step 3, at');
    await page.locator('#path a').first().click();
    await page.locator('#state-title', { hasText: 'State 0, at depth 1' }).waitFor();
    await page.goBack();
    await page.locator('#state-title', { hasText: here }).waitFor();
    await close();
  });

  test('opens the way to a state in the playground, played by XX', async () => {
    const { page, heard, close } = await open('explore', '#state=3763');
    await page.locator('#open-playground').click();
    await page.locator('#verdict', { hasText: '✓ Accepted: 14 steps, played by xx' }).waitFor();
    expect(await page.locator('h1').textContent()).toBe('A shortest way to state 3763');
    expect(heard).toEqual([]);
    await close();
  });

  test('explores another instance in a worker, by the rules alone, and stops when it is told to', async () => {
    const { page, heard, close } = await open(
      'explore',
      '#scheduler=model&invocations=2&machines=1&kMachines=1',
    );
    await page.locator('#summary', { hasText: 'all there are' }).waitFor();
    await page.locator('#instance summary').click();
    await page.selectOption('#scheduler', 'xx');
    await page.locator('#invocations').fill('4');
    await page.locator('#machines').fill('3');
    await page.locator('#kMachines').fill('3');
    await pressThen(page, '#explore-now', '#stop');
    await page.locator('#summary', { hasText: 'stopped before the end' }).waitFor();
    expect(heard).toEqual([]);
    await close();
  });

  test('leads to what a wrong scheduler does wrong', async () => {
    const { page, close } = await open('explore', '#scheduler=never-preempts');
    await page.locator('#summary', { hasText: 'The last step is wrong' }).waitFor();
    await page.getByText('Open the shortest way to what is wrong').click();
    await page.locator('#verdict', { hasText: 'violates' }).waitFor();
    await close();
  });

  test.each([
    ['#state=5000', 'There is no state 5000; they are numbered from 0 to 3763.'],
    ['#state=abc', 'There is no state "abc"; they are numbered from 0 to 3763.'],
    ['#machines=9', 'machines: expected a whole number from 1 to 3, got "9".'],
    ['#leave=3', 'leave: expected at most enter (2), got 3.'],
    ['#scheduler=hermot', 'There is no scheduler "hermot" that can be explored'],
    ['#prices=4,1', 'prices: expected prices from 1 up, strictly increasing'],
    ['#stat=1', '"stat" means nothing here (did you mean state?).'],
  ])('says what is wrong with an address, and explores the default: %s', async (fragment, says) => {
    const { page, heard, close } = await open('explore', fragment);
    await page.locator('#problems', { hasText: says }).waitFor();
    await page.locator('#summary', { hasText: '3,764 states' }).waitFor();
    expect(heard).toEqual([]);
    await close();
  });

  test('says at the form what is not valid', async () => {
    const { page, close } = await open('explore');
    await page.locator('#instance summary').click();
    await page.locator('#ram').fill('');
    await page.locator('#ram').press('Tab');
    await page.click('#explore-now');
    expect(await page.locator('#instance-problems').textContent()).toContain(
      'ram: expected a whole number from 1 to 8',
    );
    await close();
  });

  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'has nothing that axe objects to, nor scrolls sideways: %s, %i px wide',
    async (colorScheme, width) => {
      const size = width === 390 ? PHONE : { viewport: { width, height: 900 } };
      const { page, close } = await open('explore', '#state=70', { colorScheme, ...size });
      await page.locator('#path').waitFor();
      await page.locator('#instance summary').click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await objectionsOfAxe(page)).toEqual([]);
      await close();
    },
  );
});
