import { availableRam, type Machine, usableRam } from '../../model/entities.ts';
import { idleListTrue } from '../../model/rules/idle-lists.ts';
import { MACHINE_OBLIGATIONS, STEP_OBLIGATIONS } from '../../model/rules/index.ts';
import { earlierVictim, killVictim } from '../../model/rules/memory.ts';
import { EVERY_RULE } from '../../model/rules/rule-set.ts';
import { isSampleOf } from '../../model/rules/sample.ts';
import type { State } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';
import { createGenerator, nextBelow } from '../../reference-impl/random.ts';

/**
 * What the obligations say of states that no permitted decision leads to, since nothing else would show it: of this
 * state with one thing in it made wrong, one after the other.
 */
export function* opinionsOfTheImpossible(state: State): Generator<unknown> {
  for (const machine of state.machines) {
    for (const _ of wronged(machine)) {
      for (const { applies, breach } of MACHINE_OBLIGATIONS) {
        yield [applies(state, machine), breach(state, machine)];
      }
      yield mayList(state, machine);
      yield killVictim(machine)?.invocation.id ?? null;
      yield machine.live.map((invocation) => earlierVictim(machine, invocation)?.id);
    }
  }
  for (const _ of wrongedSteps(state)) {
    for (const { applies, breach } of STEP_OBLIGATIONS) yield [applies(state), breach(state)];
  }
}

/** Makes one thing on a machine wrong at a time, and right again after it was looked at. */
function* wronged(machine: Machine): Generator<void> {
  for (const invocation of machine.live) {
    const { phase } = invocation;
    for (const other of [PHASE.ready, PHASE.running]) {
      if (other === phase) continue;
      const more = Number(other === PHASE.running) - Number(phase === PHASE.running);
      yield* withChange(machine, () => {
        invocation.phase = other;
        machine.running += more;
        return () => {
          invocation.phase = phase;
          machine.running -= more;
        };
      });
    }
    for (const mb of [
      1,
      machine.swap + 1,
      machine.ram + machine.swap,
      usableRam(machine) - invocation.demand,
    ]) {
      yield* withChange(machine, () => {
        invocation.demand += mb;
        machine.demand += mb;
        return () => {
          invocation.demand -= mb;
          machine.demand -= mb;
        };
      });
    }
  }
}

function* withChange(machine: Machine, change: () => () => void): Generator<void> {
  const undo = change();
  machine.willRunKnown = false;
  yield;
  undo();
  machine.willRunKnown = false;
}

/** Whether a machine might be listed now: only when everything else is settled. */
function mayList(state: State, machine: Machine): boolean {
  const { entry } = machine;
  const available = availableRam(machine);
  const functions = machine.live.length;
  state.due.settled = false;
  const decision = { machine: machine.id, shard: entry?.shard ?? 0, available, functions };
  return (['relist', 'unlist'] as const).some(
    (type) =>
      entry !== null &&
      idleListTrue.permits(state, {
        decision: { ...decision, type },
        machine,
        invocation: null,
        rules: EVERY_RULE,
      }),
  );
}

/** Makes one thing that a step has done wrong at a time. */
function* wrongedSteps(state: State): Generator<void> {
  const { due } = state;
  const { placed, enqueued, root } = due;
  const live = state.byPhase.flat();
  for (const invocation of live) {
    for (const waitedMs of [0, 1, state.now - invocation.enqueuedAt]) {
      due.placed = [{ invocation, waitedMs }];
      yield;
    }
    due.placed = placed;
    const own = invocation.class;
    due.enqueued = [invocation];
    for (invocation.class = 0; invocation.class <= state.topClass; invocation.class++) yield;
    invocation.class = own;
    due.enqueued = enqueued;
    const tenant = state.tenants[invocation.tenant]!;
    const { spent, budget } = tenant;
    due.root = invocation;
    for (const more of budget === null ? [] : [-1, 0, 1]) {
      tenant.spent = budget! + more;
      yield;
    }
    tenant.spent = spent;
    due.root = root;
  }
}

/** Whether polls are samples, most of them nearly: larger ones than campaigns make. */
export function* opinionsOnSamples(): Generator<boolean> {
  const generator = createGenerator(1);
  for (let size = 0; size < 40; size++) {
    const poll = Array.from({ length: size }, (_, member) => member);
    yield isSampleOf(poll, (member) => member < size);
    yield isSampleOf(poll, (member) => member < size - 1);
    for (let round = 0; round < 4 && size > 0; round++) {
      const twice = [...poll];
      twice[nextBelow(generator, size)] = nextBelow(generator, size);
      yield isSampleOf(twice, () => true);
    }
  }
}
