import { fragmentOf } from '../../run/address.ts';
import { Desk } from '../../view/desk.ts';

/** A desk whose address always has what is on it, since nothing else does: every state is a link. */
export class PlayDesk extends Desk {
  /** The rule that is to be broken; null when none is. */
  goal: string | null = null;

  override fragment(): string {
    const goal = this.goal === null ? '' : `break=${this.goal}&`;
    return (
      goal +
      fragmentOf({
        step: this.step.value,
        point: this.point.value,
        beside: this.beside.value?.name ?? null,
        data: this.data,
      })
    );
  }

  /** Writes the address, as going somewhere does. */
  writeAddress(): void {
    history.replaceState(null, '', `#${this.fragment()}`);
  }
}
