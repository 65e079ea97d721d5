import { counted } from '../../../model/counted.ts';
import { type Invocation, isWhole, type Machine, swappedOf } from '../../../model/entities.ts';
import { printable } from '../../../model/printable.ts';
import { availabilityTable } from '../../../model/table.ts';
import { className, phaseName } from '../../../model/words.ts';
import { diskWords } from '../../../properties/replay/disk.ts';
import { placeOf } from '../../../properties/replay/entity.ts';
import type { PlayedFilm, Still } from '../run/film.ts';
import { DOING, doingOf, memoryOf } from '../run/lanes.ts';
import { diskState, leftWords, ramWords } from '../run/transfer-words.ts';
import type { Desk } from './desk.ts';
import { SWATCHES } from './legend.tsx';

interface Props {
  readonly desk: Desk;
  readonly film: PlayedFilm;
  readonly still: Still;
}

/** More machines are only counted; the one that the step is about comes first. */
const MOST_MACHINES = 8;
const MOST_PEOPLE = 24;

/** Who lives where, and what memory is used for. */
export function Machines({ desk, film, still }: Props) {
  const { state } = still.judge;
  const first = placeOf(state, desk.subject(film)).machine;
  const told = state.machines.filter(
    ({ id, live, antagonist, availability }) =>
      live.length > 0 || antagonist > 0 || id === first || availabilityTable.states[availability] !== 'up',
  );
  const some = told.length === 0 ? state.machines.slice(0, 1) : told;
  const shown = [...some]
    .sort((a, b) => Number(b.id === first) - Number(a.id === first))
    .slice(0, MOST_MACHINES);
  const others = state.machines.length - shown.length;
  return (
    <section class="card machines">
      <h2>Machines</h2>
      {shown.map((machine) => (
        <MachineNow
          key={machine.id}
          desk={desk}
          machine={machine}
          still={still}
          isOpen={machine === shown[0] || shown.length < 3}
        />
      ))}
      {others > 0 && <p class="faint">{counted(others, 'more machine')}</p>}
    </section>
  );
}

interface MachineProps {
  readonly desk: Desk;
  readonly machine: Machine;
  readonly still: Still;
  /** Whether all that live there are shown at once. */
  readonly isOpen: boolean;
}

function MachineNow({ desk, machine, still, isOpen }: MachineProps) {
  const { id, availability, cores, running, live } = machine;
  const { state } = still.judge;
  return (
    <div class="machine">
      <h3>
        <button type="button" class="name" onClick={() => desk.choose({ kind: 'machine', id })}>
          machine {id}
        </button>{' '}
        <span class="faint">
          {availabilityTable.states[availability]}, {running} running on {counted(cores, 'core')}
        </span>
      </h3>
      {state.config.paging === undefined ? (
        <Memory machine={machine} />
      ) : (
        <MemoryInTime machine={machine} chunkMb={state.config.paging.chunk} />
      )}
      {live.length > 0 && (
        <details class="scroll" open={isOpen}>
          <summary>{counted(live.length, 'invocation')}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">id</th>
                <th scope="col">function</th>
                <th scope="col">class</th>
                <th scope="col">doing</th>
                <th scope="col">memory</th>
              </tr>
            </thead>
            <tbody>
              {live.slice(0, MOST_PEOPLE).map((one) => (
                <Person
                  key={one.id}
                  desk={desk}
                  one={one}
                  className={className(state, one.class)}
                  inTime={state.config.paging !== undefined}
                />
              ))}
            </tbody>
          </table>
        </details>
      )}
      {live.length > MOST_PEOPLE && <p class="faint">and {live.length - MOST_PEOPLE} more</p>}
    </div>
  );
}

/** What memory is used for, where a page moves at once. */
function Memory({ machine }: { machine: Machine }) {
  const { ram, antagonist, resident, swapped, swap } = memoryOf(machine, false);
  const taken = Math.min(antagonist, ram);
  return (
    <>
      <Bar
        label="RAM"
        of={ram}
        parts={[
          ['antagonist', taken],
          ['resident', resident],
        ]}
        words={`${resident + taken} of ${ram} MB${taken > 0 ? `, ${taken} of them an antagonist's` : ''}`}
      />
      <Bar label="swap" of={swap} parts={[['in-swap', swapped]]} words={`${swapped} of ${swap} MB`} />
    </>
  );
}

/** The same where paging takes time: a chunk in flight is held on both sides, and the disk has a bar of its own. */
function MemoryInTime({ machine, chunkMb }: { machine: Machine; chunkMb: number }) {
  const { ram, antagonist, resident, inFlight, swapped, swap } = memoryOf(machine, true);
  const left = leftWords(machine);
  const both = inFlight > 0 ? `, ${inFlight} of them in flight` : '';
  return (
    <>
      <Bar
        label="RAM"
        of={ram}
        parts={[
          ['antagonist', antagonist],
          ['resident', resident],
          ['in-flight from-ram', inFlight],
        ]}
        words={ramWords(machine)}
      />
      <Bar
        label="swap"
        of={swap}
        parts={[
          ['in-flight from-swap', inFlight],
          ['in-swap', swapped],
        ]}
        words={`${inFlight + swapped} of ${swap} MB${both}`}
      />
      <Bar
        label="disk"
        of={chunkMb}
        parts={[[`disk-${diskState(machine)}`, inFlight]]}
        words={diskWords(machine)}
      />
      {left !== null && <p class="faint">{left}</p>}
    </>
  );
}

interface PersonProps {
  readonly desk: Desk;
  readonly one: Invocation;
  readonly className: string;
  /** Whether paging takes time. */
  readonly inTime: boolean;
}

function Person({ desk, one, className: name, inTime }: PersonProps) {
  const { id, degraded, callee } = one;
  const doing = doingOf(one, inTime);
  const isRunning = doing === DOING.running || doing === DOING.lent;
  return (
    <tr class={isRunning ? 'is-running' : ''}>
      <td>
        <button type="button" class="name" onClick={() => desk.choose({ kind: 'invocation', id })}>
          {id}
        </button>
      </td>
      <td class="name-of-class">{printable(one.function)}</td>
      <td class="name-of-class">
        {name}
        {degraded ? ', degraded' : ''}
      </td>
      <td>
        <i class={`swatch ${SWATCHES[doing ?? 0]}`} /> {phaseName(one)}
        {callee === null ? '' : ` on ${callee.id}`}
        {ADDED[doing ?? 0] ?? ''}
      </td>
      <td>{memoryWords(one)}</td>
    </tr>
  );
}

/** What the name of a phase does not say of what one does. */
const ADDED: Readonly<Partial<Record<number, string>>> = {
  [DOING.swapped]: ', swapped out',
  [DOING.blockedSwapped]: ', swapped out',
  [DOING.stalled]: ', waits for its memory',
  [DOING.lent]: ', on a core on loan',
};

function memoryWords(one: Invocation): string {
  const { demand, resident, inFlight, fresh } = one;
  if (isWhole(one)) return `${demand} MB`;
  const swapped = swappedOf(one);
  return [
    `${resident} of ${demand} MB in RAM`,
    ...(inFlight > 0 ? [`${inFlight} in flight`] : []),
    ...(inFlight + fresh > 0 && swapped > 0 ? [`${swapped} in swap`] : []),
    ...(fresh > 0 ? [`${fresh} asked for`] : []),
  ].join(', ');
}

interface BarProps {
  readonly label: string;
  /** In MB. */
  readonly of: number;
  readonly parts: readonly (readonly [string, number])[];
  readonly words: string;
}

/** A bar of MB. What is beyond what there is stands beyond a line. */
function Bar({ label, of, parts, words }: BarProps) {
  const used = parts.reduce((sum, [, mb]) => sum + mb, 0);
  const all = Math.max(of, used, 1);
  const over = Math.max(0, used - of);
  return (
    <div class="bar">
      <span>{label}</span>
      <span class="track">
        {parts.map(([name, mb]) => (
          <i key={name} class={name} style={{ width: `${(mb / all) * 100}%` }} />
        ))}
        {over > 0 && <b class="end" style={{ left: `${(of / all) * 100}%` }} />}
      </span>
      <span class={over > 0 ? 'violated' : ''}>
        {words}
        {over > 0 && `, ${over} MB too many`}
      </span>
    </div>
  );
}
