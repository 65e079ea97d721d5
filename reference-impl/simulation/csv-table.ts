import { csvField } from './text.ts';

/**
 * A table as CSV. Six digits are more than a simulation can tell; nothing is an empty cell.
 *
 * @param head names of columns, with commas between them.
 */
export function csvTable(head: string, rows: readonly (readonly (string | number | null)[])[]): string {
  return `${[head, ...rows.map((row) => row.map(cell).join(','))].join('\n')}\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return csvField(value);
  return String(Number(value.toPrecision(6)));
}
