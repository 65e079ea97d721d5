import type { PartId } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';

/** A process says that it lacks parts of XX which the configuration that it is to play does not leave out. */
export class LacksParts extends InputError {
  readonly parts: readonly PartId[];

  constructor(name: string, parts: readonly PartId[]) {
    super(
      `scheduler ${name}: its hello says that it is without ${parts.join(', ')}, and this cluster is not; add --without ${parts.join(' ')}`,
    );
    this.parts = parts;
  }
}
