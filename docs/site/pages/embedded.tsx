import { useSignal } from '@preact/signals';
import type { PlayedFilm } from '../run/film.ts';
import { inWords } from '../run/names.ts';
import { isPeer, KNOWN } from '../run/players.ts';
import { Controls } from '../view/controls.tsx';
import type { Desk } from '../view/desk.ts';
import { Machines } from '../view/machines.tsx';
import { Pane } from '../view/pane.tsx';
import { StepCard } from '../view/step.tsx';
import { Timeline } from '../view/timeline.tsx';
import { Verdict } from '../view/verdict.tsx';

interface Props {
  readonly desk: Desk;
  /** From the page to the first page of the site: empty, or `../`. */
  readonly up: string;
}

/** A replay within a page: the time line, the step and the machines; and all that the viewer has, when it is asked for. */
export function Embedded({ desk, up }: Props) {
  const hasAll = useSignal(false);
  const beside = desk.beside.value;
  const here = desk.fragment(true);
  const films = beside === null ? [desk.film.value] : [desk.film.value, beside];
  return (
    <section
      class="replay-live"
      aria-label="Replay"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it hears the keys that step
      tabIndex={0}
      onKeyDown={(event) => hear(event, desk)}
    >
      <Verdict desk={desk} />
      <Controls desk={desk} />
      <div class="beside-row">
        <label>
          Beside it{' '}
          <select
            id="beside"
            value={beside?.name ?? ''}
            onChange={(event) => desk.putBeside(event.currentTarget.value)}
          >
            <option value="">nobody</option>
            {KNOWN.filter(({ name }) => name !== desk.film.value.name).map(({ name }) => (
              <option key={name} value={name}>
                {inWords(name)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          id="all"
          aria-pressed={hasAll.value}
          onClick={() => {
            hasAll.value = !hasAll.value;
          }}
        >
          what is permitted, shards, charts
        </button>
        <a href={`${up}replay.html#${here}`}>On a page of its own</a>
        <a href={`${up}playground.html#${here}`}>Go on in the playground</a>
      </div>
      <div class={`panes ${beside === null ? 'one' : 'two'}`}>
        {films.map((film, index) =>
          hasAll.value ? (
            <Pane desk={desk} film={film} key={`${index} ${film.name}`} />
          ) : (
            <Short desk={desk} film={film} key={`${index} ${film.name}`} />
          ),
        )}
      </div>
    </section>
  );
}

/** What is seen first of a run: who plays, the time line, the step and the machines. */
function Short({ desk, film }: { desk: Desk; film: PlayedFilm }) {
  const still = desk.stillOf(film);
  const isFirst = film === desk.film.value;
  const suffix = isFirst ? '' : '-beside';
  return (
    <section class="pane" aria-label={`Played by ${film.name}`} id={`pane${suffix}`}>
      {desk.beside.value !== null && (
        <h3 class="who">
          {film.name}
          {!isFirst && isPeer(film.name) && (
            <span class="faint"> another scheduler: the rules of XX are not asked of it</span>
          )}
        </h3>
      )}
      <Timeline desk={desk} film={film} />
      {desk.isOnItsWay.value ? (
        <p class="card" id={`step${suffix}`}>
          Judging… The step is shown once it is there.
        </p>
      ) : still === null ? (
        <p class="card" id={`step${suffix}`}>
          {film.isDone
            ? `It ended with step ${film.recorded.length}${film.finding === null ? '' : `, which violates ${film.finding.property}`}.`
            : 'This step is still to be played.'}
        </p>
      ) : (
        <div class="column">
          <StepCard desk={desk} film={film} still={still} suffix={suffix} />
          <Machines desk={desk} film={film} still={still} />
        </div>
      )}
    </section>
  );
}

function hear(event: KeyboardEvent, desk: Desk): void {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
  const act = KEYS[key];
  if (act === undefined) return;
  event.preventDefault();
  act(desk);
}

const KEYS: Readonly<Record<string, (desk: Desk) => void>> = {
  ArrowLeft: (desk) => desk.go(desk.step.value - 1),
  ArrowRight: (desk) => desk.go(desk.step.value + 1),
  Home: (desk) => desk.go(1),
  End: (desk) => desk.go(desk.length.value),
  f: (desk) => desk.failing.value !== null && desk.go(desk.failing.value),
  d: (desk) => desk.difference.value !== null && desk.go(desk.difference.value),
};
