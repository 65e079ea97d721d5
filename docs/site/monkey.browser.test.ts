import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { dataOf } from './playground/run/session.ts';
import { wantedOf } from './playground/run/wanted.ts';
import { PlayedFilm } from './run/film.ts';
import { playingOf } from './run/players.ts';
import { browserOf } from './testing/pages.ts';

/** Somebody presses whatever there is, quickly and without reason, and types what makes no sense. */

const open = browserOf();

/** So often something is pressed between two looks at the verdict. */
const PRESSES = 40;
const LOOKS = 4;

/** What is typed into fields of numbers, and of words. */
const TYPED = ['0', '1', '-1', '7', '300', '0.5', '1e309', '9007199254740993', '', 'many', '<b>', '\u202e'];

/** Presses, chooses and types at random, within the page; the same for the same seed. */
function press(page: Page, seed: number): Promise<string[]> {
  return page.evaluate(
    async ({ seed: first, presses, typed }) => {
      let state = first;
      const draw = (below: number): number => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor((state / 2_147_483_648) * below);
      };
      const pressed: string[] = [];
      for (let count = 0; count < presses; count++) {
        // What is saved to a file, or leads to another page, is no part of the table.
        const all = document.querySelectorAll<HTMLElement>(
          '#playground :is(button, select, input):not(:disabled):not(#download):not(#download-trace)',
        );
        const one = all[draw(all.length)]!;
        pressed.push(one.id || one.textContent!.slice(0, 40));
        if (one instanceof HTMLSelectElement) {
          one.selectedIndex = draw(one.options.length);
          one.dispatchEvent(new Event('change', { bubbles: true }));
        } else if (one instanceof HTMLInputElement) {
          one.value = one.type === 'range' ? String(draw(20)) : typed[draw(typed.length)]!;
          one.dispatchEvent(new Event('input', { bubbles: true }));
          one.dispatchEvent(new Event('change', { bubbles: true }));
        } else one.click();
        // Between two presses of a person the page is always drawn anew.
        await new Promise((next) => setTimeout(next, 0));
      }
      return pressed;
    },
    { seed, presses: PRESSES, typed: TYPED },
  );
}

/** The verdict once nothing goes on any more, and the address that then has the table. */
async function settled(page: Page): Promise<{ verdict: string; address: string }> {
  await page.evaluate(() => document.querySelector<HTMLElement>('#stop')?.click());
  await page.waitForFunction(
    () =>
      document.querySelector('#stop') === null &&
      /^(✓|✗|It breaks off|Broke off|Step \d+ is yours)/.test(
        document.getElementById('verdict')?.textContent ?? '',
      ),
  );
  return page.evaluate(() => ({
    verdict: document.getElementById('verdict')!.textContent!,
    address: location.hash,
  }));
}

/** What is to be said of the table in an address. */
function verdictOf(address: string): string {
  const { session, problems } = wantedOf(address);
  expect(problems.filter((problem) => !problem.includes('The link claims'))).toEqual([]);
  const film = new PlayedFilm(playingOf(dataOf(session!)));
  film.play();
  if (film.broken !== null) return 'broken';
  return film.finding === null ? 'accepted' : `step ${film.finding.step} violates ${film.finding.property}`;
}

function inShort(verdict: string): string {
  const [, step, property] = /step (\d+) of \d+ violates ([a-z-]+)/i.exec(verdict) ?? [];
  if (property !== undefined) return `step ${step} violates ${property}`;
  return /break/i.test(verdict) || /broke/i.test(verdict) ? 'broken' : 'accepted';
}

describe('the playground, where somebody presses anything', () => {
  test.each([1, 2, 3])('says what is true of what is on the table, and never an error: %i', async (seed) => {
    const { page, heard, close } = await open('playground', '#scheduler=you');
    await page.locator('#verdict').waitFor();
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const pressed: string[] = [];
    for (let look = 0; look < LOOKS; look++) {
      pressed.push(...(await press(page, seed * 1000 + look)));
      const { verdict, address } = await settled(page);
      expect(heard, pressed.join(', ')).toEqual([]);
      // What takes several plays to find out is told by a campaign, and no link is believed.
      if (wantedOf(address).problems.length > 0) continue;
      expect(inShort(verdict), `${verdict} after ${pressed.join(', ')}`).toBe(verdictOf(address));
    }
    await close();
  });
});
