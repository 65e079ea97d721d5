import type { PartId } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';

/** A scheduler lacks parts of XX which the configuration that it is to play does not leave out. */
export class LacksParts extends InputError {
  readonly parts: readonly PartId[];

  /** @param says how that is known. */
  constructor(name: string, parts: readonly PartId[], says = 'its hello says that it is') {
    super(
      `scheduler ${name}: ${says} without ${parts.join(', ')}, and this cluster is not; add --without ${parts.join(' ')}`,
    );
    this.parts = parts;
  }
}
