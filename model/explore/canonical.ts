import {
  PRESENCE,
  type Snapshot,
  type SnapshotFaults,
  type SnapshotInvocation,
  STAGE,
  TRANSFER,
} from '../snapshot.ts';
import { type BoundedInstance, comeAndGo, returnToShards } from './instance.ts';

/**
 * The canonical state of a bounded instance as data: what two implementations must agree on to be in the same state, field
 * by field as docs/exploration.md lists them. What an instance does not have is left out.
 */
export interface CanonicalState {
  readonly invocations: readonly CanonicalInvocation[];
  readonly machines: readonly CanonicalMachine[];
  /** Ids, by shard and class, in the order in which they were enqueued. */
  readonly queues: readonly (readonly (readonly number[])[])[];
  readonly account?: { readonly elapsed: number; readonly spent: number };
  readonly faults?: Readonly<SnapshotFaults>;
}

export type StageName = keyof typeof STAGE;

export interface CanonicalInvocation {
  readonly phase: StageName;
  readonly class?: number;
  readonly shard?: number;
  readonly age?: number;
  readonly machine?: number;
  readonly demand?: number;
  readonly resident?: number;
  readonly swapped?: number;
  readonly caller?: number | null;
  readonly degraded?: boolean;
  readonly attempt?: number;
  readonly cpuMs?: number;
  readonly mbMs?: number;
}

export interface CanonicalMachine {
  readonly status?: keyof typeof PRESENCE;
  readonly order?: readonly number[];
  readonly entry?: { readonly shard: number; readonly available: number; readonly functions: number } | null;
  readonly antagonist?: number;
  readonly transfer?: {
    readonly owner: number | null;
    readonly direction: string;
    readonly memory: number;
  } | null;
}

const STAGE_NAMES = Object.keys(STAGE) as StageName[];
const STATUSES = Object.keys(PRESENCE) as (keyof typeof PRESENCE)[];
const DIRECTIONS = Object.keys(TRANSFER);

/** The canonical state that a snapshot of an instance is in. */
export function canonicalState(instance: BoundedInstance, snapshot: Snapshot): CanonicalState {
  const { invocations, machines, spent, faults } = snapshot;
  const { restarts = 0, budget } = instance;
  const isAdmitting = invocations.some(({ stage }) => stage === STAGE.unused);
  const elapsed = budget !== undefined && isAdmitting ? snapshot.now % budget.period : 0;
  return {
    invocations: invocations.map((_, id) => canonicalInvocation(instance, snapshot, id)),
    machines: machines.map((_, id) => canonicalMachine(instance, snapshot, id)),
    queues: Array.from({ length: instance.shards }, (_, shard) =>
      instance.prices.map((__, priceClass) =>
        inOrder(invocations, (i) => i.stage === STAGE.queued && i.shard === shard && i.class === priceClass),
      ),
    ),
    ...(budget === undefined ? {} : { account: { elapsed, spent } }),
    ...(comeAndGo(instance) || restarts > 0 ? { faults: { ...faults } } : {}),
  };
}

/** The ids of some that stand one behind the other. */
function inOrder(
  invocations: Snapshot['invocations'],
  stands: (one: SnapshotInvocation) => boolean,
): number[] {
  return invocations
    .flatMap((one, id) => (stands(one) ? [{ id, position: one.position }] : []))
    .sort((one, other) => one.position - other.position)
    .map(({ id }) => id);
}

function canonicalInvocation(instance: BoundedInstance, snapshot: Snapshot, id: number): CanonicalInvocation {
  const from = snapshot.invocations[id]!;
  const { stage, class: priceClass, shard, ageMs, machine, demand, resident, cpuMs, mbMs } = from;
  const phase = STAGE_NAMES[stage]!;
  if (stage < STAGE.queued || stage > STAGE.blocked) return { phase };
  const rest = {
    caller: from.caller < 0 ? null : from.caller,
    ...(instance.budget === undefined ? {} : { degraded: from.degraded === 1 }),
    ...((instance.maxAttempts ?? 1) === 1 ? {} : { attempt: from.attempt }),
  };
  if (stage === STAGE.queued) return { phase, class: priceClass, shard, age: ageMs, ...rest };
  return {
    ...{ phase, class: priceClass, ...(returnToShards(instance) ? { shard } : {}) },
    ...{ machine, demand, resident },
    ...(instance.paging === undefined ? {} : { swapped: swapped(snapshot, id) }),
    ...rest,
    ...(instance.maxMetered === undefined ? {} : { cpuMs, mbMs }),
  };
}

/** What is neither in RAM nor nowhere nor in flight. */
function swapped({ invocations, machines }: Snapshot, id: number): number {
  const { demand, resident, fresh, machine } = invocations[id]!;
  const { owner, transferMb } = machines[machine]!;
  return demand - resident - fresh - (owner === id ? transferMb : 0);
}

function canonicalMachine(instance: BoundedInstance, snapshot: Snapshot, id: number): CanonicalMachine {
  const from = snapshot.machines[id]!;
  const { presence, shard, available, functions, antagonist } = from;
  const status = STATUSES[presence]!;
  if (presence > PRESENCE.draining) return { status };
  const transfer = {
    owner: from.owner < 0 ? null : from.owner,
    direction: DIRECTIONS[from.disk]!,
    memory: from.transferMb,
  };
  return {
    ...(comeAndGo(instance) ? { status } : {}),
    order: inOrder(snapshot.invocations, ({ machine }) => machine === id),
    entry: shard < 0 ? null : { shard, available, functions },
    ...(instance.antagonists === undefined ? {} : { antagonist }),
    ...(instance.paging === undefined ? {} : { transfer: from.disk === TRANSFER.none ? null : transfer }),
  };
}
