import type { Configuration } from '../../../model/configuration.ts';
import type { Invocation } from '../../../model/entities.ts';
import { PHASE } from '../../../model/table.ts';
import type { Checker } from '../../checkers/checker.ts';
import { type PeerPromise, promised } from './promise.ts';
import { Runs } from './runs.ts';

const PROPERTY = 'edf-earliest-deadline-first';

/**
 * Price-weighted EDF: nobody is placed while one whose deadline is earlier is queued, at whatever shard. A deadline is the
 * arrival, plus what is expected of a run times the highest price over its own.
 *
 * @param truthMs how long each runs in all, by id, where that is known; elsewhere its function's recent runs are expected.
 */
export function edfEarliestDeadlineFirst(
  { classes }: Configuration,
  truthMs: ReadonlyMap<number, number> = new Map(),
): Checker {
  const runs = new Runs();
  const deadlines = new Map<number, number>();
  const highestPrice = classes.at(-1)!.price;

  function deadlineOf({ id, class: priceClass }: Invocation): number {
    const known = deadlines.get(id);
    if (known !== undefined) return known;
    const expectedMs = truthMs.get(id) ?? runs.predictedMs(id);
    const deadlineMs = runs.arrivedAt(id) + (expectedMs * highestPrice) / classes[priceClass]!.price;
    deadlines.set(id, deadlineMs);
    return deadlineMs;
  }

  return {
    property: PROPERTY,
    check(state, step, met) {
      runs.follow(step);
      const queued = state.byPhase[PHASE.queued]!;
      // A deadline is fixed when one arrives: what its function runs later changes nothing.
      for (const waits of queued) deadlineOf(waits);
      for (const { invocation: placed } of state.due.placed) {
        const placedMs = deadlineOf(placed);
        for (const waits of queued) {
          met(PROPERTY);
          const waitsMs = deadlineOf(waits);
          if (waitsMs >= placedMs) continue;
          return {
            property: PROPERTY,
            entity: `invocation ${placed.id}`,
            message: `invocation ${placed.id} (deadline ${placedMs} ms) is placed, and invocation ${waits.id} (deadline ${waitsMs} ms) stays queued`,
          };
        }
      }
      return null;
    },
  };
}

export const edfEarliestDeadline: PeerPromise = {
  property: promised({
    id: 'edf-earliest-deadline-first',
    name: 'EDF: the earliest deadline first',
    peer: 'edf',
    sentence:
      'Nobody is placed while one with an earlier deadline stays queued, at whatever shard. A deadline is the time of arrival, plus what the run is expected to take, times the highest price over its own: the truth where that is known, as in a simulation, and elsewhere the mean of the last 8 runs of the function that had completed before it arrived, in whole ms, and 0 before there were any.',
    premise: 'somebody is placed while another is queued',
    judgedIn: 'properties/on-request/peers/edf.ts',
  }),
  create: (config) => edfEarliestDeadlineFirst(config),
};
