import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../../../../model/input-error.ts';
import { builtFile } from '../../../../reference-impl/io/package-root.ts';

/** A program for a page, as it was built from docs/site: a script and its style, complete in themselves. */
export interface Program {
  /** Deflated (RFC 1951), in base 64. */
  readonly packedScript: string;
  readonly style: string;
}

/** Reads the viewer of scenarios, or that of figures. @throws InputError when it was not built. */
export function readProgram(name: 'viewer' | 'figures'): Program {
  const packed = builtFile(`docs/site/${name}.deflate.txt`);
  if (!existsSync(packed)) {
    throw new InputError('--html: the viewer is not built (dist/docs/site/); run `npm run build` first');
  }
  return {
    packedScript: readFileSync(packed, 'utf8'),
    style: readFileSync(builtFile(`docs/site/${name}.css`), 'utf8'),
  };
}
