import { InputError } from '../../../model/input-error.ts';
import type { TransferThen } from '../disk.ts';
import type { MarkedDecision } from '../frames.ts';
import type { Film, LiveInvocation, MachineThen, Moment, ShardThen, TenantThen } from '../moment.ts';
import type { Exporter } from './exporter.ts';

/**
 * A replay in the Informal Trace Format of Apalache (its ADR-015), which viewers of TLA+ and Quint traces open: the
 * canonical state of the judge after each step, and the step that led there. The first state is the one after `boot`.
 * Steps that were left out lead to no state. The last state of a replay that a rule refused is the one in which it was
 * refused; `#meta` says which rule it was, and each decision whether it was taken.
 *
 * Every number is a `#bigint`, as Apalache writes them. What may be missing is a variant, `Some` or `None`; so is what
 * has different fields in different states: a stimulus and a decision. Whatever has the same tag has the same fields. Where
 * paging takes time a machine has a `transfer`, and an invocation says where all of its memory is.
 */
export function itfExporter({ file, scheduler, recording: { config, finding } }: Film): Exporter {
  const inTime = config.paging !== undefined;
  let index = 0;
  const meta = {
    format: 'ITF',
    'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
    description: `A replay of ${file} through ${scheduler}`,
    classes: config.classes.map(({ name }) => name),
    violation: finding === null ? null : violationOf(finding),
  };
  return {
    head: () => `{"#meta":${JSON.stringify(meta)},\n"vars":${JSON.stringify(VARS)},\n"states":[\n`,
    moment(moment) {
      if (moment.decisions === null || moment.isAftermath) return '';
      const state = { '#meta': { index, step: moment.step }, ...stateOf(moment, inTime) };
      return `${index++ > 0 ? ',\n' : ''}${JSON.stringify(state)}`;
    },
    tail: () => '\n]}\n',
  };
}

/** The variables of every state: the step, then the canonical state. `ended` are those that ended in the step. */
export const VARS = [
  'at',
  'stimulus',
  'decisions',
  'ended',
  'invocations',
  'machines',
  'queues',
  'idleLists',
  'tenants',
] as const;

type Itf = string | boolean | readonly Itf[] | { readonly [key: string]: Itf };

function stateOf(moment: Moment, inTime: boolean): Record<(typeof VARS)[number], Itf> {
  const { timed, decisions, invocations, machines, shards, tenants, ended } = moment;
  return {
    at: whole(timed.at),
    stimulus: variantOf(timed.stimulus),
    decisions: decisions!.map(decisionOf),
    ended: map([...ended].sort(([a], [b]) => a - b).map(([id, ending]) => [whole(id), ending])),
    invocations: map(invocations.map((one) => [whole(one.id), invocationOf(one, inTime)])),
    machines: map(machines.map((machine) => [whole(machine.id), machineOf(machine, inTime)])),
    queues: map(shards.map(({ queues }, id) => [whole(id), queues.map((queue) => queue.map(whole))])),
    idleLists: map(shards.map((shard, id) => [whole(id), idleListOf(shard)])),
    tenants: map(tenants.map((tenant, id) => [whole(id), tenantOf(tenant)])),
  };
}

function invocationOf(invocation: LiveInvocation, inTime: boolean): Itf {
  const { tenant, askedClass, degraded, attempt, phase, shard, machine, ageMs } = invocation;
  const { demand, resident, swapped, inFlight, fresh, cpuMs, mbMs, callee } = invocation;
  return {
    function: invocation.function,
    tenant: whole(tenant),
    phase,
    class: whole(invocation.class),
    askedClass: whole(askedClass),
    degraded,
    attempt: whole(attempt),
    shard: whole(shard),
    machine: optional(machine),
    ageMs: whole(ageMs),
    demandMb: whole(demand),
    residentMb: whole(resident),
    ...(inTime ? { swappedMb: whole(swapped), inFlightMb: whole(inFlight), freshMb: whole(fresh) } : {}),
    cpuMs: whole(cpuMs),
    mbMs: whole(mbMs),
    waitsFor: optional(callee),
  };
}

function machineOf(machine: MachineThen, inTime: boolean): Itf {
  const { availability, cores, ram, swap, antagonist, transfer, live, entry } = machine;
  return {
    availability,
    cores: whole(cores),
    ramMb: whole(ram),
    swapMb: whole(swap),
    antagonistMb: whole(antagonist),
    ...(inTime ? { transfer: transfer === null ? NONE : some(inFlightOf(transfer)) } : {}),
    live: live.map(whole),
    entry: entry === null ? NONE : some(recordOf(Object.entries(entry))),
  };
}

/** A chunk in flight. One whose owner was killed has neither an owner nor a direction. */
function inFlightOf({ id, way, mb }: TransferThen): Itf {
  return { owner: optional(id), way, memoryMb: whole(mb) };
}

function idleListOf({ listed }: ShardThen): Itf {
  return { '#set': listed.map(whole) };
}

/** Money, in pico-cents. */
function tenantOf({ budget, period, spent }: TenantThen): Itf {
  return { budget: optional(budget), periodMs: whole(period), spent: whole(spent) };
}

/** A decision, and whether it had its effect. */
function decisionOf({ decision, mark }: MarkedDecision): Itf {
  // A machine that is taken from an idle list was not polled: the set is empty, so that the fields are the same.
  const fields = decision.type === 'place' && decision.via === 'idle-list' ? { polled: [] } : {};
  return { mark, decision: variantOf({ ...decision, ...fields }) };
}

/** A stimulus or a decision: its type is the tag, its fields are the value. */
function variantOf({ type, ...fields }: { readonly type: string }): Itf {
  const entries = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
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
  throw new InputError(`--itf: ${JSON.stringify(value)} cannot occur in a trace`);
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

function violationOf({
  property,
  rule,
  step,
  entity,
  message,
  falls,
}: NonNullable<Film['recording']['finding']>): object {
  return { property, rule, step, entity, message, falls };
}
