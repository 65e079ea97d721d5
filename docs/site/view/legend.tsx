import { printable } from '../../../model/printable.ts';
import { DOING_NAMES } from '../run/lanes.ts';
import { classColour } from './colours.ts';

/** The styles of swatches, by what they stand for. */
export const SWATCHES = ['queued', 'waiting', 'running', 'blocked', 'swapped', 'blocked-swapped'] as const;

/** Where there is less room, in px, what is drawn is explained only when somebody asks. */
const NARROW = 480;

/** What colours and stripes mean. */
export function Legend({ classes }: { classes: readonly { name: string; price: number }[] }) {
  return (
    <figcaption>
      <details open={window.innerWidth > NARROW}>
        <summary>What is drawn</summary>
        <div class="legend">
          {DOING_NAMES.map((name, index) => (
            <span key={name}>
              <i class={`swatch ${SWATCHES[index]}`} />
              {name}
            </span>
          ))}
          {classes.map(({ name, price }, index) => (
            <span key={name}>
              <i
                class="swatch"
                style={{ background: `var(--class-${classColour(index, classes.length)})` }}
              />
              {printable(name)}, price {price}
            </span>
          ))}
          <span>
            <i class="swatch antagonist" />
            antagonist
          </span>
          <span>
            <i class="swatch resident" />
            in RAM
          </span>
          <span>
            <i class="swatch over" />
            beyond RAM
          </span>
          <span>
            <i class="swatch in-swap" />
            in swap
          </span>
          <span>── RAM, ┄┄ RAM and swap</span>
          <span>→ placed, ⇢ calls, ↓ preempted</span>
        </div>
      </details>
    </figcaption>
  );
}
