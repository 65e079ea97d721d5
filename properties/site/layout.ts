import { entryAbove, GROUPS } from './contents.ts';
import { escaped } from './html.ts';
import { addressOfPage, hrefBetween, upFrom } from './places.ts';

/** A page of the site, before its frame. */
export interface SitePage {
  /** By its path from the first page. */
  readonly address: string;
  /** What the menu knows it by: the page of the project, or its address. */
  readonly page: string;
  readonly title: string;
  /** What the heading says, as HTML, where that is not the title. */
  readonly heading?: string;
  readonly html: string;
  /** Scripts beside that of every page, by their names. */
  readonly scripts: readonly string[];
  /** Styles beside that of every page. */
  readonly styles?: readonly string[];
  /** Whether a script fills all of the page, with a heading and landmarks of its own. */
  readonly isProgram?: boolean;
}

/** A page that another leads to. */
export interface Neighbour {
  readonly address: string;
  readonly title: string;
}

/** The whole page. Nothing in it needs a server, and nothing in it is loaded from elsewhere. */
export function framed(page: SitePage, before: Neighbour | null, after: Neighbour | null): string {
  const { address, title, scripts, styles = [], isProgram = false } = page;
  const up = upFrom(address);
  const loaded = ['shell.js', ...scripts].map(
    (script) => `<script src="${up}assets/${script}" defer></script>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}${title === 'XX' ? '' : ' – XX'}</title>
<link rel="icon" href="data:,">
${['site.css', ...styles].map((style) => `<link rel="stylesheet" href="${up}assets/${style}">`).join('\n')}
${loaded.join('\n')}
</head>
<body class="site" data-up="${up}">
<a class="skip" href="#content">Skip to the content</a>
${isProgram ? aroundProgram(page) : aroundText(page, before, after)}
</body>
</html>
`;
}

function aroundText(page: SitePage, before: Neighbour | null, after: Neighbour | null): string {
  const { address, title, heading, html } = page;
  return `<header class="site-header">
${barOf(address)}
</header>
<div class="site-columns">
${menuOf(page)}
<main class="site-main" id="content" tabindex="-1">
<article data-pagefind-body>
<h1>${heading ?? escaped(title)}</h1>
${html}
</article>
${neighboursOf(address, before, after)}
</main>
</div>`;
}

/** The menu is not beside it, but opens above it. */
function aroundProgram(page: SitePage): string {
  return `<aside class="site-header" aria-label="XX">
${barOf(page.address)}
</aside>
<div class="site-columns program">
${menuOf(page)}
<div id="content" tabindex="-1">
${page.html}
</div>
</div>`;
}

function barOf(address: string): string {
  const up = upFrom(address);
  return `<a class="brand" href="${up}index.html">XX <span>the executable specification</span></a>
<form class="search" role="search">
<label class="unseen" for="search">Search all pages</label>
<input id="search" type="search" placeholder="Search  (/)" autocomplete="off" spellcheck="false" role="combobox" aria-controls="found" aria-expanded="false">
<ul id="found" class="found" aria-label="Found" hidden></ul>
<p id="found-status" role="status"></p>
</form>
<button type="button" id="menu-button" aria-expanded="false" aria-controls="menu">Menu</button>`;
}

function menuOf({ address, page }: SitePage): string {
  const current = entryAbove(page);
  const groups = GROUPS.map(({ title, entries }) => {
    const items = entries.map((entry) => {
      const to = entry.page.endsWith('.md') ? addressOfPage(entry.page) : entry.page;
      const mark = entry.page !== current ? '' : ` aria-current="${page === current ? 'page' : 'true'}"`;
      return `<li><a href="${hrefBetween(address, to)}"${mark}>${escaped(entry.title)}</a></li>`;
    });
    return `<h2>${escaped(title)}</h2>\n<ul>${items.join('\n')}</ul>`;
  });
  return `<nav class="site-nav" id="menu" aria-label="Pages">
${groups.join('\n')}
</nav>`;
}

function neighboursOf(address: string, before: Neighbour | null, after: Neighbour | null): string {
  const link = (to: Neighbour | null, rel: 'prev' | 'next', words: string): string =>
    to === null
      ? '<span></span>'
      : `<a rel="${rel}" href="${hrefBetween(address, to.address)}"><span>${words}</span> ${escaped(to.title)}</a>`;
  return `<nav class="neighbours" aria-label="Previous and next page">${link(before, 'prev', '← Previous')}${link(after, 'next', 'Next →')}</nav>`;
}
