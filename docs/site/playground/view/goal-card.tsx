import { useEffect, useRef } from 'preact/hooks';
import { counted } from '../../../../model/counted.ts';
import { printable } from '../../../../model/printable.ts';
import { propertyOf } from '../../../../properties/catalogue.ts';
import { messageAlone } from '../../../../properties/play/also-violated.ts';
import { NOT_BY_HAND } from '../../../../properties/site/not-by-hand.ts';
import { inWords } from '../../run/names.ts';
import { Prose } from '../../view/prose.tsx';
import { type Goal, tableForBreaker, tableForHands } from '../run/openings.ts';
import { sessionOfRecorded } from '../run/presets.ts';
import { titleOf } from '../run/record-names.ts';
import { HANDS, isSameTable } from '../run/session.ts';
import type { Board } from './board.ts';

/** What is to be broken, how one might, and whether it is. */
export function GoalCard({ board, goal }: { board: Board; goal: Goal }) {
  const { property, hint, breakers } = goal;
  const { sentence, section } = propertyOf(property);
  const recorded = board.recorded.value.filter((one) => one.property === property);
  const hands = hint === null ? null : tableForHands(goal);
  // There is nothing to begin again where nothing has been decided yet.
  const isBegun = hands !== null && isSameTable(board.session.value, hands);
  return (
    <section class="card goal" aria-labelledby="goal-title">
      <h2 id="goal-title">Try to break {property}</h2>
      <p>
        <Prose text={sentence} /> <span class="faint">(section {section})</span>
      </p>
      {hint !== null && <p>{hint}</p>}
      {hint === null && <p>Nobody breaks this with empty hands. {NOT_BY_HAND[property]}</p>}
      {hint === null && breakers.length > 0 && (
        <p>Let a wrong scheduler play, make things happen, or fuzz it below.</p>
      )}
      {hint === null && breakers.length === 0 && (
        <p>
          {recorded.length > 0
            ? 'No wrong scheduler is needed for this: choose one of those on record.'
            : 'No wrong scheduler of this project breaks this by itself, and none on record does: try another rule.'}
        </p>
      )}
      <div class="buttons">
        {hands !== null && (
          <button
            type="button"
            id="with-hands"
            aria-disabled={isBegun}
            onClick={() => {
              if (!isBegun) board.begin(hands);
            }}
          >
            {board.session.value.player === HANDS && !isBegun
              ? 'Begin again with empty hands'
              : 'With empty hands'}
          </button>
        )}
        {breakers.length > 0 && (
          <select
            aria-label="With a wrong scheduler"
            id="breaker"
            value=""
            onChange={(event) => {
              const breaker = breakers.find(({ name }) => name === event.currentTarget.value);
              if (breaker !== undefined) board.begin(tableForBreaker(goal, breaker));
              event.currentTarget.value = '';
            }}
          >
            <option value="">with {counted(breakers.length, 'wrong scheduler')}</option>
            {breakers.map(({ name, sentence: fault }) => (
              <option key={name} value={name}>
                {inWords(name)}: {fault}
              </option>
            ))}
          </select>
        )}
        {recorded.length > 0 && (
          <select
            aria-label="By what is on record"
            id="on-record"
            value=""
            onChange={(event) => {
              const one = recorded.find(({ name }) => name === event.currentTarget.value);
              if (one !== undefined) board.begin(sessionOfRecorded(one));
              event.currentTarget.value = '';
            }}
          >
            <option value="">as on record, {counted(recorded.length, 'time')}</option>
            {recorded.map((one) => (
              <option key={one.name} value={one.name}>
                {titleOf(one)}
              </option>
            ))}
          </select>
        )}
      </div>
      <div aria-live="polite" id="goal-result">
        <Result board={board} goal={goal} />
      </div>
    </section>
  );
}

function Result({ board, goal: { property } }: { board: Board; goal: Goal }) {
  const finding = board.finding();
  const card = useRef<HTMLDivElement>(null);
  const session = board.session.value;
  const isRefused = finding !== null;
  // What was pressed may be far below, on a narrow screen.
  useEffect(() => {
    if (isRefused) card.current?.scrollIntoView({ block: 'nearest' });
  }, [session, isRefused]);
  if (finding === null) return null;
  const fall = finding.falls.find((other) => other.property === property);
  const isReached = finding.property === property || fall !== undefined;
  return isReached ? (
    <div class="answer" ref={card}>
      <p>
        <strong>
          Broken: step {finding.step} does what {property} forbids, and the judge has refused it.
        </strong>
      </p>
      <p>
        <Prose text={printable(fall?.message ?? messageAlone(finding))} />
      </p>
    </div>
  ) : (
    <div class="answer no" ref={card}>
      <p>
        The judge has refused step {finding.step}, but by another rule, {finding.property}. Undo, and try
        something else.
      </p>
    </div>
  );
}
