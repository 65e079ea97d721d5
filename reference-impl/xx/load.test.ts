import assert from 'node:assert/strict';
import { fc, test } from '@fast-check/vitest';
import { describe } from 'vitest';
import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { PRESENCE, type Snapshot, type SnapshotInvocation, STAGE, TRANSFER } from '../../model/snapshot.ts';
import { slotOf } from '../slot-table.ts';
import { type Choice, configurationFrom, stimulusFrom } from './testing-walk.ts';
import type { InvocationView, XXView } from './view.ts';
import { createXX, type XX } from './xx.ts';

const configurations = fc
  .array(fc.nat(10_000), { minLength: 30, maxLength: 60 })
  .map(configurationFrom)
  .map((config) => ({
    ...config,
    kMachines: 9,
    kShards: 9,
    // In a bounded instance all machines are of one size, and there is one tenant.
    machines: config.machines.map(() => config.machines[0]!),
    tenants: [config.tenants[config.seed % 2]!],
  }));
const choices = fc.record<Choice>({
  kind: fc.nat(1000),
  subject: fc.nat(20),
  figure: fc.nat(30),
  detail: fc.nat(30),
  waitMs: fc.nat(3),
});
const walks = fc.array(choices, { maxLength: 60, size: 'max' });

describe('a loaded state', () => {
  for (const { mode, numRuns } of [
    { mode: 'direct', numRuns: 40 } as const,
    { mode: 'immer', numRuns: 10 } as const,
  ]) {
    test.prop([configurations, walks], { numRuns })(
      `takes the decisions of the state that it was taken from, in ${mode} mode`,
      (config, walk) => {
        const original = createXX();
        original.reset(config);
        let used = 0;
        for (const choice of walk) {
          const { at, stimulus } = alike(config, stimulusFrom(config, original.state, choice));
          const copy = createXX({ mode });
          copy.reset(config);
          if (stimulus.type !== 'boot') copy.load(snapshotOf(original, config, used));
          const decisions = original.step(at, stimulus);
          assert.deepEqual(copy.step(at, stimulus), decisions);
          if (stimulus.type === 'submit' || stimulus.type === 'call') used = stimulus.id + 1;
        }
      },
    );
  }
});

/** What joins is as large as what was there. */
function alike(config: Configuration, { at, stimulus }: TimedStimulus): TimedStimulus {
  return { at, stimulus: stimulus.type === 'join' ? { ...stimulus, ...config.machines[0]! } : stimulus };
}

const ENDED: SnapshotInvocation = {
  ...{ stage: STAGE.completed, class: 0, machine: -1, ageMs: 0, demand: 0, resident: 0, fresh: 0 },
  ...{ caller: -1, position: 0, shard: 0, degraded: 0, attempt: 1, cpuMs: 0, mbMs: 0 },
};

function snapshotOf(xx: XX, { tenants }: Configuration, used: number): Snapshot {
  const view = xx.inspect();
  const invocations = Array.from({ length: used }, () => ({ ...ENDED }));
  for (const each of view.invocations) {
    const { cpuMs, mbMs, meteredAt, resident, phase } =
      xx.state.invocations[slotOf(xx.state.slots, each.id)!]!;
    const unmeteredMs = each.machine === null ? 0 : view.now - meteredAt;
    invocations[each.id] = {
      stage: STAGE[each.phase],
      class: each.class,
      machine: each.machine ?? -1,
      ageMs: each.phase === 'queued' ? view.now - each.enqueuedAt : 0,
      demand: each.demand,
      resident: each.resident - each.incoming - each.outgoing,
      fresh: each.fresh,
      caller: each.caller ?? -1,
      position: positionOf(view, each),
      shard: each.shard,
      degraded: each.degraded ? 1 : 0,
      attempt: each.attempt,
      cpuMs: cpuMs + (phase === 'running' ? unmeteredMs : 0),
      mbMs: mbMs + resident * unmeteredMs,
    };
  }
  const machines = view.machines.map(({ listed, ram, usableRam, status, transfer }) => ({
    ...(listed ?? { shard: -1, available: 0, functions: 0 }),
    presence: PRESENCE[status],
    antagonist: status === 'down' ? 0 : ram - usableRam,
    disk: TRANSFER[transfer?.kind ?? 'none'],
    owner: transfer?.owner ?? -1,
    transferMb: transfer?.mb ?? 0,
  }));
  const spent = Math.min(view.tenants[0]!.spent ?? 0, tenants[0]!.budget ?? 0);
  const faults = { crashes: 0, drains: 0, joins: 0, restarts: 0 };
  return { now: view.now, invocations, machines, spent, faults };
}

function positionOf(view: XXView, { id, machine, shard, class: effectiveClass }: InvocationView): number {
  const order =
    machine === null ? view.shards[shard]!.queues[effectiveClass]! : view.machines[machine]!.arrivalOrder;
  return order.indexOf(id);
}
