import { counted } from '../../../model/counted.ts';
import type { Invocation, Machine } from '../../../model/entities.ts';
import { printable } from '../../../model/printable.ts';
import { availabilityTable } from '../../../model/table.ts';
import { className, phaseName } from '../../../model/words.ts';
import { placeOf } from '../../../properties/replay/entity.ts';
import type { PlayedFilm, Still } from '../run/film.ts';
import { DOING, doingOf } from '../run/lanes.ts';
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
  const { id, availability, cores, running, live, ram, swap, antagonist, resident, demand } = machine;
  const { state } = still.judge;
  const taken = Math.min(antagonist, ram);
  const swapped = demand - resident;
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
                <Person key={one.id} desk={desk} one={one} className={className(state, one.class)} />
              ))}
            </tbody>
          </table>
        </details>
      )}
      {live.length > MOST_PEOPLE && <p class="faint">and {live.length - MOST_PEOPLE} more</p>}
    </div>
  );
}

function Person({ desk, one, className: name }: { desk: Desk; one: Invocation; className: string }) {
  const { id, degraded, callee, resident, demand } = one;
  const doing = doingOf(one);
  return (
    <tr class={doing === DOING.running ? 'is-running' : ''}>
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
        {resident < demand ? ', swapped out' : ''}
      </td>
      <td>{resident === demand ? `${demand} MB` : `${resident} of ${demand} MB in RAM`}</td>
    </tr>
  );
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
