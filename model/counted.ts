/**
 * How many there are of something, in words: `1 step`, `2 steps`.
 *
 * @param plural the plural of the noun, where an s does not make it.
 */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
