import { join } from 'node:path';
import { refuseUnwritable, refuseUnwritableFile, writeWhole } from '../../reference-impl/io/files.ts';

/** Where the outcome goes beside standard output, if anywhere. */
export interface Targets {
  csv?: string | undefined;
  svg?: string | undefined;
  html?: string | undefined;
}

/**
 * Looks whether what comes out can be written, before it is played.
 *
 * @throws InputError when it cannot.
 */
export function refuseUnwritableTargets({ csv, svg, html }: Targets): void {
  for (const folder of [csv, svg]) {
    if (folder !== undefined) refuseUnwritable(folder);
  }
  if (html !== undefined) refuseUnwritableFile(html);
}

export function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) writeWhole(join(folder, name), text);
}
