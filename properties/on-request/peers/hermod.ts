import type { Machine } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../../model/table.ts';
import type { Checker } from '../../checkers/checker.ts';
import { type PeerPromise, promised } from './promise.ts';

const PROPERTY = 'hermod-least-loaded-of-k';

/**
 * Hermod, as XX's paper has it: a shard polls k machines, or all if there are fewer, and places on the one where the fewest
 * run or wait for a core.
 */
const CHECKER: Checker = {
  property: PROPERTY,
  check(state, { decisions }, met) {
    for (const decision of decisions) {
      if (decision.type !== 'place') continue;
      met(PROPERTY);
      const polled = decision.via === 'poll' ? decision.polled : [];
      const wrong = wrongPoll(state, polled) ?? wrongChoice(state, decision.machine, polled);
      if (wrong !== null) return { property: PROPERTY, entity: `invocation ${decision.id}`, message: wrong };
    }
    return null;
  },
};

function wrongPoll({ machines, config }: State, polled: readonly number[]): string | null {
  const due = Math.min(config.kMachines, machines.filter((machine) => takesOneMore(machine, config)).length);
  const asked = new Set(polled).size;
  if (asked === polled.length && asked >= due && asked <= config.kMachines) return null;
  return `${asked} of ${due} machines are polled: ${polled.join(', ')}`;
}

/** A machine whose memory would leave the safe integers cannot be polled for one more. */
function takesOneMore({ availability, demand }: Machine, { initialMemory }: State['config']): boolean {
  return availability === AVAILABILITY.up && Number.isSafeInteger(demand + initialMemory);
}

function wrongChoice({ machines }: State, chosen: number, polled: readonly number[]): string | null {
  if (!polled.includes(chosen)) return `machine ${chosen} is chosen, and was not polled`;
  // The one that was placed is there already.
  const load = loadOf(machines[chosen]!) - 1;
  const better = polled.find((id) => id !== chosen && loadOf(machines[id]!) < load);
  if (better === undefined) return null;
  return `machine ${chosen} is chosen, where ${load} run, and on machine ${better} only ${loadOf(machines[better]!)} run`;
}

function loadOf({ live }: Machine): number {
  return live.filter(({ phase }) => phase === PHASE.ready || phase === PHASE.running).length;
}

export const hermodLeastLoadedOfK: PeerPromise = {
  property: promised({
    id: 'hermod-least-loaded-of-k',
    name: 'Hermod: the least loaded of k',
    peer: 'hermod',
    sentence:
      'A shard polls as many machines as the configuration says, or all that take one more, each once, and places on the one where the fewest run or wait for a core.',
    premise: 'somebody is placed',
    judgedIn: 'properties/on-request/peers/hermod.ts',
  }),
  create: () => CHECKER,
};
