import { resolve } from 'node:path';
import { InputError } from '../../../model/input-error.ts';
import { refuseUnwritableFile, writeWhole } from '../../../reference-impl/io/files.ts';
import type { SetAside } from '../../records/collect.ts';
import type { Playable } from '../load.ts';
import type { Film } from '../moment.ts';
import { htmlText } from './html/page.ts';
import { itfText } from './itf.ts';
import { perfettoText, refuseTooLate } from './perfetto.ts';

/** Files that a replay may be written to, beside what it says. */
export interface Exports {
  readonly html?: string;
  readonly perfetto?: string;
  readonly itf?: string;
}

const WRITERS = { html: htmlText, perfetto: perfettoText, itf: itfText };
const FORMATS = ['html', 'perfetto', 'itf'] as const;

/** Whether anything is to be written. */
export function exportsAny(exports: Exports): boolean {
  return FORMATS.some((format) => exports[format] !== undefined);
}

/**
 * Looks whether all can be written, before anything is played.
 *
 * @throws InputError when a file has no place to go, would take that of another, or there is not exactly one to play.
 */
export function refuseExports(
  exports: Exports,
  { playables, setAside }: { playables: readonly Playable[]; setAside: readonly SetAside[] },
): void {
  const taken = new Map(playables.map(({ file }) => [resolve(file), file]));
  for (const format of FORMATS) {
    const path = exports[format];
    if (path === undefined) continue;
    const given = playables.length + setAside.length;
    if (given > 1) throw new InputError(`--${format}: takes exactly one file to replay, got ${given}`);
    const other = taken.get(resolve(path));
    if (other !== undefined) {
      throw new InputError(`--${format}: ${path} would be written over ${other}; name another file`);
    }
    taken.set(resolve(path), `what --${format} writes`);
    refuseUnwritableFile(path);
  }
  if (exports.perfetto === undefined) return;
  for (const { scenario } of playables) refuseTooLate(scenario.stimuli.map(({ at }) => at));
}

/** Writes each file that was asked for. @returns a sentence for each. @throws FileError when one cannot be written. */
export function writeExports(exports: Exports, film: Film): string[] {
  return FORMATS.flatMap((format) => {
    const path = exports[format];
    if (path === undefined) return [];
    writeWhole(path, WRITERS[format](film));
    return [`--${format} written to ${path}`];
  });
}
