import { readFileSync } from 'node:fs';

/** How much room parts of a page take, so that it need not be found out by a browser. */

/** A column with no more letters than these has figures. */
const MOST_OF_FIGURES = 8;
/** And one with more than these has prose. */
const LEAST_OF_PROSE = 32;

/** The class of the cells of a column, as an attribute, by the longest of them. */
export function classOfColumn(cells: readonly string[]): string {
  const longest = Math.max(...cells.map((cell) => cell.replaceAll(/\]\([^)]*\)|[[\]`*]/g, '').length));
  if (longest <= MOST_OF_FIGURES) return ' class="short"';
  return longest >= LEAST_OF_PROSE ? ' class="long"' : '';
}

/** Width and height of a drawing, as attributes: then nothing moves when it has been loaded. Nothing, of other pictures. */
export function sizeOfPicture(file: string): string {
  if (!file.endsWith('.svg')) return '';
  const [tag = ''] = /<svg[^>]*>/.exec(readFileSync(file, 'utf8')) ?? [];
  const [, width] = /\swidth="(\d+)"/.exec(tag) ?? [];
  const [, height] = /\sheight="(\d+)"/.exec(tag) ?? [];
  return width === undefined || height === undefined ? '' : ` width="${width}" height="${height}"`;
}
