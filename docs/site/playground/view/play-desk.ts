import { fragmentOf } from '../../run/address.ts';
import { Desk } from '../../view/desk.ts';

/** A desk whose address always has what is on it, since nothing else does: every state is a link. */
export class PlayDesk extends Desk {
  override fragment(): string {
    return fragmentOf({
      step: this.step.value,
      point: this.point.value,
      beside: this.beside.value?.name ?? null,
      data: this.data,
    });
  }

  /** Writes the address, as going somewhere does. */
  writeAddress(): void {
    history.replaceState(null, '', `#${this.fragment()}`);
  }
}
