import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/**
 * `npm run site:picture`: the picture of a replay that the README shows, taken of the page that `xx replay --html` writes,
 * and what it shows in words, so that a test can tell when it is out of date.
 */
const FILE = 'docs/examples/inversion.trace.jsonl';
const BESIDE = 'xx';
const PICTURE = 'docs/figures/replay.png';
const WORDS = 'docs/figures/replay.json';
const SIZE = { width: 1200, height: 800 };

const home = mkdtempSync(join(tmpdir(), 'xx-picture-'));
const html = join(home, 'replay.html');
const written = spawnSync(process.execPath, ['dist/cli.js', 'replay', FILE, '--html', html], {
  encoding: 'utf8',
});
if (written.status !== 1)
  throw new Error(`${FILE}: expected a violation: ${written.stdout}${written.stderr}`);

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
await page.goto(`${pathToFileURL(html).href}#beside=${BESIDE}`);
await page.locator('#verdict', { hasText: 'violates' }).waitFor();
await page.locator('#pane-beside .decisions').waitFor();
// What is drawn need not be said twice in a picture.
await page.evaluate(() => {
  for (const details of document.querySelectorAll('.timeline details')) details.open = false;
});
const shown = {
  file: FILE,
  sha256: createHash('sha256').update(readFileSync(FILE)).digest('hex'),
  beside: BESIDE,
  verdict: await page.locator('#verdict').textContent(),
  step: await page.locator('#step h2').textContent(),
  wrong: await page.locator('#step .wrong p').nth(1).textContent(),
};
await page.screenshot({ path: PICTURE });
await browser.close();
writeFileSync(WORDS, `${JSON.stringify(shown, null, 2)}\n`);
rmSync(home, { recursive: true });
process.stderr.write(`${PICTURE}: ${shown.verdict}\n`);
