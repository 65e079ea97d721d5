import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * A package has neither the sources nor the tests that pages link to. Before it is packed such links become the text that
 * they have; afterwards the pages are put back. What an interrupted run has left is put back first.
 */
const PAGES = ['README.md', 'CHANGELOG.md', 'docs', 'counterexamples/README.md'];
const PACKED = [
  /^(?:dist|docs|counterexamples)\/(?!.*\.test\.ts$)/,
  /^(?:README|CHANGELOG|LICENSE|package\.json)/,
  /^properties\/commands\/start\.mjs$/,
];
const KEPT = 'reports/unpacked-pages';

restore();
if (process.argv[2] !== 'restore') strip();

function restore() {
  if (!existsSync(KEPT)) return;
  cpSync(KEPT, '.', { recursive: true });
  rmSync(KEPT, { recursive: true });
}

function strip() {
  for (const page of PAGES.flatMap(pagesBelow)) {
    const text = readFileSync(page, 'utf8');
    const packed = withoutDeadLinks(page, text);
    if (packed === text) continue;
    cpSync(page, join(KEPT, page));
    writeFileSync(page, packed);
  }
}

function pagesBelow(path) {
  if (path.endsWith('.md')) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() || inner.endsWith('.md') ? pagesBelow(inner) : [];
  });
}

function withoutDeadLinks(page, text) {
  return text.replace(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g, (link, words, target) => {
    if (/^(?:[a-z]+:|#)/.test(target)) return link;
    const path = normalize(join(dirname(page), target.split('#')[0]));
    const whole = path.includes('.') ? path : `${path}/`;
    return PACKED.some((packed) => packed.test(whole)) ? link : words;
  });
}
