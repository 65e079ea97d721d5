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

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}′§]+/gu) ?? [];
}
