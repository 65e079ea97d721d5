import { join } from 'node:path';
import { nameOf, refuseUnwritable, refuseUnwritableFile, writeNamed } from '../../reference-impl/io/files.ts';
import type { Desk } from './command.ts';

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

/** Files to be written: paths and texts. */
export type Files = readonly (readonly [path: string, text: string])[];

/** None when there is no folder. */
export function inFolder(folder: string | undefined, files: ReadonlyMap<string, string>): Files {
  return folder === undefined ? [] : [...files].map(([name, text]) => [join(folder, name), text] as const);
}

export function pageFile(path: string | undefined, text: () => string): Files {
  return path === undefined ? [] : [[path, text()]];
}

/**
 * Writes the files, and names them where somebody may wonder, after an interruption, what there is.
 *
 * @throws FileError when one cannot be written; those before it are there.
 */
export async function writeFiles(
  files: Files,
  { isWhole, err }: { isWhole: boolean; err: Desk['err'] },
): Promise<void> {
  for (const [path, text] of files) {
    await writeNamed(path, text);
    if (!isWhole) err.write(`xx: ${nameOf(path)} has what was simulated so far\n`);
  }
}
