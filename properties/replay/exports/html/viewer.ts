import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../../../model/input-error.ts';

/** The viewer as it was built from docs/site: a script and its style, complete in themselves. */
export interface Viewer {
  /** Deflated (RFC 1951), in base 64. */
  readonly packedScript: string;
  readonly style: string;
}

/** Where `npm run build` puts it, seen from this file as it was built, and from this file as it was written. */
const PLACES = ['../../../../docs/site/', '../../../../dist/docs/site/'];

const PACKED = 'viewer.deflate.txt';

/** Reads the viewer. @throws InputError when it was not built. */
export function readViewer(): Viewer {
  const place = PLACES.find((candidate) => existsSync(pathOf(`${candidate}${PACKED}`)));
  if (place === undefined) {
    throw new InputError('--html: the viewer is not built (dist/docs/site/); run `npm run build` first');
  }
  return {
    packedScript: readFileSync(pathOf(`${place}${PACKED}`), 'utf8'),
    style: readFileSync(pathOf(`${place}viewer.css`), 'utf8'),
  };
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
