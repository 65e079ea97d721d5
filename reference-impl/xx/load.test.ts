import assert from 'node:assert/strict';
import { fc, test } from '@fast-check/vitest';
import { describe } from 'vitest';
import type { Decision, StimulusType } from '../../model/alphabet.ts';
import { type Snapshot, type SnapshotInvocation, STAGE, TRANSFER } from '../../model/snapshot.ts';
import { type Choice, configurationFrom, stimulusFrom } from './testing-walk.ts';
import type { InvocationView, XXView } from './view.ts';
import { createXX } from './xx.ts';

/** What happens in a bounded instance: no faults, no budgets. */
const BOUNDED: readonly StimulusType[] = [
  ...(['boot', 'submit', 'turn', 'resize', 'finish', 'call', 'tick', 'antagonist', 'paged'] as const),
];

const configurations = fc
  .array(fc.nat(10_000), { minLength: 30, maxLength: 60 })
  .map(configurationFrom)
  .map((config) => ({ ...config, kMachines: 9, kShards: 9, tenants: [{ budget: null }] }));
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
          const { at, stimulus } = stimulusFrom(config, original.state, choice);
          if (!BOUNDED.includes(stimulus.type)) continue;
          const copy = createXX({ mode });
          copy.reset(config);
          if (stimulus.type !== 'boot') copy.load(snapshotOf(original.inspect(), used));
          const decisions = original.step(at, stimulus);
          assert.deepEqual(copy.step(at, stimulus).map(withoutBill), decisions.map(withoutBill));
          if (stimulus.type === 'submit' || stimulus.type === 'call') used = stimulus.id + 1;
        }
      },
    );
  }
});

/** Nothing that was metered before is part of a snapshot. */
function withoutBill(decision: Decision): object {
  return { ...decision, bill: null };
}

function snapshotOf(view: XXView, used: number): Snapshot {
  const ended = { stage: STAGE.completed, class: 0, machine: -1, ageMs: 0, demand: 0, resident: 0, fresh: 0 };
  const invocations: SnapshotInvocation[] = Array.from({ length: used }, () => ({
    ...ended,
    caller: -1,
    position: 0,
    shard: 0,
  }));
  for (const each of view.invocations) {
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
    };
  }
  const machines = view.machines.map(({ listed, ram, usableRam, transfer }) => ({
    ...(listed ?? { shard: -1, available: 0, functions: 0 }),
    antagonist: ram - usableRam,
    disk: TRANSFER[transfer?.kind ?? 'none'],
    owner: transfer?.owner ?? -1,
    transferMb: transfer?.mb ?? 0,
  }));
  return { now: view.now, invocations, machines };
}

function positionOf(view: XXView, { id, machine, shard, class: effectiveClass }: InvocationView): number {
  const order =
    machine === null ? view.shards[shard]!.queues[effectiveClass]! : view.machines[machine]!.arrivalOrder;
  return order.indexOf(id);
}
