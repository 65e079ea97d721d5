import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

/** The most that may be loaded before a page can be used, compressed, in bytes. */
const MOST_BYTES = 250_000;

const text = (name: string): string => readFileSync(`dist/docs/site/${name}`, 'utf8');

describe.each(['playground', 'explore'])('the page %s, as it is built', (name) => {
  test('loads at most 250 kB at first', () => {
    const bytes = [`${name}.html`, `${name}.js`, 'playground.css'].map((file) => gzipSync(text(file)).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  test('loads classic scripts from its own folder alone', () => {
    const html = text(`${name}.html`);
    const loaded = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(loaded).toEqual(['data:,', 'playground.css', `${name}.js`]);
    expect(html).not.toContain('type="module"');
  });

  test('has no campaign in it, which is loaded when somebody asks for it', () => {
    // A word from inside fast-check, which generates the scenarios; the worker's script is deflated.
    expect(text(`${name}.js`).includes('numRuns')).toBe(false);
    expect(text('campaign.worker.js')).toMatch(
      /^\(globalThis\.xxWorkers\?\?=\{\}\)\["campaign"\]="[\w+/=]+";\n$/,
    );
  });
});
