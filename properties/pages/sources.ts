import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the project as the pages see it: what is tested where is found in the text of the tests. */
export interface Source {
  /** Relative to the root of the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Where rules are written and where tests are. */
const FOLDERS = ['model', 'reference-impl', 'properties', 'counterexamples'];

/** Every module of the project, tests included, in the order of their paths. */
export function readSources(root = '.'): Source[] {
  return FOLDERS.flatMap((folder) => modulesIn(root, folder))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function modulesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return modulesIn(root, path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}
