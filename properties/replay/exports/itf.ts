import { InputError } from '../../../model/input-error.ts';
import type { Film, LiveInvocation, MachineThen, Moment } from '../moment.ts';

/**
 * A replay in the Informal Trace Format of Apalache (its ADR-015), which viewers of TLA+ and Quint traces open: the
 * canonical state of the judge after each step, and the step that led there. The first state is the one after `boot`.
 * Steps that were left out lead to no state. The last state of a replay that a rule refused is the one in which it was
 * refused; `#meta` says which rule it was.
 *
 * Every number is a `#bigint`, as Apalache writes them. What may be missing is a variant, `Some` or `None`; so is what
 * has different fields in different states: a stimulus and a decision.
 */
export function itfText({ file, scheduler, config, moments, finding }: Film): string {
  const states = moments
    .filter(({ decisions }) => decisions !== null)
    .map((moment, index) => ({ '#meta': { index, step: moment.step }, ...stateOf(moment) }));
  const meta = {
    format: 'ITF',
    'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
    description: `A replay of ${file} through ${scheduler}`,
    classes: config.classes.map(({ name }) => name),
    violation: finding === null ? null : violationOf(finding),
  };
  const head = `"#meta":${JSON.stringify(meta)},\n"vars":${JSON.stringify(VARS)}`;
  return `{${head},\n"states":[\n${states.map((state) => JSON.stringify(state)).join(',\n')}\n]}\n`;
}

/** The variables of every state: the step, then the canonical state. */
export const VARS = ['at', 'stimulus', 'decisions', 'invocations', 'machines', 'queues', 'ended'] as const;

type Itf = string | boolean | readonly Itf[] | { readonly [key: string]: Itf };

function stateOf({
  timed,
  decisions,
  invocations,
  machines,
  shards,
  ended,
}: Moment): Record<(typeof VARS)[number], Itf> {
  return {
    at: whole(timed.at),
    stimulus: variantOf(timed.stimulus),
    decisions: decisions!.map(variantOf),
    invocations: map(invocations.map((invocation) => [whole(invocation.id), invocationOf(invocation)])),
    machines: map(machines.map((machine) => [whole(machine.id), machineOf(machine)])),
    queues: map(shards.map(({ queues }, id) => [whole(id), queues.map((queue) => queue.map(whole))])),
    ended: map([...ended].sort(([a], [b]) => a - b).map(([id, ending]) => [whole(id), ending])),
  };
}

function invocationOf({ phase, machine, ageMs, demand, resident, callee, ...rest }: LiveInvocation): Itf {
  return {
    phase,
    class: whole(rest.class),
    machine: optional(machine),
    ageMs: whole(ageMs),
    demandMb: whole(demand),
    residentMb: whole(resident),
    waitsFor: optional(callee),
  };
}

function machineOf({ availability, cores, ram, swap, antagonist, live, entry }: MachineThen): Itf {
  return {
    availability,
    cores: whole(cores),
    ramMb: whole(ram),
    swapMb: whole(swap),
    antagonistMb: whole(antagonist),
    live: live.map(whole),
    entry: entry === null ? NONE : some(recordOf(Object.entries(entry))),
  };
}

/** A stimulus or a decision: its type is the tag, its fields are the value. */
function variantOf({ type, ...fields }: { readonly type: string }): Itf {
  const entries = Object.entries(fields);
  return { tag: type, value: entries.length === 0 ? NOTHING : recordOf(entries) };
}

function recordOf(entries: readonly (readonly [string, unknown])[]): Itf {
  return Object.fromEntries(entries.map(([name, value]) => [name, itfOf(value)]));
}

function itfOf(value: unknown): Itf {
  if (typeof value === 'number') return whole(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  // Which machines were polled has no order.
  if (Array.isArray(value)) return { '#set': value.map(itfOf) };
  if (typeof value === 'object' && value !== null) return recordOf(Object.entries(value));
  throw new InputError(`--itf: ${JSON.stringify(value)} is nothing that a trace holds`);
}

function whole(value: number): Itf {
  return { '#bigint': String(value) };
}

function map(entries: readonly (readonly [Itf, Itf])[]): Itf {
  return { '#map': entries };
}

function optional(value: number | null): Itf {
  return value === null ? NONE : some(whole(value));
}

function some(value: Itf): Itf {
  return { tag: 'Some', value };
}

const NOTHING: Itf = { '#tup': [] };
const NONE: Itf = { tag: 'None', value: NOTHING };

function violationOf({ property, rule, step, entity, message, falls }: NonNullable<Film['finding']>): object {
  return { property, rule, step, entity, message, falls };
}
