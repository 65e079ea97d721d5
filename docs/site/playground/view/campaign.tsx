import { useEffect, useRef } from 'preact/hooks';
import { HANDS } from '../run/session.ts';
import type { Board } from './board.ts';
import { RUNS } from './campaign-room.ts';

/** Generated scenarios by the hundred, and short ones of what they find. */
export function Campaign({ board }: { board: Board }) {
  const { campaign } = board;
  const { player } = board.session.value;
  const finding = board.finding();
  const doing = campaign.doing.value;
  const isHands = player === HANDS;
  const before = useRef(doing);
  useEffect(() => {
    // What was pressed is disabled now, or gone: who has only keys goes on beside it.
    const { activeElement } = document;
    const isLost = activeElement === document.body || activeElement?.matches('.campaign :disabled');
    if (before.current !== doing && isLost)
      document.querySelector<HTMLElement>(doing === null ? '#fuzz' : '#stop')?.focus({ preventScroll: true });
    before.current = doing;
  }, [doing]);
  return (
    <section class="card campaign" aria-labelledby="campaign-title">
      <h2 id="campaign-title">Find a fault</h2>
      <p class="faint">
        {isHands
          ? 'A campaign plays a scheduler hundreds of times. Choose one in place of yourself.'
          : `${RUNS} generated scenarios, played by ${player} and judged, as xx fuzz does; on clusters of their own.`}
      </p>
      <div class="buttons">
        <button type="button" id="fuzz" disabled={isHands || doing !== null} onClick={() => campaign.fuzz()}>
          Fuzz {RUNS} runs
        </button>
        <button
          type="button"
          id="shrink"
          disabled={isHands || doing !== null || finding === null}
          onClick={() => finding !== null && campaign.shrink(finding)}
        >
          Shrink
        </button>
        {doing !== null && (
          <button type="button" id="stop" onClick={() => campaign.stop()}>
            Stop
          </button>
        )}
      </div>
      <p role="status" id="campaign-said">
        {doing === 'fuzz' ? 'Fuzzing: ' : doing === 'shrink' ? 'Shrinking: ' : ''}
        {campaign.said.value}
      </p>
    </section>
  );
}
