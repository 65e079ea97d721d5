import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { __version as generatorVersion } from 'fast-check';
import { InputError } from '../../model/input-error.ts';
import { PACKAGE_ROOT, VERSION } from '../records/origin.ts';

/** Which program plays: a block is the same only where all of this is the same. */
export interface Build {
  /** Of this package. */
  readonly version: string;
  /** Of everything that decides how a run goes: eight hexadecimal digits. */
  readonly digest: string;
}

/** What a run is made of, below `dist/`; neither commands nor reports are. */
const DECISIVE = ['model', 'reference-impl', 'properties'] as const;
const IDLE = new Set([
  'site',
  'pages',
  'commands',
  'farm',
  'fuzz',
  'bench',
  'testing',
  'render',
  'io',
  'exec',
]);

let known: Build | undefined;

/** The build of this package, from the files that threads run. */
export function buildHere(): Build {
  known ??= { version: VERSION, digest: digestOf(join(PACKAGE_ROOT, 'dist')) };
  return known;
}

function digestOf(root: string): string {
  const hash = createHash('sha256').update(generatorVersion);
  for (const folder of DECISIVE) {
    for (const file of modulesBelow(join(root, folder))) hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 8);
}

/** In the order of their paths, so that the same files give the same digest. */
function modulesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IDLE.has(entry.name) ? [] : modulesBelow(path);
    return entry.name.endsWith('.js') ? [path] : [];
  });
}

/** SHA-256 of a file, as a campaign names it. @throws InputError when it cannot be read. */
export function digestOfFile(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    throw new InputError(`--goals: ${file}: cannot be read; check the name`);
  }
}
