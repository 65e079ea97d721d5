import { useEffect } from 'preact/hooks';
import { Controls } from '../../view/controls.tsx';
import { Pane } from '../../view/pane.tsx';
import { Verdict } from '../../view/verdict.tsx';
import { listenToKeys } from '../../view/viewer.tsx';
import type { Board } from './board.ts';
import { Campaign } from './campaign.tsx';
import { ClusterForm } from './cluster-form.tsx';
import { GoalCard } from './goal-card.tsx';
import { Happenings } from './happenings.tsx';
import { Masthead } from './masthead.tsx';
import { Moves } from './moves.tsx';

/** The whole page: what the reader does on the left, what comes of it on the right. */
export function Playground({ board }: { board: Board }) {
  const desk = board.desk.value;
  const beside = desk.beside.value;
  useEffect(() => listenToKeys(desk), [desk]);
  return (
    <>
      <Masthead board={board} />
      <main class={board.isYours() ? 'play yours' : 'play'}>
        <div class="doing">
          {board.goal.value !== null && <GoalCard board={board} goal={board.goal.value} />}
          {board.isYours() && <Moves board={board} />}
          <Happenings board={board} />
          <Campaign board={board} />
          <ClusterForm board={board} />
        </div>
        <div class="shown">
          <div class="head">
            {board.isYours() ? (
              <p id="verdict">
                Step {desk.step.value} is yours: what you decide is judged at once, and the step when you end
                it.
              </p>
            ) : (
              <Verdict desk={desk} />
            )}
            <Controls desk={desk} />
          </div>
          <div class={beside === null ? 'panes' : 'panes two'}>
            <Pane desk={desk} film={desk.film.value} key="pane" />
            {beside !== null && <Pane desk={desk} film={beside} key={`beside ${beside.name}`} />}
          </div>
        </div>
      </main>
    </>
  );
}
