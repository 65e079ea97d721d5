import { statSync } from 'node:fs';
import { InputError } from '../../../model/input-error.ts';
import { isSameFile, refuseUnwritableFile, writeNamed } from '../../../reference-impl/io/files.ts';
import type { Playable } from '../load.ts';
import type { Film } from '../moment.ts';
import type { Range } from '../range.ts';
import { estimatedLength, type Format, piecesOf } from './exporter.ts';
import { htmlExporter } from './html/page.ts';
import { itfExporter } from './itf.ts';
import { mermaidExporter } from './mermaid.ts';
import { perfettoExporter } from './perfetto.ts';
import { refuseTooLate } from './timeline.ts';

/** Files that a replay may be written to, beside what it says. */
export interface Exports {
  readonly html?: string;
  readonly perfetto?: string;
  readonly itf?: string;
  readonly mermaid?: string;
}

const EXPORTERS: Record<keyof Exports, Format> = {
  html: htmlExporter,
  perfetto: perfettoExporter,
  itf: itfExporter,
  mermaid: mermaidExporter,
};
export const FORMATS = ['html', 'perfetto', 'itf', 'mermaid'] as const;

const MB = 1_000_000;
/** No viewer opens larger files with ease: they are written only if all of a replay is asked for. */
export const LARGEST_MB = 100;
/** Larger files are announced before they are begun. */
const LARGE_MB = 10;

/** Whether anything is to be written. */
export function exportsAny(exports: Exports): boolean {
  return FORMATS.some((format) => exports[format] !== undefined);
}

/**
 * Checks that all files can be written, before anything is read.
 *
 * @param given the files that are to be replayed.
 * @throws InputError when a file has no place to go, would take that of another, or there is not exactly one to play.
 */
export function refuseExports(exports: Exports, given: readonly string[]): void {
  const taken = given.map((file) => ({ file, name: file }));
  for (const format of FORMATS) {
    const path = exports[format];
    if (path === undefined) continue;
    if (given.length > 1) {
      throw new InputError(`--${format}: takes exactly one file to replay, got ${given.length}`);
    }
    const other = taken.find(({ file }) => isSameFile(file, path));
    if (other !== undefined) {
      throw new InputError(`--${format}: ${path} would be written over ${other.name}; name another file`);
    }
    taken.push({ file: path, name: `what --${format} writes` });
    refuseUnwritableFile(path);
  }
}

/** @throws InputError when a scenario cannot be shown in a file that was asked for, before it is played. */
export function refuseUnshowable(exports: Exports, { scenario }: Playable): void {
  if (exports.perfetto !== undefined) refuseTooLate(scenario.stimuli.at(-1)?.at ?? 0);
}

/**
 * Writes each file that was asked for, after it was told how large the large ones are going to be.
 *
 * @param how.all whether files of any size are wanted.
 * @returns a sentence for each.
 * @throws InputError when one would be too large, before any is begun.
 * @throws FileError when one cannot be written.
 */
export async function writeExports(
  exports: Exports,
  film: Film,
  { range, all, announce }: { range: Range; all: boolean; announce: (line: string) => void },
): Promise<string[]> {
  const wanted = FORMATS.filter((format) => exports[format] !== undefined);
  for (const format of wanted) {
    const mb = estimatedLength(EXPORTERS[format], film, range) / MB;
    if (mb > LARGEST_MB && !all) throw tooLarge(format, mb);
    if (mb > LARGE_MB) announce(`--${format}: about ${Math.round(mb)} MB are going to be written`);
  }
  const lines: string[] = [];
  for (const format of wanted) {
    const path = exports[format]!;
    await writeNamed(path, piecesOf(EXPORTERS[format], film, range));
    lines.push(`--${format} written to ${path}${sizeOf(path)}`);
  }
  return lines;
}

function tooLarge(format: string, mb: number): InputError {
  return new InputError(
    `--${format}: would write about ${Math.round(mb)} MB, more than the ${LARGEST_MB} MB that viewers open with ease; narrow it with --from and --to, or add --all`,
  );
}

/** In brackets; nothing of a pipe or a device, which has no size. */
function sizeOf(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isFile() !== true) return '';
  const { size } = status;
  return size < MB / 10 ? ` (${Math.ceil(size / 1000)} kB)` : ` (${(size / MB).toFixed(1)} MB)`;
}
