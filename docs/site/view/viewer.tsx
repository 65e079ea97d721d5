import { useEffect } from 'preact/hooks';
import { printable } from '../../../model/printable.ts';
import { inWords } from '../run/names.ts';
import { KNOWN_GROUPS } from '../run/players.ts';
import { Controls } from './controls.tsx';
import type { Desk } from './desk.ts';
import { LinkButton } from './link.tsx';
import { Pane } from './pane.tsx';
import { Announcement, Verdict } from './verdict.tsx';

/** The whole page. */
export function Viewer({ desk }: { desk: Desk }) {
  useEffect(() => listenToKeys(desk), [desk]);
  const beside = desk.beside.value;
  return (
    <>
      <header>
        {desk.back !== null && (
          <a href="#charts" class="back">
            ← Back to {desk.back}
          </a>
        )}
        <h1>{printable(desk.data.file)}</h1>
        <Verdict desk={desk} />
        <Announcement desk={desk} />
        <Controls desk={desk} />
      </header>
      {desk.data.about !== undefined && <p class="about">{printable(desk.data.about)}</p>}
      <section class="beside-row" aria-label="Compare and share">
        <label>
          Compare with{' '}
          <select
            id="beside"
            value={beside?.name ?? ''}
            onChange={(event) => desk.putBeside(event.currentTarget.value)}
          >
            <option value="">nobody</option>
            {KNOWN_GROUPS.map(({ label, names }) => (
              <optgroup key={label} label={label}>
                {names
                  .filter((name) => desk.data.player.type === 'decisions' || name !== desk.film.value.name)
                  .map((name) => (
                    <option key={name} value={name}>
                      {inWords(name)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
        <LinkButton desk={desk} />
        <Keys />
      </section>
      <main class={beside === null ? 'one' : 'two'}>
        <Pane desk={desk} film={desk.film.value} key={desk.film.value.name} />
        {beside !== null && <Pane desk={desk} film={beside} key={`beside ${beside.name}`} />}
      </main>
    </>
  );
}

/** Which keys there are, for who has some. */
function Keys() {
  return (
    <details class="keys">
      <summary>Keys</summary>
      <dl>
        {KEY_TEXTS.map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const KEY_TEXTS: readonly (readonly [readonly string[], string])[] = [
  [['←', '→'], 'step back, step on'],
  [['Home', 'End'], 'first step, last step'],
  [['Space'], 'play, pause'],
  [['f'], 'to the failure'],
  [['d'], 'to the first difference'],
  [['+', '−', '0'], 'zoom in, zoom out, show all'],
];

export function listenToKeys(desk: Desk): () => void {
  const listener = (event: KeyboardEvent): void => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Whoever writes or chooses needs the keys; the slider does with arrows what the page would do.
    if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
    if (event.key === ' ' && target instanceof HTMLButtonElement) return;
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(desk);
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

const KEYS: Record<string, (desk: Desk) => void> = {
  ArrowLeft: (desk) => desk.go(desk.step.value - 1),
  ArrowRight: (desk) => desk.go(desk.step.value + 1),
  Home: (desk) => desk.go(1),
  End: (desk) => desk.go(desk.length.value),
  f: (desk) => desk.failing.value !== null && desk.go(desk.failing.value),
  d: (desk) => desk.difference.value !== null && desk.go(desk.difference.value),
  ' ': (desk) => desk.togglePlaying(),
  '+': (desk) => desk.zoomBy(0.5),
  '-': (desk) => desk.zoomBy(2),
  '0': (desk) => desk.zoom.fit(),
};
