import type { Stimulus } from '../../model/alphabet.ts';
import { counted } from '../../model/counted.ts';
import { availableRam, type Invocation, type Machine, ramHeldFor } from '../../model/entities.ts';
import { showText } from '../../model/format/show.ts';
import type { State, TenantAccount } from '../../model/state.ts';
import { availabilityTable } from '../../model/table.ts';
import { invocationOf } from '../../model/unended.ts';
import { isUsed } from '../../model/used-ids.ts';
import { className, clippedList, phaseName } from '../../model/words.ts';
import { diskWords } from './disk.ts';
import { lineWords, poolWords, waitingWords } from './optional-words.ts';
import { meteredNow, spentNow } from './spending.ts';

/** Whom a verdict is about, as verdicts name them: `invocation 2`, `machine 0`, `shard 1`, `tenant 0`. */
export interface Entity {
  readonly kind: 'invocation' | 'machine' | 'shard' | 'tenant';
  readonly id: number;
}

/** The entity of a finding; null when it is the scenario as a whole. */
export function entityOf(name: string): Entity | null {
  const [, kind, id] = /^(invocation|machine|shard|tenant) (\d+)$/.exec(name) ?? [];
  return kind === undefined ? null : { kind: kind as Entity['kind'], id: Number(id) };
}

/** All that is known of an entity in a state: sentences of one line each. */
export function entityWords(state: State, { kind, id }: Entity): string[] {
  switch (kind) {
    case 'invocation': {
      const invocation = invocationOf(state.invocations, id);
      if (invocation !== undefined) return invocationWords(state, invocation);
      return [`invocation ${id} ${isUsed(state.usedIds, id) ? 'has ended' : 'was never submitted'}`];
    }
    case 'machine': {
      const machine = state.machines[id];
      return machine === undefined ? [`there is no machine ${id}`] : machineWords(state, machine);
    }
    case 'shard': {
      const shard = state.shards[id];
      if (shard === undefined) return [`there is no shard ${id}`];
      return [
        `shard ${id}: ${shard.queued} queued, ${counted(shard.listed.size, 'machine')} on its idle list`,
        ...poolWords(state, id),
      ];
    }
    case 'tenant': {
      const tenant = state.tenants[id];
      return [tenant === undefined ? `there is no tenant ${id}` : tenantWords(state, tenant, id)];
    }
  }
}

/** Where an entity is to be seen. */
export interface Place {
  readonly machine: number | null;
  readonly shard: number | null;
  readonly tenant: number | null;
}

export function placeOf(state: State, entity: Entity | null): Place {
  const nowhere = { machine: null, shard: null, tenant: null };
  if (entity === null) return nowhere;
  const { kind, id } = entity;
  if (kind === 'shard' || kind === 'tenant') return { ...nowhere, [kind]: id };
  if (kind === 'machine') {
    return { ...nowhere, machine: id, shard: state.machines[id]?.entry?.shard ?? null };
  }
  const invocation = invocationOf(state.invocations, id);
  if (invocation === undefined) return nowhere;
  const { machine, shard, tenant } = invocation;
  return { machine: machine?.id ?? null, shard, tenant };
}

/** Whom a stimulus is about. */
export function mentionedIn(stimulus: Stimulus): Entity | null {
  if ('machine' in stimulus) return { kind: 'machine', id: stimulus.machine };
  if ('id' in stimulus) return { kind: 'invocation', id: stimulus.id };
  return 'shard' in stimulus ? { kind: 'shard', id: stimulus.shard } : null;
}

/** What a tenant has spent, and of what. */
export function tenantWords(state: State, tenant: TenantAccount, id: number): string {
  if (tenant.budget === null) return `tenant ${id} has no budget`;
  const { budget, period, burstPercent } = tenant;
  const spent = spentNow(state, tenant);
  return `tenant ${id} has spent ${spent} of ${budget} pico-cents, ${state.now % period} ms into a period of ${period} ms (${burstPercent} % may be spent ahead)`;
}

function invocationWords(state: State, invocation: Invocation): string[] {
  const { id, tenant, askedClass, degraded, attempt, demand, machine, shard } = invocation;
  const { cpuMs, mbMs } = meteredNow(state, invocation);
  const asked = invocation.class === askedClass ? '' : `, asked for ${className(state, askedClass)}`;
  const where = machine === null ? `shard ${shard}` : `on machine ${machine.id}, from shard ${shard}`;
  const waits = phaseName(invocation) === 'queued' ? ` for ${state.now - invocation.enqueuedAt} ms` : '';
  const kin = [
    ...(invocation.caller === null ? [] : [`called by ${invocation.caller.id}`]),
    ...(invocation.callee === null ? [] : [`waits for ${invocation.callee.id}`]),
  ];
  return [
    `invocation ${id}: function ${showText(invocation.function)}, tenant ${tenant}, class ${className(state, invocation.class)}${degraded ? ', degraded' : ''}${asked}`,
    `phase ${phaseName(invocation)}${waits}, ${where}, attempt ${attempt}${kin.map((one) => `, ${one}`).join('')}`,
    ...(machine === null
      ? []
      : [
          `it holds ${ramHeldFor(invocation)} MB of ${demand} MB in RAM${elsewhere(invocation)}; its bill so far: cpuMs ${cpuMs}, mbMs ${mbMs}`,
        ]),
    ...waitingWords(state, invocation),
  ];
}

/** What of an invocation is in flight or nowhere yet, where paging takes time. */
function elsewhere({ inFlight, fresh }: Invocation): string {
  return `${inFlight > 0 ? `, ${inFlight} MB of them in flight` : ''}${fresh > 0 ? `, and has asked for ${fresh} MB that are nowhere yet` : ''}`;
}

function machineWords(state: State, machine: Machine): string[] {
  const { config } = state;
  const { id, cores, running, ram, swap, antagonist, demand, resident, live, entry } = machine;
  const { enter, leave } = config.idle;
  return [
    `machine ${id}: ${availabilityTable.states[machine.availability]}, ${running} running on ${counted(cores, 'core')}, live: ${live.length === 0 ? 'nobody' : clippedList(live.map((one) => one.id))}`,
    `it has ${ram} MB RAM${antagonist > 0 ? `, of which an antagonist takes ${Math.min(antagonist, ram)} MB,` : ''} and ${swap} MB swap; ${demand} MB are demanded, ${resident} MB of them in RAM; ${availableRam(machine)} MB are available`,
    entry === null
      ? `it is on no idle list (enters at ${enter} MB available, leaves below ${leave} MB)`
      : `shard ${entry.shard} lists it with ${entry.available} MB and ${counted(entry.functions, 'function')} (enters at ${enter} MB available, leaves below ${leave} MB)`,
    ...(config.paging === undefined ? [] : [`its disk: ${diskWords(machine)}`]),
    ...lineWords(state, machine),
  ];
}
