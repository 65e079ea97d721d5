import { type Indexed, ranked, speaksOf, standing, unmarked } from './ranking.ts';

/** What a search has found. */
export interface Sought {
  readonly title: string;
  /** The title of the page that it stands on. */
  readonly page: string;
  readonly excerpt: string;
  readonly address: string;
}

/** As `pagefind.js` exports it. */
interface Pagefind {
  search(words: string): Promise<{ results: readonly { data(): Promise<Fragment> }[] }>;
}

interface Fragment {
  readonly url: string;
  readonly meta: { readonly title: string };
  readonly content: string;
  readonly plain_excerpt: string;
  readonly sub_results: readonly { title: string; url: string; plain_excerpt: string }[];
}

const MOST = 12;
/** Of so many pages, the first in pagefind's order, those are chosen that are shown. */
const MOST_LOADED = 36;

/**
 * Searches all pages. From a server by pagefind, which has every word of them; from disk, where a browser fetches nothing,
 * in a list of headings and first words.
 *
 * @param words nothing, to load what a search needs.
 * @param up from this page to the first page of the site.
 */
export async function found(words: string, up: string): Promise<Sought[]> {
  if (location.protocol !== 'file:') {
    try {
      return await byPagefind(words, up);
    } catch {
      // The index may not have been put onto the server: the list has been.
    }
  }
  const list = await loadedList(up);
  return ranked(list, words)
    .slice(0, MOST)
    .map(({ title, page, text, address }) => ({
      title,
      page,
      excerpt: unmarked(text),
      address: `${up}${address}`,
    }));
}

async function byPagefind(words: string, up: string): Promise<Sought[]> {
  const path = new URL(`${up}pagefind/pagefind.js`, location.href).href;
  const pagefind = (await import(path)) as Pagefind;
  if (words === '') return [];
  const { results } = await pagefind.search(words);
  const loaded = await Promise.all(results.slice(0, MOST_LOADED).map((result) => result.data()));
  const pages = loaded
    // For a word that nobody has written, pagefind takes others that begin like it.
    .filter(({ content, meta }) => speaksOf(`${meta.title} ${content}`, words))
    .map((page) => ({ page, standing: standing(page.meta.title, page.url, words) }))
    .sort((one, other) => other.standing - one.standing)
    .slice(0, MOST);
  return pages.map(({ page }) => entryOf(page));
}

function entryOf({ url, meta, plain_excerpt, sub_results: [best] }: Fragment): Sought {
  return {
    title: best?.title ?? meta.title,
    page: meta.title,
    excerpt: unmarked(best?.plain_excerpt ?? plain_excerpt)
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
    address: best?.url ?? url,
  };
}

let list: Promise<readonly Indexed[]> | null = null;

/** A classic script is the one thing that a page from disk may load. */
function loadedList(up: string): Promise<readonly Indexed[]> {
  list ??= new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = `${up}assets/search-list.js`;
    script.onload = () => resolve((globalThis as { xxSearchList?: readonly Indexed[] }).xxSearchList ?? []);
    script.onerror = () => resolve([]);
    document.head.append(script);
  });
  return list;
}
