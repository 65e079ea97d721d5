import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** What tests of pages in a real browser share. */

/** Where the system has its Chromium, unless CHROMIUM says otherwise. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

export interface Opened {
  readonly page: Page;
  /** What it said to the console and asked of the network, beside the icon, which is in the page. */
  readonly heard: string[];
  close(): Promise<void>;
}

/** Opens a page. @param isReady runs in the page, and says whether it is. */
export async function open(
  browser: Browser,
  address: string,
  isReady: () => boolean,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (url.split('#')[0] !== address.split('#')[0] && !url.startsWith('data:')) {
      heard.push(`request: ${url.slice(0, 100)}`);
    }
  });
  await page.goto(address);
  await page.waitForFunction(isReady);
  return { page, heard, close: () => context.close() };
}

/** What axe objects to, a line a rule. */
export async function objections(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    type Violation = { id: string; nodes: { html: string }[] };
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
    );
  });
}

export const SCHEMES_AND_SIZES: readonly BrowserContextOptions[] = (['light', 'dark'] as const).flatMap(
  (colorScheme) =>
    [
      { width: 1280, height: 900 },
      { width: 390, height: 844 },
    ].map((viewport) => ({ colorScheme, viewport })),
);
