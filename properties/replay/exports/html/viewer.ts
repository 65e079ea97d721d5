import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../../../model/input-error.ts';

/** The viewer as it was built from docs/site: a script and its style, complete in themselves. */
export interface Viewer {
  readonly script: string;
  readonly style: string;
}

/** Where `npm run build` puts it, seen from this file as it was built, and from this file as it was written. */
const PLACES = ['../../../../docs/site/', '../../../../dist/docs/site/'];

/** Reads the viewer. @throws InputError when it was not built. */
export function readViewer(): Viewer {
  const place = PLACES.find((candidate) => existsSync(pathOf(`${candidate}viewer.js`)));
  if (place === undefined) {
    throw new InputError(
      '--html: the viewer is not built (dist/docs/site/viewer.js); run `npm run build` first',
    );
  }
  return {
    script: readFileSync(pathOf(`${place}viewer.js`), 'utf8'),
    style: readFileSync(pathOf(`${place}viewer.css`), 'utf8'),
  };
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
