import type { Stimulus } from '../../model/alphabet.ts';
import { pagingLeft } from '../../model/run-set.ts';
import type { State } from '../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../model/table.ts';

/**
 * How a run is brought to its end: nothing more is submitted, antagonists leave, a machine joins if none is up, transfers end, running
 * invocations finish, and shards take their turns. Each stimulus is chosen to end or place an invocation.
 *
 * @returns the next stimulus; `done` when everybody has ended; `stuck` when something is live and nothing can happen.
 */
export function drainingStimulus(state: State): Stimulus | 'done' | 'stuck' {
  if (state.invocations.size === 0) return 'done';
  for (const availability of [AVAILABILITY.up, AVAILABILITY.draining]) {
    for (const machine of state.byAvailability[availability]!) {
      if (machine.antagonist > 0) return { type: 'antagonist', machine: machine.id, memory: 0 };
    }
  }
  const [working] = state.transferring;
  if (working !== undefined) return { type: 'paged', machine: working.id };
  const runs = state.byPhase[PHASE.running]![0];
  if (runs !== undefined) return { type: 'finish', id: runs.id };
  const queued = state.byPhase[PHASE.queued]![0];
  if (queued === undefined) return 'stuck';
  if (state.byAvailability[AVAILABILITY.up]!.length === 0) {
    const { cores, ram, swap } = state.config.machines[0]!;
    return { type: 'join', machine: state.machines.length, cores, ram, swap };
  }
  return { type: 'turn', shard: queued.shard };
}

/**
 * No drain takes more stimuli, apart from `paged`: every antagonist leaves once, everybody is placed once and ends once, and
 * one joins.
 */
export function mostDrainingSteps(state: State): number {
  return state.machines.length + 2 * state.invocations.size + 1;
}

/** No more transfers end in a row before every machine is at rest: where paging takes time each is worth its MB. */
export function mostTransfers({ machines }: State): number {
  return machines.reduce((sum, machine) => sum + 1 + pagingLeft(machine), 0);
}
