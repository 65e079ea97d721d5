import { counted } from '../../../model/counted.ts';
import { availableRam, type Invocation } from '../../../model/entities.ts';
import { headOf } from '../../../model/fifo.ts';
import { betterHead } from '../../../model/rules/placement.ts';
import type { Shard, State } from '../../../model/state.ts';
import { className } from '../../../model/words.ts';
import type { Still } from '../run/film.ts';
import type { Desk } from './desk.ts';

const MOST_SHARDS = 8;
const MOST_QUEUED = 12;
const MOST_LISTED = 12;

/** The queues, with the price × wait of each head and who is placed next; and the idle lists beside the truth. */
export function Shards({ desk, still }: { desk: Desk; still: Still }) {
  const { state } = still.judge;
  const told = state.shards.map((shard, id) => ({ shard, id }));
  const busy = told.filter(({ shard }) => shard.queued > 0 || shard.listed.size > 0);
  const shown = busy.slice(0, MOST_SHARDS);
  const others = told.length - shown.length;
  return (
    <section class="card shards">
      <h2>Shards</h2>
      {shown.map(({ shard, id }) => (
        <div key={id} class="shard">
          <h3>shard {id}</h3>
          <Queues desk={desk} shard={shard} state={state} />
          <IdleList desk={desk} shard={shard} />
        </div>
      ))}
      {others > 0 && (
        <p class="faint">
          {counted(others, shown.length > 0 ? 'more shard' : 'shard')} with empty queues and lists
        </p>
      )}
    </section>
  );
}

function Queues({ desk, shard, state }: { desk: Desk; shard: Shard; state: State }) {
  if (shard.queued === 0) return <p class="faint">Nobody is queued.</p>;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">price × wait of the head</th>
            <th scope="col">queued</th>
          </tr>
        </thead>
        <tbody>
          {[...shard.queues.keys()].reverse().map((index) => {
            const queue = shard.queues[index]!;
            const head = headOf(queue);
            if (head === undefined) return null;
            const { price } = state.config.classes[index]!;
            const name = className(state, index);
            const wait = state.now - head.enqueuedAt;
            const isNext = betterHead(state, shard, head) === null;
            const queued = queue.items.slice(queue.head, queue.head + MOST_QUEUED);
            const more = queue.items.length - queue.head - queued.length;
            return (
              <tr key={index} class={isNext ? 'next' : ''}>
                <td class="name-of-class">{name}</td>
                <td>
                  {price} × {wait} = {price * wait}
                  {isNext && <strong> next</strong>}
                </td>
                <td>
                  {queued.map((one) => (
                    <Name key={one.id} desk={desk} one={one} />
                  ))}
                  {more > 0 && ` and ${more} more`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Name({ desk, one: { id } }: { desk: Desk; one: Invocation }) {
  return (
    <button type="button" class="name" onClick={() => desk.choose({ kind: 'invocation', id })}>
      {id}
    </button>
  );
}

function IdleList({ desk, shard }: { desk: Desk; shard: Shard }) {
  if (shard.listed.size === 0) return <p class="faint">Its idle list is empty.</p>;
  const listed = [...shard.listed].sort((a, b) => a.id - b.id);
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">idle list</th>
            <th scope="col">it says</th>
            <th scope="col">in truth</th>
          </tr>
        </thead>
        <tbody>
          {listed.slice(0, MOST_LISTED).map((machine) => {
            const { id, entry, live } = machine;
            const [says, truth] = [
              `${entry!.available} MB, ${counted(entry!.functions, 'function')}`,
              `${availableRam(machine)} MB, ${counted(live.length, 'function')}`,
            ];
            return (
              <tr key={id}>
                <td>
                  <button type="button" class="name" onClick={() => desk.choose({ kind: 'machine', id })}>
                    machine {id}
                  </button>
                </td>
                <td>{says}</td>
                <td class={says === truth ? '' : 'differs'}>{says === truth ? 'the same' : `≠ ${truth}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {listed.length > MOST_LISTED && <p class="faint">and {listed.length - MOST_LISTED} more</p>}
    </div>
  );
}
