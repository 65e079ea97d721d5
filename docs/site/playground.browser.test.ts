import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createScheduler } from '../../properties/contestants/schedulers.ts';
import { readPlayable } from '../../properties/replay/load.ts';
import { replay } from '../../properties/replay/play.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { browserOf, objectionsOfAxe, PHONE, pressThen } from './testing/pages.ts';

const open = browserOf();

const press = (page: Page, name: string): Promise<void> =>
  page.locator(`button.target[aria-label="${name}"]`).click();
const told = (page: Page): Promise<string | null> => page.locator('#told').textContent();
const verdict = (page: Page): Promise<string | null> => page.locator('#verdict').textContent();

/** An address without the step that is looked at, for what is the same. */
const runIn = (page: Page): Promise<string | null> =>
  page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('run'));

describe('the playground, in a browser', () => {
  test('opens from disk with a page view that XX has played, without a word to the console or a request', async () => {
    const { page, heard, close } = await open('playground');
    expect(await verdict(page)).toBe('✓ Accepted: 7 steps, played by xx');
    expect(await told(page)).toContain('finish 2');
    await page
      .locator('#preset option[value="rules/kill-iff"]', { hasText: 'kill-iff: Kills the newest' })
      .waitFor({ state: 'attached' });
    expect(heard).toEqual([]);
    await close();
  });

  test('reaches a preemption, a swap, a kill and a throttle by clicks alone', async () => {
    const { page, heard, close } = await open('playground');
    await page.click('#clear');
    await page.selectOption('#class', { label: 'low, price 1' });
    await press(page, 'submit invocation 0');
    await press(page, 'turn shard 0');
    await press(page, 'resize invocation 0');
    await page.selectOption('#class', { label: 'high, price 4' });
    await press(page, 'submit invocation 1');
    await press(page, 'turn shard 0');
    expect(await told(page)).toContain('preempt 0');
    expect(await told(page)).toContain('pageOut 0 40 MB');
    await page.locator('#demand').fill('300');
    await page.locator('#demand').press('Tab');
    await press(page, 'resize invocation 1');
    expect(await told(page)).toContain('kill 0 (memory');
    await page.locator('#cluster summary').click();
    await page.locator('#config-tenants-0-budget').fill('1');
    await page.locator('#config-tenants-0-budget').press('Tab');
    await press(page, 'submit invocation 2');
    expect(await told(page)).toContain('throttle 2');
    expect(await verdict(page)).toContain('✓ Accepted');
    expect(heard).toEqual([]);
    await close();
  });

  test('offers only what the charts enable, and says why not', async () => {
    const { page, close } = await open('playground');
    await page.click('#clear');
    expect(await page.locator('[data-type="finish"]').textContent()).toContain('nobody runs');
    await page.locator('#wait').fill('-5');
    await page.locator('#wait').press('Tab');
    expect(await page.locator('[data-type="tick"]').textContent()).toContain('is not a time in ms');
    expect(await page.locator('button.target[aria-label="tick time passes"]').isDisabled()).toBe(true);
    await close();
  });

  test('explains a forbidden decision of empty hands, takes it all the same, and undoes it', async () => {
    const { page, close } = await open('playground', '#scheduler=you');
    await page.locator('.moves .permitted', { hasText: 'list machine 0' }).click();
    await page.click('#end-step');
    await press(page, 'submit invocation 0');
    await page.locator('.moves .forbidden', { hasText: 'throttle 0' }).click();
    expect(await page.locator('#refusal').textContent()).toContain('throttle 0 is refused by admit');
    expect(await page.locator('#refusal code').first().textContent()).toBe('throttle 0');
    expect(await page.locator('#verdict').textContent()).toContain('is yours');
    await page.click('#violate');
    expect(await verdict(page)).toContain('violates admit');
    expect(await page.locator('.happenings').textContent()).toContain('The judge has refused this step');
    await page.click('#undo');
    await page.locator('.moves .permitted', { hasText: 'enqueue 0' }).click();
    // Nothing is owed any more, so the next stimulus ends the step.
    await press(page, 'turn shard 0');
    await page.click('#by-the-rules');
    expect(await verdict(page)).toBe('✓ Accepted: 3 steps, decided by you');
    await page.click('#undo');
    await page.click('#redo');
    expect(await verdict(page)).toBe('✓ Accepted: 3 steps, decided by you');
    await close();
  });

  test('refuses a step so late that no bill can be said, and goes on', async () => {
    const { page, heard, close } = await open('playground', '#scheduler=you');
    await page.click('#by-the-rules');
    await press(page, 'submit invocation 0');
    await page.click('#by-the-rules');
    await press(page, 'turn shard 0');
    await page.click('#by-the-rules');
    await page.locator('#wait').fill('9007199254740900');
    await page.locator('#wait').press('Tab');
    await press(page, 'finish invocation 0');
    expect(await page.locator('#problems').textContent()).toContain('leaves the safe integers');
    await page.locator('#wait').fill('1');
    await page.locator('#wait').press('Tab');
    await press(page, 'finish invocation 0');
    expect(await page.locator('#problems').count()).toBe(0);
    expect(await page.locator('.moves .permitted').first().textContent()).toContain('complete 0');
    expect(heard).toEqual([]);
    await close();
  });

  test('keeps its place for who has only keys, where what was pressed is gone', async () => {
    const { page, close } = await open('playground');
    await page.locator('button.target[aria-label="finish invocation 1"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('#told', { hasText: 'finish 1' }).waitFor();
    await page.locator('#next-title:focus').waitFor();
    await close();
  });

  test('keeps the focus for who fuzzes by keys, and lets them go along the tables by arrows', async () => {
    const { page, close } = await open('playground', '#scheduler=xx');
    expect(await page.locator('#preset').inputValue()).toBe('page-view');
    await page.locator('#preset').selectOption('crash');
    expect(await page.locator('#preset').inputValue()).toBe('crash');
    await press(page, 'tick time passes');
    expect(await page.locator('#preset').inputValue()).toBe('');
    await page.locator('#fuzz').focus();
    await page.keyboard.press('Enter');
    await page.locator('#stop:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#fuzz:focus').waitFor();
    await close();
  });

  test('ends a step in which something is owed only as a violation', async () => {
    const { page, close } = await open('playground', '#scheduler=you');
    await page.click('#end-step');
    expect(await page.locator('#refusal').textContent()).toContain('ends without meeting idle-list-true');
    expect(await page.locator('.happenings').textContent()).toContain('First end step 1');
    await page.click('#violate');
    expect(await verdict(page)).toContain('violates idle-list-true');
    await close();
  });

  test('has every state in its address, which leads there from another tab', async () => {
    const { page, close } = await open('playground', '#scheduler=you');
    await page.click('#by-the-rules');
    await press(page, 'submit invocation 0');
    await page.selectOption('#beside', 'xx');
    const address = await page.evaluate(() => location.hash);
    const shown = await page.locator('main').textContent();
    await close();
    const other = await open('playground', address);
    await other.page.locator('#pane-beside').waitFor();
    expect(await other.page.locator('main').textContent()).toBe(shown);
    expect(await other.page.locator('#player').inputValue()).toBe('you');
    expect(other.heard).toEqual([]);
    await other.close();
  });

  test('goes on from an earlier step, leaves a step out, and brings both back', async () => {
    const { page, close } = await open('playground');
    const before = await runIn(page);
    await page.click('#first');
    await page.click('#next');
    expect(await page.locator('.happenings').textContent()).toContain('You look at step 2 of 7');
    await press(page, 'tick time passes');
    expect(await page.locator('#place').textContent()).toBe('3 / 3');
    await page.keyboard.press('Control+z');
    expect(await runIn(page)).toBe(before);
    await page.locator('#slider').fill('2');
    await page.click('#remove');
    await page.locator('#slider').fill('3');
    expect(await told(page)).toContain('Left out');
    await page.click('#undo');
    await page.locator('#slider').fill('3');
    await page.click('#cut');
    expect(await page.locator('#place').textContent()).toBe('3 / 3');
    await close();
  });

  test('plays the same again on a cluster that is changed, and says at the field what is not valid', async () => {
    const { page, close } = await open('playground');
    await page.locator('#cluster summary').click();
    const ram = page.locator('#config-machines-0-ram');
    await ram.fill('none');
    await ram.press('Tab');
    expect(await page.locator('#config-machines-0-ram-problem').textContent()).toContain(
      'expected an integer from 1',
    );
    expect(await ram.getAttribute('aria-invalid')).toBe('true');
    expect(await verdict(page)).toContain('7 steps');
    await ram.fill('1000');
    await ram.press('Tab');
    expect(await page.locator('#config-machines-0-ram-problem').count()).toBe(0);
    await page.locator('#slider').fill('6');
    expect(await told(page)).not.toContain('pageOut');
    await page.click('#add-machine');
    expect(await page.locator('#config-machines-1-ram').inputValue()).toBe('1000');
    await close();
  });

  test('lets paging take time, ends a transfer by a press, and takes time away again', async () => {
    const { page, heard, close } = await open('playground');
    await page.locator('#cluster summary').click();
    await page.click('#toggle-paging');
    await page.locator('#slider').fill('6');
    expect(await told(page)).toContain('pageOut 1 50 MB');
    await press(page, 'paged machine 0');
    expect(await told(page)).toContain('start 2');
    expect(await page.locator('[data-type="paged"]').textContent()).toContain('nothing is in flight');
    await page.locator('#config-paging-chunk').fill('0');
    await page.locator('#config-paging-chunk').press('Tab');
    expect(await page.locator('#config-paging-chunk-problem').textContent()).toContain(
      'expected an integer from 1',
    );
    await page.locator('#config-paging-chunk').fill('20');
    await page.locator('#config-paging-chunk').press('Tab');
    await page.click('#toggle-paging');
    expect(await page.locator('[data-type="paged"]').count()).toBe(0);
    expect(await verdict(page)).toContain('✓ Accepted');
    expect(heard).toEqual([]);
    await close();
  });

  test('says who cannot play where paging takes time, and leaves on the table what was there', async () => {
    const { page, heard, close } = await open(
      'playground',
      '#break=disk-works&scheduler=a-drain-stops-the-disk',
    );
    await page.selectOption('#player', 'hermod');
    const says = 'hermod does not know paging that takes time, which this cluster has.';
    expect(await page.locator('#problems').textContent()).toContain(`That cannot be played: ${says}`);
    expect(await page.locator('#player').inputValue()).toBe('a-drain-stops-the-disk');
    await page.selectOption('#beside', 'hermod');
    await page.locator('.note', { hasText: `Nobody can be put beside it: ${says}` }).waitFor();
    expect(heard).toEqual([]);
    await close();
  });

  test('has in its address what is on the table, also where somebody steps and then presses at once', async () => {
    const { page, close } = await open('playground');
    await page.evaluate(async () => {
      document.querySelector<HTMLElement>('#back')!.click();
      await new Promise((next) => setTimeout(next, 0));
      document.querySelector<HTMLElement>('button.target[aria-label="tick time passes"]')!.click();
      const written: string[] = [location.hash];
      Object.assign(globalThis, { written });
      const replace = history.replaceState.bind(history);
      history.replaceState = (...args) => {
        replace(...args);
        written.push(location.hash);
      };
    });
    expect(await page.locator('#place').textContent()).toBe('7 / 7');
    // A step is written into the address a little later: that before the press is no longer, that after it is.
    await page.click('#back');
    await page.waitForFunction(() => location.hash.includes('step=6'));
    const runs = await page.evaluate(() =>
      (globalThis as unknown as { written: string[] }).written.map((hash) =>
        new URLSearchParams(hash.slice(1)).get('run'),
      ),
    );
    expect(runs.length).toBeGreaterThan(1);
    expect(new Set(runs)).toEqual(new Set([await runIn(page)]));
    await close();
  });

  test('finds the first difference to a second scheduler', async () => {
    const { page, close } = await open('playground', '#preset=inversion&scheduler=xx');
    await page.selectOption('#beside', 'never-preempts');
    await page.locator('#difference', { hasText: 'step 5' }).waitFor();
    await page.click('#difference');
    expect(await page.locator('#step').textContent()).toContain('preempt 1');
    expect(await page.locator('#step-beside').textContent()).toContain('violates run-the-highest');
    await close();
  });

  test('opens counterexamples on record, which fail as they did', async () => {
    const { page, close } = await open('playground', '#preset=kill-iff-d6bef0f2');
    await page.locator('#verdict', { hasText: 'violates kill-iff' }).waitFor();
    expect(await page.locator('h1').textContent()).toBe('counterexamples/kill-iff-d6bef0f2');
    await page.selectOption('#player', 'xx');
    expect(await verdict(page)).toBe('✓ Accepted: 5 steps, played by xx');
    await close();
  });

  test('fuzzes a wrong scheduler in a worker, and shrinks what it finds to a scenario that fails anywhere', async () => {
    const { page, heard, close } = await open('playground', '#scheduler=kills-the-newest');
    await page.click('#fuzz');
    await page.locator('#campaign-said', { hasText: 'of 500 violates' }).waitFor();
    expect(await verdict(page)).toContain('violates');
    await page.click('#shrink');
    await page.locator('#campaign-said', { hasText: 'steps became' }).waitFor();
    expect(await verdict(page)).toMatch(/Step \d of \d violates/);
    const downloading = page.waitForEvent('download');
    await page.click('#download');
    const text = readFileSync(await (await downloading).path(), 'utf8');
    const playable = { file: 'downloaded', ...readPlayable(text) };
    const { finding } = replay(playable, { scheduler: createScheduler('kills-the-newest') });
    expect(await verdict(page)).toContain(`violates ${finding?.property}`);
    expect(replay(playable, { scheduler: createXX() }).finding).toBe(null);
    expect(heard).toEqual([]);
    await close();
  });

  test('shows what a campaign found in several plays, which a link of it only claims', async () => {
    const { page, close } = await open('playground', '#break=determinism');
    await page.click('#fuzz');
    await page.locator('#goal-result', { hasText: 'Broken' }).waitFor();
    expect(await verdict(page)).toContain('violates determinism');
    const address = await page.evaluate(() => location.hash);
    await close();
    const other = await open('playground', address);
    expect(await verdict(other.page)).toContain('✓ Accepted');
    expect(await other.page.locator('#problems').textContent()).toContain('violates determinism');
    await other.close();
  });

  test('fuzzes XX, stops when it is told to, and finds nothing', async () => {
    const { page, close } = await open('playground', '#preset=crash');
    await pressThen(page, '#fuzz', '#stop');
    await page.locator('#campaign-said', { hasText: /^50 runs, .* and nothing wrong/ }).waitFor();
    expect(await page.locator('#fuzz').isEnabled()).toBe(true);
    expect(await page.locator('#shrink').isDisabled()).toBe(true);
    await close();
  });

  test('challenges to break a rule, and says when it is broken, and when another one is', async () => {
    const { page, close } = await open('playground', '#break=kill-iff');
    expect(await page.locator('.goal').textContent()).toContain(
      'An invocation is killed for memory if and only if',
    );
    expect(await page.getAttribute('#with-hands', 'aria-disabled')).toBe('true');
    await page.locator('.moves .forbidden', { hasText: 'preempt 0' }).click();
    await page.click('#violate');
    expect(await page.getAttribute('#with-hands', 'aria-disabled')).toBe('false');
    expect(await page.locator('#with-hands').textContent()).toBe('Begin again with empty hands');
    expect(await page.locator('#goal-result').textContent()).toContain('but by another rule');
    await page.click('#undo');
    await page.locator('.moves .permitted', { hasText: 'place 1' }).click();
    await page.locator('.moves .forbidden', { hasText: 'kill 0' }).click();
    await page.click('#violate');
    expect(await page.locator('#goal-result').textContent()).toContain(
      'Broken: step 6 does what kill-iff forbids',
    );
    expect(await page.evaluate(() => location.hash)).toContain('break=kill-iff');
    await page.selectOption('#breaker', 'kills-the-newest');
    expect(await page.locator('#who').textContent()).toContain('is wrong on purpose');
    await close();
  });

  test.each([
    [
      '#run=AAAA&step=x',
      ['cannot be read: it is not whole', 'step: expected a whole number from 1 on, got "x"'],
    ],
    ['#preset=nothing', ['There is no preset "nothing"']],
    ['#break=fairness', ['There is no rule or property "fairness"']],
  ])('says what is wrong with an address, and can be used all the same: %s', async (fragment, says) => {
    const { page, heard, close } = await open('playground', fragment);
    for (const words of says) await page.locator('#problems', { hasText: words }).waitFor();
    expect(await verdict(page)).toContain('✓ Accepted: 7 steps');
    await press(page, 'tick time passes');
    expect(await page.locator('#place').textContent()).toBe('8 / 8');
    expect(heard).toEqual([]);
    await close();
  });

  test('works by touch on a narrow screen', async () => {
    const { page, close } = await open('playground', '#break=place-greatest', PHONE);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.locator('.moves .forbidden', { hasText: 'place 1' }).tap();
    await page.locator('#violate').tap();
    await page.locator('#goal-result', { hasText: 'Broken' }).waitFor();
    // Where one pressed lies far below: what came of it is brought to where one looks.
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('#goal-result .answer')!.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    await page.locator('#undo').tap();
    await page.locator('#cluster summary').tap();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, select, input')]
        .map((button) => ({ name: button.id, height: button.getBoundingClientRect().height }))
        .filter(({ height }) => height > 0 && height < 24),
    );
    expect(small).toEqual([]);
    await close();
  });

  const schemes = ['light', 'dark'] as const;
  const sizes = [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ];
  test.each(schemes.flatMap((colorScheme) => sizes.map((viewport) => ({ colorScheme, viewport }))))(
    'has nothing that axe objects to: $colorScheme, $viewport.width px wide',
    async (options) => {
      const { page, close } = await open('playground', '#break=kill-iff', options);
      await page.locator('.moves .forbidden').nth(1).click();
      await page.locator('#cluster summary').click();
      await page.locator('#config-shards').fill('0');
      await page.locator('#config-shards').press('Tab');
      expect(await objectionsOfAxe(page)).toEqual([]);
      await page.selectOption('#player', 'xx');
      await page.selectOption('#beside', 'hermod');
      await page.locator('#pane-beside').waitFor();
      expect(await objectionsOfAxe(page)).toEqual([]);
      await close();
    },
  );
});
