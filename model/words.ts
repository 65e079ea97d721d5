import { match } from 'ts-pattern';
import type { Bill, Decision, Stimulus } from './alphabet.ts';
import { counted } from './counted.ts';
import { type Invocation, type Machine, swapHeld } from './entities.ts';
import { printable } from './printable.ts';
import type { State } from './state.ts';
import { IMAGE, invocationTable } from './table.ts';

/** Decisions, stimuli and entities in the words that verdicts and tables use. */

/** A decision in short: `start 2`, `place 3 on machine 0 (idle-list)`. */
export function wordsOfDecision(decision: Decision): string {
  return printable(decisionText(decision));
}

function decisionText(decision: Decision): string {
  return match(decision)
    .with(
      { type: 'enqueue' },
      (d) => `enqueue ${d.id} at shard ${d.shard} in class ${d.class}${d.degraded ? ', degraded' : ''}`,
    )
    .with({ type: 'throttle' }, (d) => `throttle ${d.id}`)
    .with(
      { type: 'place', via: 'poll' },
      (d) => `place ${d.id} from shard ${d.shard} on machine ${d.machine} (poll of ${clippedList(d.polled)})`,
    )
    .with(
      { type: 'place', via: 'idle-list' },
      (d) => `place ${d.id} from shard ${d.shard} on machine ${d.machine} (idle-list)`,
    )
    .with({ type: 'start' }, (d) => `start ${d.id}`)
    .with({ type: 'preempt' }, (d) => `preempt ${d.id}`)
    .with({ type: 'allocate' }, (d) => `allocate ${d.id} ${d.memory} MB`)
    .with({ type: 'pageOut' }, (d) => `pageOut ${d.id} ${d.memory} MB`)
    .with({ type: 'pageIn' }, (d) => `pageIn ${d.id} ${d.memory} MB`)
    .with({ type: 'kill' }, (d) => `kill ${d.id} (${d.reason}, ${wordsOfBill(d.bill)})`)
    .with({ type: 'complete' }, (d) => `complete ${d.id} (${wordsOfBill(d.bill)})`)
    .with({ type: 'wake' }, (d) => `wake ${d.id} (${d.outcome})`)
    .with(
      { type: 'list' },
      (d) =>
        `list machine ${d.machine} at shard ${d.shard} (${d.available} MB, ${counted(d.functions, 'function')}, poll of ${clippedList(d.polled)})`,
    )
    .with(
      { type: 'relist' },
      (d) =>
        `relist machine ${d.machine} at shard ${d.shard} (${d.available} MB, ${counted(d.functions, 'function')})`,
    )
    .with({ type: 'unlist' }, (d) => `unlist machine ${d.machine} at shard ${d.shard}`)
    .with({ type: 'reserve' }, (d) => `reserve machine ${d.machine} for ${d.id}`)
    .with({ type: 'release' }, (d) => `release machine ${d.machine} from ${d.id}`)
    .with(
      { type: 'probe' },
      (d) => `probe machine ${d.machine} at shard ${d.shard} (${d.inFlight} in flight, ${d.latencyMs} ms)`,
    )
    .with({ type: 'forget' }, (d) => `forget machine ${d.machine} at shard ${d.shard}`)
    .with({ type: 'evict' }, (d) => `evict ${d.id}`)
    .with({ type: 'refuse' }, (d) => `refuse ${d.id} on machine ${d.machine}`)
    .with({ type: 'cancel' }, (d) => `cancel ${d.id} (${wordsOfBill(d.bill)})`)
    .exhaustive();
}

function wordsOfBill(bill: Bill): string {
  return `cpuMs ${bill.cpuMs}, mbMs ${bill.mbMs}, cost ${bill.cost}`;
}

/** A stimulus in short: `submit 4 (f1, class 2) at shard 0`. */
export function wordsOfStimulus(stimulus: Stimulus): string {
  return printable(stimulusText(stimulus));
}

function stimulusText(stimulus: Stimulus): string {
  return match(stimulus)
    .with({ type: 'boot' }, () => 'boot')
    .with(
      { type: 'submit' },
      (s) => `submit ${s.id} (${s.function}, tenant ${s.tenant}, class ${s.class}) at shard ${s.shard}`,
    )
    .with(
      { type: 'call' },
      (s) => `${s.caller} calls ${s.id} (${s.function}, class ${s.class}) at shard ${s.shard}`,
    )
    .with({ type: 'turn' }, (s) => `turn of shard ${s.shard}`)
    .with({ type: 'resize' }, (s) => `resize ${s.id} to ${s.demand} MB`)
    .with({ type: 'finish' }, (s) => `finish ${s.id}`)
    .with({ type: 'antagonist' }, (s) => `antagonist takes ${s.memory} MB of machine ${s.machine}`)
    .with(
      { type: 'join' },
      (s) => `join of machine ${s.machine} (${counted(s.cores, 'core')}, ${s.ram} MB RAM, ${s.swap} MB swap)`,
    )
    .with({ type: 'drain' }, (s) => `drain of machine ${s.machine}`)
    .with({ type: 'crash' }, (s) => `crash of machine ${s.machine}`)
    .with({ type: 'restart' }, (s) => `restart of shard ${s.shard}`)
    .with({ type: 'tick' }, () => 'tick')
    .with({ type: 'paged' }, (s) => `paged on machine ${s.machine}`)
    .with({ type: 'timeout' }, (s) => `timeout of ${s.id}`)
    .exhaustive();
}

/** An invocation with what verdicts weigh: its class, its memory, and where it is in its chart. */
export function portrait(state: State, invocation: Invocation): string {
  const memory =
    invocation.machine === null
      ? ''
      : `, ${invocation.demand} MB${invocation.image === IMAGE.resident ? ' resident' : ` with ${invocation.resident} MB resident`}${elsewhere(invocation)}`;
  return `invocation ${invocation.id} (class ${className(state, invocation.class)}, ${phaseName(invocation)}${memory})`;
}

/** What of an invocation is in flight or nowhere yet. */
function elsewhere({ inFlight, fresh }: Invocation): string {
  return `${inFlight > 0 ? `, ${inFlight} MB in flight` : ''}${fresh > 0 ? `, ${fresh} MB asked for` : ''}`;
}

export function phaseName(invocation: Invocation): string {
  return invocationTable.states[invocation.phase]!;
}

export function className(state: State, index: number): string {
  return printable(state.config.classes[index]?.name ?? String(index));
}

/** What a machine can hold: for memory verdicts. */
export function memoryOf(machine: Machine): string {
  const { transferMb, fresh } = machine;
  const swapped = swapHeld(machine) - transferMb;
  const taken = machine.antagonist > 0 ? ` less ${machine.antagonist} MB of an antagonist` : '';
  return `machine ${machine.id} (${machine.ram} MB RAM${taken}, ${machine.swap} MB swap; ${machine.demand} MB demanded, ${machine.resident} MB resident, ${swapped} MB swapped${transferMb > 0 ? `, ${transferMb} MB in flight` : ''}${fresh > 0 ? `, ${fresh} MB asked for` : ''})`;
}

/** At most eight members of a list, for one line. */
export function clippedList(items: readonly (number | string)[]): string {
  const shown = items.slice(0, 8).join(', ');
  return items.length > 8 ? `${shown} and ${items.length - 8} more` : shown;
}
