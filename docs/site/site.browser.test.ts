import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../properties/catalogue.ts';
import { serveFolder } from '../../properties/commands/serve.ts';
import { KNOWN } from './run/players.ts';

/** The site as `npm run site` has built it, from disk and as `xx docs` serves it. */

/** Where the system has its Chromium, unless CHROMIUM says otherwise. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SITE = 'dist/site';
const DISK = pathToFileURL(`${resolve(SITE)}/`).href;
const PAGES = readdirSync(SITE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.html'))
  .sort();

/** The most that a page takes at first, compressed: itself, its scripts and its style. */
const LARGEST_LOAD_BYTES = 250_000;

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
let server: ChildProcess;
let served = '';
/** The same below a path of another server. */
let below: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  server = spawn(process.execPath, ['dist/cli.js', 'docs', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await Promise.race([once(server.stdout!, 'data'), once(server, 'exit')]);
  served = JSON.parse(String(said[0])).url;
  below = await serveFolder(dirname(SITE), 0);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.kill();
  below?.server.close();
});

/** Opens pages one after another; whatever they say to the console or ask of somebody else is kept. */
async function reader(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`${page.url()}: ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`${page.url()}: error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (
      !url.startsWith(DISK) &&
      !url.startsWith(served) &&
      !url.startsWith(below.url) &&
      !url.startsWith('data:')
    )
      heard.push(`request: ${url}`);
  });
  page.on('requestfailed', (request) => {
    // A picture that is still on its way when the next page is opened is given up.
    const { errorText = '' } = request.failure() ?? {};
    if (!errorText.includes('ABORTED')) heard.push(`failed: ${request.url()}: ${errorText}`);
  });
  return {
    page,
    heard,
    async open(address: string): Promise<void> {
      await page.goto(address);
      await settled(page);
    },
    close: () => context.close(),
  };
}

/** Waits until the replay that begins by itself, if there is one, has come to its end. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    if (document.querySelector('.replay[data-begins]') === null) return true;
    return /Accepted|violates/.test(document.getElementById('verdict')?.textContent ?? '');
  });
}

describe('every page', () => {
  test('there are as many as there are pages of the project, rules and properties', () => {
    const missing = CATALOGUE.filter(({ id }) => !PAGES.includes(`rules/${id}.html`));
    expect(missing).toEqual([]);
    expect(PAGES.length).toBeGreaterThan(CATALOGUE.length + 30);
  });

  test('opens from disk on a phone: no word to the console, no request, no horizontal scroll, and each rule is broken', async () => {
    const { page, heard, open, close } = await reader(PHONE);
    const wrong: string[] = [];
    for (const name of PAGES) {
      await open(`${DISK}${name}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > PHONE.viewport.width) wrong.push(`${name} is ${width} px wide`);
      if ((await page.locator('h1').count()) !== 1) wrong.push(`${name} has not one heading`);
      const [, id] = /^rules\/(.+)\.html$/.exec(name) ?? [];
      const property = CATALOGUE.find((one) => one.id === id);
      if (property === undefined || property.ofTheModel) continue;
      const verdict = await page.locator('#verdict').textContent();
      if (!verdict!.includes(`violates ${id} `)) wrong.push(`${name} says: ${verdict}`);
      const href = await page.locator('.break a').first().getAttribute('href');
      const scheduler = new URLSearchParams(href!.split('#')[1]).get('scheduler');
      if (!KNOWN.some((known) => known.name === scheduler)) wrong.push(`${name} leads to ${href}`);
      const yourself = await page.locator('.break a').last().getAttribute('href');
      if (yourself !== `../playground.html#break=${id}`) wrong.push(`${name} leads to ${yourself}`);
    }
    expect(wrong).toEqual([]);
    expect(heard).toEqual([]);
    await close();
  }, 600_000);

  test('opens from the server without a word to the console or a request to anybody else', async () => {
    const { heard, open, close } = await reader();
    for (const name of PAGES) await open(`${served}${name}`);
    expect(heard).toEqual([]);
    await close();
  }, 600_000);

  test('leads to nothing that is not there', () => {
    const texts = new Map(PAGES.map((name) => [name, readFileSync(join(SITE, name), 'utf8')]));
    const dead: string[] = [];
    let count = 0;
    for (const [name, text] of texts) {
      if (name === 'replay.html') continue;
      for (const [, href] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
        if (/^(?:[a-z]+:|$)/.test(href!)) continue;
        count++;
        const [path, anchor] = href!.split('#');
        const target = path === '' ? name : normalize(join(dirname(name), path!));
        if (!existsSync(join(SITE, target))) dead.push(`${name}: ${href}`);
        const isState = /^(?:scheduler|run|break)=/.test(anchor ?? '');
        if (anchor && !isState && !(texts.get(target) ?? '').includes(`id="${anchor}"`))
          dead.push(`${name}: ${href}`);
      }
    }
    expect(count).toBeGreaterThan(5_000);
    expect(dead).toEqual([]);
  });

  test('takes at most 250 kB at first, compressed', () => {
    const sizes = PAGES.map((name) => {
      const text = readFileSync(join(SITE, name), 'utf8');
      const loaded = [...text.matchAll(/<(?:script src|link rel="stylesheet" href)="([^"]+)"/g)].map(
        ([, path]) => join(SITE, dirname(name), path!),
      );
      const files = [join(SITE, name), ...loaded.filter((path) => existsSync(path))];
      return { name, bytes: files.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0) };
    });
    expect(sizes.filter(({ bytes }) => bytes > LARGEST_LOAD_BYTES)).toEqual([]);
  });
});

describe('a rule', () => {
  test('is broken at the failing step of its counterexample, beside XX', async () => {
    const { page, open, close } = await reader();
    await open(`${DISK}rules/kill-iff.html`);
    const record = JSON.parse(readFileSync('docs/cases/rules/kill-iff.json', 'utf8'));
    expect(await page.locator('#verdict').textContent()).toContain(
      `Step ${record.step} of ${record.stimuli.length} violates kill-iff`,
    );
    expect(await page.locator('#step h2').textContent()).toContain(`Step ${record.step},`);
    expect(await page.locator('#step .wrong').textContent()).toContain(record.message.replaceAll('`', ''));
    await page.locator('#step-beside').waitFor();
    expect(await page.locator('#pane-beside h3.who').textContent()).toContain('xx');
    await close();
  });

  test('can be stepped by keys and asked what is permitted, and leads to pages with the same run', async () => {
    const { page, open, close } = await reader();
    await open(`${DISK}rules/kill-iff.html`);
    await page.locator('.replay-live').focus();
    await page.keyboard.press('Home');
    expect(await page.locator('#step h2').textContent()).toContain('Step 1,');
    await page.keyboard.press('End');
    await page.locator('#all').click();
    await page.locator('#pane .option.forbidden', { hasText: 'kill 1' }).click();
    expect(await page.locator('#pane .explanation').textContent()).toContain('is refused by kill-iff');
    expect(await page.evaluate(() => location.hash)).toBe('');
    await page.locator('.beside-row a', { hasText: 'own' }).click();
    await page.locator('#verdict', { hasText: 'violates kill-iff' }).waitFor();
    expect(page.url()).toContain('replay.html#');
    await close();
  });
});

describe('a page with several replays', () => {
  test('has one live at a time', async () => {
    const { page, heard, open, close } = await reader();
    await open(`${DISK}readings.html`);
    expect(await page.locator('.replay-live').count()).toBe(0);
    const starts = page.locator('.replay-start');
    await starts.nth(0).click();
    await page.locator('#verdict', { hasText: 'violates' }).waitFor();
    expect(await page.locator('#difference').textContent()).toContain('≠ step');
    await starts.nth(1).click();
    await page.locator('#verdict', { hasText: 'violates' }).waitFor();
    expect(await page.locator('.replay-live').count()).toBe(1);
    expect(await starts.nth(0).isVisible()).toBe(true);
    expect(heard).toEqual([]);
    await close();
  });

  test.each(['findings', 'museum', 'crowding', 'anomalies', 'readings'])(
    'plays all of %s',
    async (name) => {
      const { page, heard, open, close } = await reader();
      await open(`${DISK}${name}.html`);
      const starts = page.locator('.replay-start');
      const count = await starts.count();
      expect(count).toBeGreaterThan(10);
      for (let index = 0; index < count; index++) {
        await starts.nth(index).click();
        await page.waitForFunction(() =>
          /Accepted|violates/.test(document.getElementById('verdict')?.textContent ?? ''),
        );
        expect(await page.locator('#verdict').textContent()).not.toContain('does not happen');
      }
      expect(heard).toEqual([]);
      await close();
    },
    300_000,
  );
});

describe('the search', () => {
  test.each([
    ['disk', () => DISK, 'lowest of those that count'],
    ['the server', () => served, 'lowest of those that count'],
    ['below a path of another', () => `${below.url}site/`, 'lowest of those that count'],
  ])('from %s finds a rule by words of its sentence, by keys alone', async (_from, root, words) => {
    const { page, heard, open, close } = await reader();
    await open(`${root()}charts/index.html`);
    await page.keyboard.press('/');
    await page.keyboard.type(words);
    await page.locator('#found a', { hasText: 'kill-iff' }).first().waitFor();
    const found = page.locator('#found a[href*="rules/kill-iff.html"]').first();
    for (let index = 0; index < 12; index++) {
      await page.keyboard.press('ArrowDown');
      if (await found.evaluate((link) => link === document.activeElement)) break;
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/rules\/kill-iff\.html/);
    expect(heard).toEqual([]);
    await close();
  });

  test.each([
    ['disk', () => DISK, 'zzyzzx'],
    // Pagefind by itself has pages for this one.
    ['the server', () => served, 'xyzzyq'],
  ])('from %s says so when there is nothing', async (_from, root, words) => {
    const { page, open, close } = await reader();
    await open(`${root()}index.html`);
    await page.evaluate(() => {
      const status = document.querySelector('#found-status')!;
      new MutationObserver(() =>
        status.setAttribute('data-said', `${status.getAttribute('data-said') ?? ''}${status.textContent}`),
      ).observe(status, { childList: true });
    });
    await page.fill('#search', words);
    await page.locator('#found-status', { hasText: 'Nothing found.' }).waitFor();
    expect(await page.locator('#found a').count()).toBe(0);
    if (root() === served)
      expect(await page.locator('#found-status').getAttribute('data-said')).toContain('Searching…');
    await close();
  });

  test.each(['index', 'playground'])('from %s shows what it has found within a phone', async (name) => {
    const { page, open, close } = await reader(PHONE);
    await open(`${DISK}${name}.html`);
    await page.fill('#search', 'swap');
    await page.locator('#found a').first().waitFor();
    const { x, width } = (await page.locator('#found').boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(PHONE.viewport.width);
    await close();
  });
});

test('what was found is put away where somebody goes on without it, and is there again on the way back', async () => {
  const { page, open, close } = await reader();
  await open(`${DISK}index.html`);
  await page.keyboard.press('/');
  await page.keyboard.type('preempt');
  await page.locator('#found a').first().waitFor();
  await page.locator('#found a').last().focus();
  await page.keyboard.press('Tab');
  await page.locator('#found').waitFor({ state: 'hidden' });
  expect(await page.getAttribute('#search', 'aria-expanded')).toBe('false');
  await page.keyboard.press('/');
  await page.locator('#found a').first().waitFor();
  await page.locator('h1').click({ position: { x: 5, y: 5 } });
  await page.locator('#found').waitFor({ state: 'hidden' });
  await close();
});

describe('the frame of a page', () => {
  test('marks the page that it is, skips to the content, and opens its menu on a phone', async () => {
    const { page, open, close } = await reader(PHONE);
    await open(`${DISK}rules/kill-iff.html`);
    expect(await page.locator('#menu').isVisible()).toBe(false);
    await page.tap('#menu-button');
    expect(await page.locator('#menu [aria-current]').textContent()).toBe('Rules and properties');
    await page.keyboard.press('Escape');
    expect(await page.locator('#menu').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('menu-button');
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await close();
  });
});

test('the list of pages, which is longer than the screen, shows the page that one reads', async () => {
  const { page, open, close } = await reader();
  await open(`${DISK}performance.html`);
  const { top, bottom } = await page
    .locator('#menu [aria-current]')
    .evaluate((here) => here.getBoundingClientRect().toJSON());
  expect(top).toBeGreaterThan(0);
  expect(bottom).toBeLessThanOrEqual(900);
  await close();
});

describe('the line above', () => {
  test.each(['light', 'dark'] as const)(
    'hides what scrolls below it, on all pages alike: %s',
    async (colorScheme) => {
      const { page, open, close } = await reader({ colorScheme });
      const looks: unknown[] = [];
      for (const name of ['index', 'playground', 'explore']) {
        await open(`${DISK}${name}.html`);
        looks.push(
          await page.locator('.site-header').evaluate((line) => {
            const { backgroundColor, borderBottom } = getComputedStyle(line);
            return { backgroundColor, borderBottom, ground: getComputedStyle(document.body).backgroundColor };
          }),
        );
      }
      const [{ ground, borderBottom }] = looks as [{ ground: string; borderBottom: string }];
      expect(borderBottom).toMatch(/^1px solid/);
      expect(looks).toEqual(looks.map(() => ({ backgroundColor: ground, borderBottom, ground })));
      await close();
    },
  );
});

test('a heading that has the focus, for whoever listens, is not framed like a field', async () => {
  const { page, open, close } = await reader();
  await open(`${DISK}playground.html`);
  await page.locator('#next-title').waitFor();
  await page.keyboard.press('Tab');
  const lookOf = (selector: string) =>
    page.locator(selector).evaluate((element) => {
      (element as HTMLElement).focus();
      return { isSeen: element.matches(':focus-visible'), outline: getComputedStyle(element).outlineStyle };
    });
  expect(await lookOf('#next-title')).toEqual({ isSeen: true, outline: 'none' });
  expect(await lookOf('#menu-button')).toEqual({ isSeen: true, outline: 'solid' });
  await close();
});

describe('on a phone', () => {
  test('a chart in which nothing is lit opens where it begins', async () => {
    const { page, open, close } = await reader(PHONE);
    await open(`${DISK}charts/invocation.html`);
    const { frame, state } = await page.evaluate(() => {
      const boxOf = (selector: string) => document.querySelector(selector)!.getBoundingClientRect().toJSON();
      return { frame: boxOf('.chart-frame'), state: boxOf('.chart-frame .state.initial') };
    });
    expect(state.left).toBeGreaterThanOrEqual(frame.left);
    expect(state.right).toBeLessThanOrEqual(frame.right);
    await close();
  });

  test('a chart opens where it is lit, and a wide table scrolls in its box without cutting names to pieces', async () => {
    const { page, open, close } = await reader(PHONE);
    await open(`${DISK}rules/place-greatest.html`);
    const { frame, state } = await page.evaluate(() => {
      const boxOf = (selector: string) => document.querySelector(selector)!.getBoundingClientRect().toJSON();
      return { frame: boxOf('.chart-frame'), state: boxOf('.chart-frame .state.lit') };
    });
    expect(state.left).toBeGreaterThanOrEqual(frame.left);
    expect(state.right).toBeLessThanOrEqual(frame.right);
    const box = page.locator('.scroll[aria-label="Wrong schedulers"]');
    const seen = await box.evaluate((element) => {
      element.scrollLeft = element.scrollWidth;
      const last = element.querySelector('th:last-child')!.getBoundingClientRect();
      const code = getComputedStyle(element.querySelector('td code')!);
      return { right: last.right, edge: element.getBoundingClientRect().right, wrap: code.overflowWrap };
    });
    expect(seen.right).toBeLessThanOrEqual(seen.edge + 1);
    expect(seen.wrap).toBe('normal');
    await close();
  });
});

describe('what axe says', () => {
  const names = [
    ...['index', 'package', 'rules', 'rules/kill-iff', 'rules/pages-in-parts', 'readings', 'charts/machine'],
    ...['exploration', 'museum', 'evaluation', 'decision-types', 'decisions/index', 'playground', 'explore'],
  ];
  const looks = [
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 390 },
  ] as const;
  test.each(looks)(
    'is nothing: $colorScheme, $width px wide',
    async ({ colorScheme, width }) => {
      const { page, open, close } = await reader({ colorScheme, viewport: { width, height: 900 } });
      const objections: string[] = [];
      for (const name of names) {
        await open(`${DISK}${name}.html`);
        const start = page.locator('.replay-start:visible').first();
        if ((await page.locator('.replay-live').count()) === 0 && (await start.count()) > 0)
          await start.click();
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          type Violation = { id: string; nodes: { html: string }[] };
          const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe;
          const { violations: all } = await axe.run();
          return all.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
          );
        });
        objections.push(...violations.map((violation) => `${name}: ${violation.slice(0, 900)}`));
      }
      expect(objections).toEqual([]);
      await close();
    },
    300_000,
  );
});

describe('xx docs', () => {
  test('serves this computer only, and ends by Ctrl-C', async () => {
    expect(served).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
  });
});
