import { printable } from '../../../model/printable.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../../model/words.ts';
import { CATALOGUE } from '../../../properties/catalogue.ts';
import type { Finding } from '../../../properties/checkers/checker.ts';
import { messageAlone } from '../../../properties/play/also-violated.ts';
import { entityOf, entityWords } from '../../../properties/replay/entity.ts';
import type { PlayedFilm, Still } from '../run/film.ts';
import { transfersIn } from '../run/transfer-words.ts';
import type { Desk } from './desk.ts';
import { Prose } from './prose.tsx';

interface Props {
  readonly desk: Desk;
  readonly film: PlayedFilm;
  readonly still: Still;
  readonly suffix: string;
}

const SIGNS = { taken: '✓', refused: '✗', 'not reached': '·' } as const;

/** The stimulus, each decision with what became of it, and what is wrong. */
export function StepCard({ desk, film, still, suffix }: Props) {
  const { step, recorded, decisions, point, judge } = still;
  const finding = film.finding ?? (film === desk.film.value ? desk.data.told : null);
  const isFailing = finding !== null && desk.failingOf(film) === step;
  const rule = isFailing ? finding.property : '';
  const transfers = transfersIn(film, step);
  return (
    <section class={`card step${isFailing ? ' failing' : ''}`} id={`step${suffix}`}>
      <h2 aria-live="polite">
        Step {step}, at {recorded.timed.at} ms: {wordsOfStimulus(recorded.timed.stimulus)}
      </h2>
      {decisions === null && <p>Left out: it is not possible here.</p>}
      {decisions?.length === 0 && <p class="faint">No decisions.</p>}
      {decisions !== null && decisions.length > 0 && (
        <ol class="decisions" start={0}>
          <li class="taken">
            <span class="sign" />
            <Try desk={desk} step={step} point={0} now={point} text="before any decision" />
          </li>
          {decisions.map(({ decision, mark }, index) => (
            <li key={`${index} ${decision.type}`} class={mark.replace(' ', '-')}>
              <span class="sign">{SIGNS[mark]}</span>{' '}
              <Try
                desk={desk}
                step={step}
                point={index + 1}
                now={point}
                text={`${wordsOfDecision(decision)}${mark === 'taken' ? '' : mark === 'refused' ? `: refused by ${rule || 'a rule'}` : ': not reached'}`}
              />
            </li>
          ))}
        </ol>
      )}
      {transfers.length > 0 && (
        <ul class="transfers" aria-label="Transfers of this step">
          {transfers.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {isFailing && decisions !== null && point > film.pointOf(step) && (
        <p class="faint">Where the rest of this step leads, as far as it is possible.</p>
      )}
      {isFailing && <Wrong finding={finding} about={aboutOf(judge.state, finding)} />}
    </section>
  );
}

function aboutOf(state: Parameters<typeof entityWords>[0], { entity }: Finding): string[] {
  const known = entityOf(entity);
  return known === null ? [] : entityWords(state, known);
}

function Wrong({ finding, about }: { finding: Finding; about: readonly string[] }) {
  const { sentence, section } = CATALOGUE.find(({ id }) => id === finding.property)!;
  return (
    <div class="wrong">
      <h3>
        Step {finding.step} violates {finding.property}
      </h3>
      <p>
        <Prose text={sentence} /> <span class="faint">(section {section})</span>
      </p>
      <p>
        <Prose text={printable(messageAlone(finding))} />
      </p>
      {finding.falls.map(({ property, message }) => (
        <p key={property}>
          Also violated: {property}: <Prose text={printable(message)} />
        </p>
      ))}
      {about.length > 0 && (
        <ul>
          {about.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface TryProps {
  readonly desk: Desk;
  readonly step: number;
  readonly point: number;
  /** How many decisions are tried now. */
  readonly now: number;
  readonly text: string;
}

/** Shows the state after this decision, before the next one. */
function Try({ desk, step, point, now, text }: TryProps) {
  return (
    <button
      type="button"
      class="point"
      aria-current={point === now ? 'step' : undefined}
      onClick={() => desk.go(step, point)}
    >
      {text}
    </button>
  );
}
