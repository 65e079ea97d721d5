/** What a terminal was told, as paragraphs and tables: a blank line is between them. */
export function blocksOf(text: string): string[] {
  return text
    .split(/\n[ \t]*\n/)
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block !== '');
}

/** Whether it has columns: spaces that are more than one keep them apart, or begin their lines. */
export function isTable(block: string): boolean {
  return /^ |\S {2,}\S/m.test(block);
}
