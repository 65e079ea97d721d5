import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { wordsOfDecision, wordsOfStimulus } from '../../../../model/words.ts';
import type { Entity } from '../../../../properties/replay/entity.ts';
import { type Explanation, explained } from '../../run/options.ts';
import { Prose } from '../../view/prose.tsx';
import { type Move, movesNow } from '../run/moves.ts';
import type { Board } from './board.ts';

/** More forbidden moves are shown when somebody asks. */
const FEW = 14;

/** What a press on something forbidden has to say, and what would be taken. */
interface Refusal {
  readonly at: string;
  /** Null: to end the step. */
  readonly move: Move | null;
  readonly explanation: Explanation;
}

/** With empty hands: what has been decided in this step, and everything that could be decided now. */
export function Moves({ board }: { board: Board }) {
  const refused = useSignal<Refusal | null>(null);
  const showsAll = useSignal(false);
  const answer = useRef<HTMLDivElement>(null);
  const still = board.still();
  const desk = board.desk.value;
  const chosen: Entity | null = desk.chosen.value;
  const at = still === null ? '' : `${still.step} ${still.point} ${board.history.value.past.length}`;
  const shown = refused.value?.at === at ? refused.value : null;
  useEffect(() => {
    if (shown !== null) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  if (still === null) return null;
  const { judge, recorded, step, point } = still;
  const { permitted, forbidden } = movesNow(still, chosen);
  const mayEnd = judge.judgeEnd(recorded.timed.stimulus) === null;
  const offered = showsAll.value ? forbidden : forbidden.slice(0, FEW);
  const explain = (move: Move | null): void => {
    const option = { decision: move?.decision ?? null, words: '', isPermitted: false };
    refused.value = { at, move, explanation: explained(still, option) };
  };
  const take = ({ move }: Refusal): void => (move === null ? board.endStep() : board.violate(move.decision));
  return (
    <section class="card moves" aria-labelledby="moves-title">
      <h2 id="moves-title" tabIndex={-1}>
        Your move
      </h2>
      <p>
        Step {step}, at {recorded.timed.at} ms: <strong>{wordsOfStimulus(recorded.timed.stimulus)}</strong>.{' '}
        {point === 0 ? 'You have decided nothing yet.' : 'You have decided:'}
      </p>
      <ol class="told">
        {(recorded.decisions ?? []).slice(0, point).map((decision, index) => (
          <li key={`${index} ${decision.type}`}>{wordsOfDecision(decision)}</li>
        ))}
      </ol>
      <h3>Permitted</h3>
      <ul class="choices">
        {permitted.map((move) => (
          <li key={move.words}>
            <button type="button" class="option permitted" onClick={() => board.decide(move.decision)}>
              <span class="sign">✓</span> {move.words}
            </button>
          </li>
        ))}
        {mayEnd && (
          <li>
            <button type="button" class="option permitted" id="end-step" onClick={() => board.endStep()}>
              <span class="sign">✓</span> end the step
            </button>
          </li>
        )}
        {permitted.length > 0 && !mayEnd && (
          <li>
            <button type="button" class="option" id="by-the-rules" onClick={() => board.letTheRulesChoose()}>
              let the rules choose the rest of the step
            </button>
          </li>
        )}
      </ul>
      <h3>Forbidden: press one to hear why</h3>
      <ul class="choices">
        {!mayEnd && (
          <li>
            <button
              type="button"
              class="option forbidden"
              id="end-step"
              aria-pressed={shown !== null && shown.move === null}
              onClick={() => explain(null)}
            >
              <span class="sign">✗</span> end the step
            </button>
          </li>
        )}
        {offered.map((move) => (
          <li key={move.words}>
            <button
              type="button"
              class="option forbidden"
              aria-pressed={shown?.move?.words === move.words}
              onClick={() => explain(move)}
            >
              <span class="sign">✗</span> {move.words}
            </button>
          </li>
        ))}
        {offered.length < forbidden.length && (
          <li>
            <button
              type="button"
              class="option"
              onClick={() => {
                showsAll.value = true;
              }}
            >
              {forbidden.length - offered.length} more
            </button>
          </li>
        )}
      </ul>
      <div ref={answer} class="explanation" id="refusal" aria-live="polite">
        {shown !== null && (
          <div class="answer no">
            <p>
              <Prose text={shown.explanation.text} />
            </p>
            {shown.explanation.rule !== null && (
              <p class="faint">
                {shown.explanation.rule.id} (section {shown.explanation.rule.section}):{' '}
                <Prose text={shown.explanation.rule.sentence} />
              </p>
            )}
            <button type="button" id="violate" onClick={() => take(shown)}>
              {shown.move === null ? 'End it all the same' : 'Do it all the same'}
            </button>
          </div>
        )}
      </div>
    </section>
  );
}
