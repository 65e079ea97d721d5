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
  /** Whether its content takes all of the width. */
  readonly isWide?: boolean;
}

/** A page that another leads to. */
export interface Neighbour {
  readonly address: string;
  readonly title: string;
}

/** The whole page. Nothing in it needs a server, and nothing in it is loaded from elsewhere. */
export function framed(page: SitePage, before: Neighbour | null, after: Neighbour | null): string {
  const { address, title, heading, html, scripts, isWide = false } = page;
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
<link rel="stylesheet" href="${up}assets/site.css">
${loaded.join('\n')}
</head>
<body class="site" data-up="${up}">
<a class="skip" href="#content">Skip to the content</a>
<header class="site-header">
<a class="brand" href="${up}index.html">XX <span>the executable specification</span></a>
<form class="search" role="search">
<label class="unseen" for="search">Search all pages</label>
<input id="search" type="search" placeholder="Search  (/)" autocomplete="off" spellcheck="false" role="combobox" aria-controls="found" aria-expanded="false">
<ul id="found" aria-label="Found" hidden></ul>
<p id="found-status" role="status"></p>
</form>
<button type="button" id="menu-button" aria-expanded="false" aria-controls="menu">Menu</button>
</header>
<div class="site-columns">
<nav class="site-nav" id="menu" aria-label="Pages">
${menuOf(page)}
</nav>
<main class="site-main${isWide ? ' wide' : ''}" id="content" tabindex="-1">
<article data-pagefind-body>
<h1>${heading ?? escaped(title)}</h1>
${html}
</article>
${neighboursOf(address, before, after)}
</main>
</div>
</body>
</html>
`;
}

function menuOf({ address, page }: SitePage): string {
  const current = entryAbove(page);
  return GROUPS.map(({ title, entries }) => {
    const items = entries.map((entry) => {
      const to = entry.page.endsWith('.md') ? addressOfPage(entry.page) : entry.page;
      const mark = entry.page !== current ? '' : ` aria-current="${page === current ? 'page' : 'true'}"`;
      return `<li><a href="${hrefBetween(address, to)}"${mark}>${escaped(entry.title)}</a></li>`;
    });
    return `<h2>${escaped(title)}</h2>\n<ul>${items.join('\n')}</ul>`;
  }).join('\n');
}

function neighboursOf(address: string, before: Neighbour | null, after: Neighbour | null): string {
  const link = (to: Neighbour | null, rel: 'prev' | 'next', words: string): string =>
    to === null
      ? '<span></span>'
      : `<a rel="${rel}" href="${hrefBetween(address, to.address)}"><span>${words}</span> ${escaped(to.title)}</a>`;
  return `<nav class="neighbours" aria-label="Previous and next page">${link(before, 'prev', '← Previous')}${link(after, 'next', 'Next →')}</nav>`;
}
