import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

let root: string | undefined;

/**
 * The root of this package, from its source, from what was built of one module, or from a bundle of many: the nearest
 * folder above with a package.json.
 */
export function packageRoot(): string {
  root ??= rootAbove(dirname(realpathSync(fileURLToPath(import.meta.url))));
  return root;
}

/** A file that was built, also for a test that runs from its source: a thread needs one. @param path below `dist/`. */
export function builtFile(path: string): URL {
  return pathToFileURL(join(packageRoot(), 'dist', path));
}

function rootAbove(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootAbove(dirname(directory));
}
