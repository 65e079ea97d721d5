import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { printable } from '../../../model/printable.ts';
import { everybody } from '../../../model/unended.ts';
import { type Entity, entityOf } from '../../../properties/replay/entity.ts';
import type { PlayedFilm, Still } from '../run/film.ts';
import { type Explanation, explained, forbiddenNow, type Option, permittedNow } from '../run/options.ts';
import type { Desk } from './desk.ts';
import { Prose } from './prose.tsx';

interface Props {
  readonly desk: Desk;
  readonly film: PlayedFilm;
  readonly still: Still;
}

/** More names than these in a list help nobody; who is pressed on the time line is added. */
const MOST_NAMES = 60;

/** All that is permitted at this point, what is not, and, when somebody presses it, why. */
export function Options({ desk, film, still }: Props) {
  const said = useSignal<{ key: string; words: string; explanation: Explanation } | null>(null);
  const entity = desk.subject(film);
  const chosen = desk.chosen.value;
  const own = desk.ownSubject(film);
  const { options, more, problem } = permittedNow(still);
  const forbidden = forbiddenNow(still, entity);
  const key = `${still.step} ${still.point}`;
  // What was explained at another point does not hold here.
  const shown = said.value !== null && said.value.key === key ? said.value : null;
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown !== null) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  const explain = (option: Option): void => {
    said.value = { key, words: option.words, explanation: explained(still, option) };
  };
  const button = (option: Option) => (
    <li key={option.words}>
      <button
        type="button"
        class={option.isPermitted ? 'option permitted' : 'option forbidden'}
        aria-pressed={shown?.words === option.words}
        onClick={() => explain(option)}
      >
        <span class="sign">{option.isPermitted ? '✓' : '✗'}</span> {option.words}
      </button>
    </li>
  );
  return (
    <section class="card options">
      <h2>What may be decided now</h2>
      <p class="faint">
        After {still.point === 0 ? 'the stimulus' : `${still.point} of the decisions`} of step {still.step}.
        Press one to hear what it does, or why not.
      </p>
      <h3>Permitted</h3>
      {problem !== null && <p class="wrong">Not all can be listed: {printable(problem)}.</p>}
      {options.length === 0 ? (
        problem === null && <p>Nothing.</p>
      ) : (
        <ul class="choices">{options.map(button)}</ul>
      )}
      {more && <p class="faint">And more, which differ in who is polled.</p>}
      <h3>
        <label>
          Not permitted, about{' '}
          <select
            class="subject"
            value={chosen === null ? '' : nameOf(chosen)}
            onChange={(event) => desk.choose(entityOf(event.currentTarget.value))}
          >
            <option value="">{own === null ? 'choose one' : `whom the step is about: ${nameOf(own)}`}</option>
            {namesOf(still, chosen).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </h3>
      {forbidden.length === 0 ? (
        <p class="faint">Choose an invocation or a machine.</p>
      ) : (
        <ul class="choices">{forbidden.map(button)}</ul>
      )}
      <div ref={answer} class="explanation" aria-live="polite">
        {shown !== null && <Answer {...shown} />}
      </div>
    </section>
  );
}

function Answer({ words, explanation }: { words: string; explanation: Explanation }) {
  const { isPermitted, text, rule } = explanation;
  return (
    <div class={isPermitted ? 'answer yes' : 'answer no'}>
      <p>
        <strong>{words}</strong>
      </p>
      <p>
        <Prose text={text} />
      </p>
      {rule !== null && (
        <p class="faint">
          {rule.id} (section {rule.section}): <Prose text={rule.sentence} />
        </p>
      )}
    </div>
  );
}

function nameOf({ kind, id }: Entity): string {
  return `${kind} ${id}`;
}

function namesOf({ judge }: Still, chosen: Entity | null): string[] {
  const { invocations, machines } = judge.state;
  const ids = everybody(invocations)
    .slice(0, MOST_NAMES)
    .map(({ id }) => id);
  const names = [
    ...ids.sort((a, b) => a - b).map((id) => `invocation ${id}`),
    ...machines.slice(0, MOST_NAMES).map(({ id }) => `machine ${id}`),
  ];
  return chosen === null || names.includes(nameOf(chosen)) ? names : [nameOf(chosen), ...names];
}
