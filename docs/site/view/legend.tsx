import { printable } from '../../../model/printable.ts';
import { DOING_NAMES, FIRST_IN_TIME } from '../run/lanes.ts';
import { classColour } from './colours.ts';

/** The styles of swatches, by what they stand for. */
export const SWATCHES = [
  'queued',
  'waiting',
  'running',
  'blocked',
  'swapped',
  'blocked-swapped',
  'stalled',
  'lent',
] as const;

/** Where there is less room, in px, what is drawn is explained only when somebody asks. */
const NARROW = 480;

interface LegendProps {
  readonly classes: readonly { name: string; price: number }[];
  /** Whether paging takes time. */
  readonly inTime: boolean;
}

/** What colours and stripes mean. */
export function Legend({ classes, inTime }: LegendProps) {
  const doings = inTime ? DOING_NAMES : DOING_NAMES.slice(0, FIRST_IN_TIME);
  return (
    <figcaption>
      <details open={window.innerWidth > NARROW}>
        <summary>What is drawn</summary>
        <div class="legend">
          {doings.map((name, index) => (
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
          {inTime && <InFlight />}
          <span>── RAM, ┄┄ RAM and swap</span>
          <span>→ placed, ⇢ calls, ↓ preempted</span>
        </div>
      </details>
    </figcaption>
  );
}

/** What is drawn of memory on its way. */
function InFlight() {
  return (
    <>
      <span>
        <i class="swatch in-flight from-ram" />
        in flight, held in RAM
      </span>
      <span>
        <i class="swatch in-flight from-swap" />
        and in swap
      </span>
      <span>
        <i class="swatch wanted" />
        what an antagonist wants
      </span>
      <span>
        <i class="swatch disk-out" />↑ disk: out to swap
      </span>
      <span>
        <i class="swatch disk-in" />↓ disk: in to RAM
      </span>
      <span>
        <i class="swatch disk-dying" />✗ disk: its owner was killed
      </span>
      <span>╳ lost with its machine</span>
    </>
  );
}
