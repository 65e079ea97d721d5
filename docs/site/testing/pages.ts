import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/** Where the system has its Chromium, unless CHROMIUM says otherwise. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page in a browser. */
export interface Opened {
  readonly page: Page;
  /** What it said to the console, and what it asked of anything but the folder that it lies in. */
  readonly heard: string[];
  close(): Promise<void>;
}

export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** Starts a browser for the tests of a file. @returns what opens a page of the site, as it was built, from disk. */
export function browserOf(): (
  name: string,
  fragment?: string,
  options?: BrowserContextOptions,
) => Promise<Opened> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());
  const folder = pathToFileURL('dist/docs/site/').href;
  return async (name, fragment = '', options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const heard: string[] = [];
    page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(folder) && !/^(data|blob):/.test(url)) heard.push(`request: ${url.slice(0, 100)}`);
    });
    await page.goto(`${folder}${name}.html${fragment}`);
    return { page, heard, close: () => context.close() };
  };
}

/** Presses one button, and another as soon as it is there: within the page, so that nothing ends in between. */
export function pressThen(page: Page, first: string, second: string): Promise<void> {
  return page.evaluate(
    async ([one, other]) => {
      document.querySelector<HTMLElement>(one!)!.click();
      let next: HTMLElement | null = null;
      while (next === null) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        next = document.querySelector(other!);
      }
      next.click();
    },
    [first, second],
  );
}

/** What axe objects to in a page as it is now. */
export async function objectionsOfAxe(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join(' | ')}`,
    );
  });
}
