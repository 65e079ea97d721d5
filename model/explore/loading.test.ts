import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { emptyTally } from '../coverage.ts';
import type { Invocation } from '../entities.ts';
import { permitted } from '../permitted.ts';
import type { State } from '../state.ts';
import { everybody } from '../unended.ts';
import { eachId } from '../used-ids.ts';
import { Workbench } from './expander.ts';
import { type BoundedInstance, QUOTED_INSTANCE } from './instance.ts';
import { ModelExpander } from './model-expander.ts';
import { search } from './search.ts';
import type { Visited } from './visited.ts';

const DEFAULT: BoundedInstance = { ...QUOTED_INSTANCE, machines: 1, cores: 2, kMachines: 1, maxDemand: 2 };
const EVERYTHING: BoundedInstance = {
  ...{ ...QUOTED_INSTANCE, invocations: 2, machines: 1, kMachines: 2, maxDemand: 2, maxAge: 1, shrink: true },
  ...{ crashes: 1, maxAttempts: 2, drains: 1, joins: 1, restarts: 1, antagonists: [0, 2] },
  ...{ budget: { amount: 3, period: 2, burstPercent: 50 }, maxMetered: 1, memoryPrice: 1 },
};

describe.each([
  ['as by default', DEFAULT, 12],
  ['with everything', EVERYTHING, 30],
])('a model that is put into one state after the other, %s', async (_, instance, most) => {
  // All that may happen makes many states; those that are reached first and last have most of it.
  const goOn = async ({ states }: { states: number }): Promise<boolean> => states < 20_000;
  const { visited } = await search(new ModelExpander(instance), { goOn });
  /** A state to load, and how a step out of it goes: by which stimulus, and how many decisions it takes before it is left. */
  const visits = fc.array(
    fc.record({ state: fc.nat(visited.size - 1), stimulus: fc.nat(most), decisions: fc.nat(4) }),
    { minLength: 1, maxLength: 12 },
  );

  property.prop([visits])('is in each as one that was in no other, wherever it was left', (all) => {
    const workbench = booted(instance);
    for (const { state, stimulus, decisions } of all) {
      load(workbench, visited, state);
      const fresh = booted(instance);
      load(fresh, visited, state);
      expect(imageOf(workbench.judge.state)).toEqual(imageOf(fresh.judge.state));
      leaveBy(workbench, stimulus, decisions);
    }
  });
});

function booted(instance: BoundedInstance): Workbench {
  const workbench = new Workbench(instance, emptyTally());
  workbench.judge.step(0, { type: 'boot' }, []);
  return workbench;
}

function load(workbench: Workbench, visited: Visited, state: number): void {
  workbench.enter(visited.blockOf(state), visited.offsetOf(state));
  workbench.load();
}

/** Begins a step and does not end it. */
function leaveBy({ enabled, here, judge: { model } }: Workbench, index: number, decisions: number): void {
  if (enabled.length === 0) return;
  const { afterMs, stimulus } = enabled[index % enabled.length]!;
  model.stimulate(here.now + afterMs, stimulus);
  for (let count = 0; count < decisions; count++) {
    const [decision] = permitted(model);
    if (decision === undefined) return;
    model.examine(decision);
    model.apply(decision);
  }
}

/** All that steps go by, with ids in the place of references. */
function imageOf(state: State) {
  const { now, counts, byPhase, byAvailability, invocations, usedIds, machines, shards, tenants, due } =
    state;
  return {
    now,
    counts: { ...counts },
    usedIds: [...eachId(usedIds)].sort(),
    due: { waking: idsOf(due.waking), exhausted: due.exhausted },
    phases: byPhase.map((bucket) => idsOf(bucket).sort()),
    isFiled: byPhase.every((bucket) => bucket.every(({ position }, index) => position === index)),
    invocations: everybody(invocations).map(
      ({
        caller,
        callee,
        calleeOutcome,
        machine,
        position,
        lastPhaseChange,
        lastImageChange,
        ...figures
      }) => ({
        ...figures,
        caller: caller?.id,
        callee: callee?.id,
        machine: machine?.id,
      }),
    ),
    machines: machines.map(
      ({ id, listing, pressure, live, demand, resident, running, entry, willRunKnown, ...rest }) => ({
        ...{ id, listing, pressure, demand, resident, running, entry, willRunKnown },
        ...{ availability: rest.availability, antagonist: rest.antagonist, ram: rest.ram, disk: rest.disk },
        live: idsOf(live),
      }),
    ),
    isFiledMachine: byAvailability.map((bucket) => bucket.map(({ id }) => id).sort()),
    tenants: tenants.map((tenant) => ({ ...tenant })),
    shards: shards.map(({ queues, queued, listed, entriesByFunctions }) => ({
      queues: queues.map(({ items, head }) => idsOf(items.slice(head))),
      queued,
      listed: [...listed].map(({ id }) => id).sort(),
      entries: entriesByFunctions.flatMap((count, functions) => (count > 0 ? [[functions, count]] : [])),
    })),
  };
}

function idsOf(invocations: readonly Invocation[]): number[] {
  return invocations.map(({ id }) => id);
}
