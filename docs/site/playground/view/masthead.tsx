import { useEffect } from 'preact/hooks';
import { printable } from '../../../../model/printable.ts';
import { MUTANTS } from '../../../../properties/mutants/index.ts';
import { SCHEDULERS } from '../../../../reference-impl/schedulers/registry.ts';
import { inWords } from '../../run/names.ts';
import { isPeer, KNOWN_GROUPS } from '../../run/players.ts';
import { LinkButton } from '../../view/link.tsx';
import { type Download, scenarioFile, traceFile } from '../run/files.ts';
import { PRESETS, sessionOfRecorded } from '../run/presets.ts';
import { groupsOf, titleOf } from '../run/record-names.ts';
import { HANDS, isOwn, isSameTable, type Session } from '../run/session.ts';
import type { Board } from './board.ts';

/** What is on the table, who plays, and what can be done with the whole of it. */
export function Masthead({ board }: { board: Board }) {
  const { title, player } = board.session.value;
  const preset = PRESETS.find((one) => one.title === title);
  const desk = board.desk.value;
  const { past, undone } = board.history.value;
  const film = desk.film.value;
  desk.progress.value;
  return (
    <header class="masthead">
      <h1>{printable(title)}</h1>
      {preset !== undefined && <p class="faint">{preset.summary}</p>}
      {board.problems.value.length > 0 && (
        <div class="wrong" role="alert" id="problems">
          {board.problems.value.map((problem) => (
            <p key={problem}>{printable(problem)}</p>
          ))}
        </div>
      )}
      <div class="beside-row">
        <PresetChoice board={board} />
        <label>
          Played by{' '}
          <select id="player" value={player} onChange={(event) => board.setPlayer(event.currentTarget.value)}>
            <option value={HANDS}>you, with empty hands</option>
            <SchedulerNames without={null} />
          </select>
        </label>
        <label>
          beside{' '}
          <select
            id="beside"
            value={desk.beside.value?.name ?? ''}
            onChange={(event) => {
              desk.putBeside(event.currentTarget.value);
              desk.writeAddress();
            }}
          >
            <option value="">nobody</option>
            <SchedulerNames without={player} />
          </select>
        </label>
        <span class="buttons">
          <button type="button" id="undo" disabled={past.length === 0} onClick={() => board.undo()}>
            Undo
          </button>
          <button type="button" id="redo" disabled={undone.length === 0} onClick={() => board.redo()}>
            Redo
          </button>
          <button type="button" id="clear" onClick={() => board.clear()}>
            Start over
          </button>
          <button
            type="button"
            id="download"
            disabled={!film.isDone}
            onClick={() => save(scenarioFile(board.session.value, film))}
          >
            Save scenario
          </button>
          <button
            type="button"
            id="download-trace"
            disabled={!film.isDone}
            onClick={() => save(traceFile(board.session.value, film))}
          >
            Save trace
          </button>
          <LinkButton desk={desk} />
        </span>
      </div>
      <p class="faint" id="who">
        {aboutPlayer(player)} {judgedBy(board.session.value)}
      </p>
    </header>
  );
}

function SchedulerNames({ without }: { without: string | null }) {
  return (
    <>
      {KNOWN_GROUPS.map(({ label, names }) => (
        <optgroup key={label} label={label}>
          {names
            .filter((name) => name !== without)
            .map((name) => (
              <option key={name} value={name}>
                {inWords(name)}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  );
}

function aboutPlayer(player: string): string {
  if (player === HANDS) {
    return 'You are the scheduler: something happens, and you decide what to do about it, from what is permitted or against it.';
  }
  const wrong = MUTANTS.find(({ name }) => name === player);
  if (wrong !== undefined)
    return `${player} is wrong on purpose: ${wrong.sentence} It should break ${wrong.rule}.`;
  return `${player}: ${SCHEDULERS.find(({ name }) => name === player)?.summary ?? ''}.`;
}

function judgedBy(session: Session): string {
  const { player, properties } = session;
  if (properties.length === 0) return player === HANDS ? '' : 'Every step is judged by the rules of XX.';
  if (player !== HANDS && isPeer(player) && isOwn(session)) {
    return `The rules of XX are not asked of it, but ${properties.join(', ')}.`;
  }
  return `Only ${properties.join(', ')} is judged.`;
}

/** Presets, and the counterexamples of this project, which are loaded when somebody is about to choose. */
function PresetChoice({ board }: { board: Board }) {
  useEffect(() => {
    // Not before the page can be used.
    const timer = setTimeout(() => board.withRecorded(() => {}), 0);
    return () => clearTimeout(timer);
  }, [board]);
  return (
    <label>
      Begin with{' '}
      <select
        id="preset"
        // Also for who goes along it by arrows, which chooses each: the next is found from where one is.
        value={presetOnTable(board)}
        onChange={(event) => {
          board.problems.value = [];
          board.goal.value = null;
          board.openPreset(event.currentTarget.value);
        }}
      >
        <option value="">choose a table</option>
        <optgroup label="What XX is for">
          {PRESETS.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </optgroup>
        {groupsOf(board.recorded.value).map(({ label, records }) => (
          <optgroup key={label} label={label}>
            {records.map((one) => (
              <option key={one.name} value={one.name}>
                {titleOf(one)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** The name of the preset that is on the table as it was; empty where none is. */
function presetOnTable({ session, recorded }: Board): string {
  const tables = [
    ...PRESETS,
    ...recorded.value.map((one) => ({ name: one.name, session: sessionOfRecorded(one) })),
  ];
  return tables.find((table) => isSameTable(table.session, session.value))?.name ?? '';
}

function save({ name, text }: Download): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
