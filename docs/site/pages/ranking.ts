/** A heading, or a page as a whole, with its first words: what can be searched where nothing can be fetched. */
export interface Indexed {
  readonly title: string;
  readonly page: string;
  readonly text: string;
  /** From the first page of the site. */
  readonly address: string;
}

/** What has all the words, at the beginnings of its own: first where titles have most of them, then in the order of the list. */
export function ranked(all: readonly Indexed[], words: string): Indexed[] {
  const wanted = wordsOf(words);
  if (wanted.length === 0) return [];
  return all
    .map((entry) => ({ entry, score: scoreOf(entry, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ entry }) => entry);
}

function scoreOf({ title, page, text }: Indexed, wanted: readonly string[]): number {
  const inTitle = wordsOf(title);
  const all = [...inTitle, ...wordsOf(page), ...wordsOf(text)];
  if (!wanted.every((word) => all.some((one) => one.startsWith(word)))) return 0;
  return 1 + wanted.filter((word) => inTitle.some((one) => one.startsWith(word))).length * 2;
}

/** Letters that an ending may take from a word: who asks for *preempting* means *preempts*, too. */
const LONGEST_ENDING = 3;
const SHORTEST_STEM = 3;

/** Whether a text has each of the words, or one that differs in its ending. */
export function speaksOf(text: string, words: string): boolean {
  const all = wordsOf(text);
  return wordsOf(words).every((word) => {
    const stem = word.slice(0, Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING));
    return all.some((one) => one.startsWith(stem) && endsAlike(one, word));
  });
}

/** Whether a word is what was asked for with another ending, or what somebody has begun to write. */
function endsAlike(one: string, asked: string): boolean {
  return one.startsWith(asked) || one.length <= asked.length + LONGEST_ENDING;
}

/**
 * Where a page stands among those that have the words: the more, the earlier. Those whose titles have them are first;
 * what was decided or changed once is asked for less often than what holds.
 */
export function standing(title: string, address: string, words: string): number {
  const isRecord = /(?:^|\/)(?:decisions\/|changelog\.html)/.test(address);
  const inTitle = wordsOf(title);
  const count = wordsOf(words).filter((word) => inTitle.some((one) => one.startsWith(word))).length;
  return count * 2 - (isRecord ? 2 * wordsOf(words).length + 1 : 0);
}

/** Text as it is read in a list: the marks that set code apart are not part of it. */
export function unmarked(text: string): string {
  return text.replaceAll('`', '');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}′§]+/gu) ?? [];
}
