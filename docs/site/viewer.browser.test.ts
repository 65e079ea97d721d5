import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { printable } from '../../model/printable.ts';
import { MUTANTS } from '../../properties/mutants/index.ts';
import { collectRecords } from '../../properties/records/collect.ts';
import { piecesOf } from '../../properties/replay/exports/exporter.ts';
import { htmlExporter } from '../../properties/replay/exports/html/page.ts';
import { load, type Playable } from '../../properties/replay/load.ts';
import { replay } from '../../properties/replay/play.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';

/** Where the system has its Chromium, unless CHROMIUM says otherwise. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const home = mkdtempSync(join(tmpdir(), 'xx-viewer-'));
let browser: Browser;
const pages: Record<'failing' | 'accepted' | 'long' | 'hostile', string> = {
  failing: '',
  accepted: '',
  long: '',
  hostile: '',
};
let failingStep = 0;
const HOSTILE = '<img src=x onerror=alert(1)>"\u202e&amp;'.padEnd(200, 'x');

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const { item: record, file } = collectRecords('counterexamples').collected.find(
    ({ item }) => item.scheduler === 'kills-the-newest',
  )!;
  failingStep = record.step;
  const scheduler = MUTANTS.find(({ name }) => name === record.scheduler)!.create();
  const recording = replay({ file, scenario: record.scenario, record }, { scheduler });
  pages.failing = written('failing', {
    file,
    scheduler: record.scheduler,
    plays: record.scheduler,
    recording,
  });
  const { scenario } = (await load('docs/examples/home-page.scenario.jsonl')) as Playable;
  pages.accepted = written('accepted', filmOf(scenario));
  const [boot, submit, turn] = repeated(scenario, 1).stimuli as [TimedStimulus, TimedStimulus, TimedStimulus];
  const named = { ...submit, stimulus: { ...submit.stimulus, function: HOSTILE } as Stimulus };
  const film = filmOf({ config: scenario.config, stimuli: [boot, named, turn] });
  pages.hostile = written('hostile', { ...film, file: HOSTILE });
  pages.long = written('long', filmOf(repeated(scenario, 2000)));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

function filmOf(scenario: Scenario): Parameters<typeof htmlExporter>[0] {
  const scheduler = createXX();
  const recording = replay({ file: 'drawn', scenario, record: null }, { scheduler }, ['memory-bound']);
  return { file: 'drawn', scheduler: 'xx', plays: 'xx', recording };
}

/** Somebody arrives, is placed and finishes, again and again. */
function repeated({ config }: Scenario, lives: number): Scenario {
  const stimuli = Array.from({ length: lives }, (_, id) => [
    { at: id, stimulus: { type: 'submit' as const, id, tenant: 0, function: 'f', class: 0, shard: 0 } },
    { at: id, stimulus: { type: 'turn' as const, shard: 0 } },
    { at: id, stimulus: { type: 'finish' as const, id } },
  ]).flat();
  return { config, stimuli: [{ at: 0, stimulus: { type: 'boot' } }, ...stimuli] };
}

function written(name: string, film: Parameters<typeof htmlExporter>[0]): string {
  const path = join(home, `${name}.html`);
  writeFileSync(path, [...piecesOf(htmlExporter, film)].join(''));
  return pathToFileURL(path).href;
}

/** Opens a page; whatever it says to the console or asks of the network is kept. */
async function open(
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; heard: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address.split('#')[0])
      heard.push(`request: ${request.url().slice(0, 100)}`);
  });
  await page.goto(address);
  await page.waitForFunction(() =>
    /Accepted|violates/.test(document.getElementById('verdict')?.textContent ?? ''),
  );
  return { page, heard, close: () => context.close() };
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
    expect(heard.filter((line) => !line.includes('data:'))).toEqual([]);
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
    const { page, close } = await open(pages.failing, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
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

  test('takes no name for markup, and shows what is invisible in it', async () => {
    const { page, heard, close } = await open(pages.hostile, { viewport: { width: 390, height: 844 } });
    await page.keyboard.press('End');
    expect(await page.locator('h1').textContent()).toBe(printable(HOSTILE));
    expect(await page.locator('.machines').textContent()).toContain(printable(HOSTILE));
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(heard.filter((line) => !line.includes('data:'))).toEqual([]);
    await close();
  });

  test.each([
    ['#run=AAAA&step=2', () => failingStep, 'The scenario in the address cannot be read'],
    ['#beside=nobody&step=2', () => 2, 'violates'],
    ['#step=99999', () => failingStep, 'violates'],
  ])(
    'shows what it was given where an address has nothing that can be played: %s',
    async (fragment, step, says) => {
      const { page, heard, close } = await open(`${pages.failing}${fragment}`);
      expect(await page.locator('h1').textContent()).toContain('counterexamples/');
      expect(await heading(page)).toContain(`Step ${step()},`);
      expect(await page.locator('#verdict').textContent()).toContain(says);
      expect(heard.filter((line) => line.startsWith('error'))).toEqual([]);
      await close();
    },
  );

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
    expect(heard.filter((line) => !line.includes('data:'))).toEqual([]);
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
      const { page, close } = await open(pages.failing, options);
      await page.selectOption('#beside', 'xx');
      await page.locator('#pane-beside .options').waitFor();
      await page.locator('#pane .option.forbidden').first().click();
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe;
        type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };
        const { violations: all } = await axe.run();
        return all.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
        );
      });
      expect(violations).toEqual([]);
      await close();
    },
  );
});
