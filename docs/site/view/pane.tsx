import type { PlayedFilm } from '../run/film.ts';
import { isPeer } from '../run/players.ts';
import { Charts } from './charts.tsx';
import type { Desk } from './desk.ts';
import { Guarded } from './guarded.tsx';
import { Machines } from './machines.tsx';
import { Money } from './money.tsx';
import { Options } from './options.tsx';
import { Shards } from './shards.tsx';
import { StepCard } from './step.tsx';
import { Timeline } from './timeline.tsx';
import { verdictOf } from './verdict.tsx';

/** One run: its time line, and what it is like at the step that is looked at. */
export function Pane({ desk, film }: { desk: Desk; film: PlayedFilm }) {
  const still = desk.stillOf(film);
  const verdict = verdictOf(desk, film);
  const isFirst = film === desk.film.value;
  const suffix = isFirst ? '' : '-beside';
  return (
    <section class="pane" aria-label={`Played by ${film.name}`} id={`pane${suffix}`}>
      {desk.beside.value !== null && (
        <h2 class="who">
          {film.name}
          {!isFirst && isPeer(film.name) && (
            <span class="faint"> another scheduler: the rules of XX are not asked of it</span>
          )}
        </h2>
      )}
      {desk.beside.value !== null && (
        <p id={isFirst ? undefined : 'verdict-beside'} class={verdict.isWrong ? 'violated' : 'faint'}>
          {verdict.text}
        </p>
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
        <Guarded of={`${still.step} ${still.point}`}>
          <div class="cards">
            <div class="column">
              <StepCard desk={desk} film={film} still={still} suffix={suffix} />
              <Machines desk={desk} film={film} still={still} />
            </div>
            <div class="column">
              <Options desk={desk} film={film} still={still} />
              <Shards still={still} desk={desk} />
              <Money still={still} desk={desk} film={film} />
            </div>
            <Charts desk={desk} film={film} still={still} />
          </div>
        </Guarded>
      )}
    </section>
  );
}
