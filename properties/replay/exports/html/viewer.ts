import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../../../model/input-error.ts';

/** A program for a page, as it was built from docs/site: a script and its style, complete in themselves. */
export interface Program {
  /** Deflated (RFC 1951), in base 64. */
  readonly packedScript: string;
  readonly style: string;
}

/** Where `npm run build` puts them, seen from this file as it was built, and from this file as it was written. */
const PLACES = ['../../../../docs/site/', '../../../../dist/docs/site/'];

/** Reads the viewer of scenarios, or that of figures. @throws InputError when it was not built. */
export function readProgram(name: 'viewer' | 'figures'): Program {
  const packed = `${name}.deflate.txt`;
  const place = PLACES.find((candidate) => existsSync(pathOf(`${candidate}${packed}`)));
  if (place === undefined) {
    throw new InputError('--html: the viewer is not built (dist/docs/site/); run `npm run build` first');
  }
  return {
    packedScript: readFileSync(pathOf(`${place}${packed}`), 'utf8'),
    style: readFileSync(pathOf(`${place}${name}.css`), 'utf8'),
  };
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
