import { useEffect, useRef } from 'preact/hooks';
import type { Desk } from './desk.ts';

/** To go from step to step, and to see more or less of the time line. */
export function Controls({ desk }: { desk: Desk }) {
  const step = desk.step.value;
  const last = desk.length.value;
  const failing = desk.failing.value;
  const difference = desk.difference.value;
  const isByTime = desk.scale.value === 'time';
  const bar = useRef<HTMLElement>(null);
  useEffect(() => keepClear(bar.current!), []);
  return (
    <nav aria-label="Steps" ref={bar}>
      <div class="buttons">
        <Go id="first" keys="Home" label="First step" text="|◀" off={step <= 1} act={() => desk.go(1)} />
        <Go
          id="back"
          keys="ArrowLeft"
          label="Step back"
          text="◀"
          off={step <= 1}
          act={() => desk.go(step - 1)}
        />
        <Go
          id="play"
          keys="Space"
          label={desk.isPlaying.value ? 'Pause' : 'Play'}
          text={desk.isPlaying.value ? 'pause' : 'play'}
          off={last <= 1}
          act={() => desk.togglePlaying()}
        />
        <Go
          id="next"
          keys="ArrowRight"
          label="Step on"
          text="▶"
          off={step >= last}
          act={() => desk.go(step + 1)}
        />
        <Go id="last" keys="End" label="Last step" text="▶|" off={step >= last} act={() => desk.go(last)} />
        {failing !== null && <Go id="failure" keys="f" text="✗ failure" act={() => desk.go(failing)} />}
        {desk.beside.value !== null && (
          <Go
            id="difference"
            keys="d"
            text={difference === null ? '= no difference' : `≠ step ${difference}`}
            off={difference === null}
            act={() => difference !== null && desk.go(difference)}
          />
        )}
      </div>
      <input
        id="slider"
        type="range"
        min={1}
        max={last}
        value={step}
        aria-label="Step"
        aria-valuetext={`step ${step} of ${last}`}
        onInput={(event) => desk.go(Number(event.currentTarget.value))}
      />
      <span id="place">
        {step} / {last}
      </span>
      <div class="buttons">
        <Go id="zoom-in" keys="+" label="Zoom in" text="+" act={() => desk.zoomBy(0.5)} />
        <Go
          id="zoom-out"
          keys="-"
          label="Zoom out"
          text="−"
          off={desk.zoom.isAll}
          act={() => desk.zoomBy(2)}
        />
        <Go id="fit" keys="0" label="Show all" text="all" off={desk.zoom.isAll} act={() => desk.zoom.fit()} />
        <button
          type="button"
          id="scale"
          aria-pressed={isByTime}
          onClick={() => desk.setScale(isByTime ? 'steps' : 'time')}
        >
          time to scale
        </button>
      </div>
    </nav>
  );
}

/** What is scrolled to must not come to lie below the bar with the buttons, however many rows these take. */
function keepClear(bar: HTMLElement): () => void {
  const sizes = new ResizeObserver(() => {
    document.documentElement.style.setProperty('--bar-height', `${bar.offsetHeight}px`);
    const { offsetHeight = 0 } = bar.closest('header') ?? {};
    document.documentElement.style.setProperty('--header-height', `${offsetHeight}px`);
  });
  sizes.observe(bar);
  return () => sizes.disconnect();
}

interface GoProps {
  readonly id: string;
  /** What it does, where its text is only a sign. */
  readonly label?: string;
  readonly text: string;
  /** The key that does the same. */
  readonly keys?: string;
  readonly off?: boolean;
  act(): void;
}

function Go({ id, label, text, keys, off = false, act }: GoProps) {
  return (
    <button
      type="button"
      id={id}
      aria-label={label}
      title={keys === undefined ? label : `${label ?? text} (${keys})`}
      // A button that is disabled loses the focus, and whoever has only keys is nowhere.
      aria-disabled={off}
      aria-keyshortcuts={keys}
      onClick={() => !off && act()}
    >
      {text}
    </button>
  );
}
