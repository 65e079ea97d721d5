import { useEffect } from 'preact/hooks';
import { counted } from '../../../../model/counted.ts';
import { propertyOf } from '../../../../properties/catalogue.ts';
import { Controls } from '../../view/controls.tsx';
import { Pane } from '../../view/pane.tsx';
import { Verdict } from '../../view/verdict.tsx';
import { listenToKeys } from '../../view/viewer.tsx';
import { HANDS } from '../run/session.ts';
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
  useEffect(() => listenToUndo(board), [board]);
  useEffect(() => keepFocus(), [desk]);
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
            {board.session.value.player === HANDS ? <YourVerdict board={board} /> : <Verdict desk={desk} />}
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

/** Undo and redo, as everywhere; in a field they are the field's. */
function listenToUndo(board: Board): () => void {
  const listener = (event: KeyboardEvent): void => {
    const { target, key, shiftKey } = event;
    if (!(event.ctrlKey || event.metaKey) || target instanceof HTMLInputElement) return;
    const isRedo = key === 'y' || (key.toLowerCase() === 'z' && shiftKey);
    if (!isRedo && key !== 'z') return;
    event.preventDefault();
    if (isRedo) board.redo();
    else board.undo();
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

/** What was pressed may be gone, since it cannot happen twice: who has only keys goes on from where it was. */
function keepFocus(): void {
  if (document.activeElement !== document.body) return;
  const title = document.getElementById('moves-title') ?? document.getElementById('next-title');
  title?.focus({ preventScroll: true });
}

/** What the judge says to somebody with empty hands, and what of the address could not be done. */
function YourVerdict({ board }: { board: Board }) {
  return (
    <>
      <YourWords board={board} />
      {board.desk.value.notes.value.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </>
  );
}

function YourWords({ board }: { board: Board }) {
  const { stimuli, isOpen, properties } = board.session.value;
  const finding = board.finding();
  const alone = properties.length === 0 ? '' : `; judged only by ${properties.join(', ')}`;
  if (finding !== null) {
    return (
      <p id="verdict" class="violated">
        ✗ You: step {finding.step} of {stimuli.length} violates {finding.property} (section{' '}
        {propertyOf(finding.property).section}){alone}
      </p>
    );
  }
  const { broken } = board.desk.value.film.value;
  if (broken !== null) {
    return (
      <p id="verdict" class="violated">
        It breaks off: {broken}
      </p>
    );
  }
  const judged = isOpen ? stimuli.length - 1 : stimuli.length;
  return (
    <p id="verdict">
      {judged > 0 && `✓ Accepted: ${counted(judged, 'step')}, decided by you${alone}`}
      {judged > 0 && isOpen && '. '}
      {isOpen && `Step ${stimuli.length} is yours${judged === 0 ? alone : ''}`}
    </p>
  );
}
