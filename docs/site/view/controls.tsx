import type { Desk } from './desk.ts';

/** To go from step to step, and to see more or less of the time line. */
export function Controls({ desk }: { desk: Desk }) {
  const step = desk.step.value;
  const last = desk.length.value;
  const failing = desk.failing.value;
  const difference = desk.difference.value;
  const isByTime = desk.scale.value === 'time';
  return (
    <nav aria-label="Steps">
      <div class="buttons">
        <Go id="first" label="First step" text="|◀" off={step <= 1} act={() => desk.go(1)} />
        <Go id="back" label="Step back" text="◀" off={step <= 1} act={() => desk.go(step - 1)} />
        <Go
          id="play"
          label={desk.isPlaying.value ? 'Pause' : 'Play'}
          text={desk.isPlaying.value ? 'pause' : 'play'}
          off={last <= 1}
          act={() => desk.togglePlaying()}
        />
        <Go id="next" label="Step on" text="▶" off={step >= last} act={() => desk.go(step + 1)} />
        <Go id="last" label="Last step" text="▶|" off={step >= last} act={() => desk.go(last)} />
        {failing !== null && <Go id="failure" text="✗ failure" act={() => desk.go(failing)} />}
        {desk.beside.value !== null && (
          <Go
            id="difference"
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
        <Go id="zoom-in" label="Zoom in" text="+" act={() => desk.zoomBy(0.5)} />
        <Go
          id="zoom-out"
          label="Zoom out"
          text="−"
          off={desk.zoom.value === null}
          act={() => desk.zoomBy(2)}
        />
        <Go id="fit" label="Show all" text="all" off={desk.zoom.value === null} act={() => desk.fit()} />
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

interface GoProps {
  readonly id: string;
  /** What it does, where its text is only a sign. */
  readonly label?: string;
  readonly text: string;
  readonly off?: boolean;
  act(): void;
}

function Go({ id, label, text, off = false, act }: GoProps) {
  return (
    <button type="button" id={id} aria-label={label} title={label} disabled={off} onClick={act}>
      {text}
    </button>
  );
}
