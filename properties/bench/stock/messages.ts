import type { XXDecision, XXStimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import type { ChartEvent } from '../../../model/statecharts/chart.ts';
import type { Message } from './actors.ts';
import {
  killVictim,
  liveOn,
  nextToPageOut,
  overCommit,
  pressureGuards,
  ranked,
  totalResident,
  usableRam,
  willRunSet,
} from './machines.ts';
import {
  choosesLeastLoaded,
  isExactBill,
  isSpent,
  keepsListTrue,
  nextToPlace,
  owedEnqueue,
} from './rules.ts';
import type { StockInvocation, StockMachine, StockState } from './state.ts';

/** What a stimulus or a decision tells which actors, with the outcomes of the guards that their charts ask for. */

type Holds = ChartEvent['holds'];
type Audience = Partial<Pick<Message, 'invocations' | 'images' | 'machines'>>;

function message(type: ChartEvent['type'], audience: Audience, holds: Holds): Message {
  const event: ChartEvent = { type, holds: { always: true, possible: true, ...holds } };
  return { event, invocations: [], images: [], machines: [], ...audience };
}

/** What a stimulus tells the actors; null: nobody hears it. What it names exists, and new ones have their actors. */
export function messageOfStimulus(state: StockState, stimulus: XXStimulus): Message | null {
  const { type } = stimulus;
  switch (type) {
    case 'boot':
      return message(type, { machines: state.machines.map((_, id) => id) }, {});
    case 'submit':
      return message(type, { invocations: [stimulus.id] }, {});
    case 'call':
      return message(type, { invocations: [stimulus.caller, stimulus.id] }, {});
    case 'finish':
      return message(type, { invocations: [stimulus.id] }, {});
    case 'resize': {
      const { id, demand } = stimulus;
      const machineId = state.invocations[id]?.machine ?? null;
      if (machineId === null) return message(type, { invocations: [id] }, {});
      const machine = state.machines[machineId]!;
      const demands = liveOn(state, machine).map((one) => (one.id === id ? demand : one.demand));
      const audience = { invocations: [id], images: [id], machines: [machineId] };
      return message(type, audience, pressureGuards(machine, demands));
    }
    case 'antagonist': {
      const machine = state.machines[stimulus.machine]!;
      const pressed = { ...machine, antagonist: stimulus.memory };
      return message(
        type,
        { machines: [stimulus.machine] },
        pressureGuards(pressed, demandsOn(state, machine)),
      );
    }
    case 'join':
      return message(type, { machines: [stimulus.machine] }, {});
    case 'drain': {
      const empty = state.machines[stimulus.machine]!.live.length === 0;
      return message(type, { machines: [stimulus.machine] }, { 'holds-live': !empty, 'is-empty': empty });
    }
    case 'crash': {
      const { live } = state.machines[stimulus.machine]!;
      return message(type, { invocations: live, images: live, machines: [stimulus.machine] }, {});
    }
    case 'restart': {
      const listed = state.machines.flatMap(({ entry }, id) => (entry?.shard === stimulus.shard ? [id] : []));
      return message(type, { machines: listed }, {});
    }
    case 'paged':
    case 'turn':
    case 'tick':
      return null;
  }
}

/**
 * What a decision tells the actors; null: it names what does not exist.
 *
 * @param everythingElseIsSettled asked only for decisions about idle lists.
 */
export function messageOfDecision(
  config: Configuration,
  state: StockState,
  decision: XXDecision,
  everythingElseIsSettled: () => boolean,
): Message | null {
  const { type } = decision;
  if (type === 'list' || type === 'relist' || type === 'unlist') {
    const holds = keepsListTrue(config, state, decision) && everythingElseIsSettled();
    return message(type, { machines: [decision.machine] }, { 'idle-list-true': holds });
  }
  const invocation = state.invocations[decision.id];
  if (invocation === undefined) return null;
  const { id } = invocation;
  switch (type) {
    case 'enqueue': {
      const owed = owedEnqueue(config, state, invocation);
      const holds =
        decision.shard === invocation.shard &&
        decision.class === owed?.class &&
        decision.degraded === owed.degraded;
      return message(type, { invocations: [id] }, { admit: holds });
    }
    case 'allocate':
      return null;
    case 'throttle': {
      const holds = state.due.subject === id && isSpent(config, state, invocation.tenant);
      return message(type, { invocations: [id] }, { admit: holds });
    }
    case 'place':
      return messageOfPlacement(config, state, decision);
    case 'complete':
    case 'kill':
      return messageOfEnd(config, state, decision, invocation);
    case 'wake': {
      const { waking, outcome } = state.due;
      return message(
        type,
        { invocations: [id] },
        { 'wake-caller': waking === id && outcome === decision.outcome },
      );
    }
    default:
      return invocation.machine === null
        ? null
        : messageOfSettling(state, decision, invocation, invocation.machine);
  }
}

function messageOfPlacement(
  config: Configuration,
  state: StockState,
  decision: Extract<XXDecision, { type: 'place' }>,
): Message | null {
  const { id, machine: machineId, shard } = decision;
  const machine = state.machines[machineId];
  const isItsTurn = state.due.answer === 'turn' && shard === state.due.shard;
  // A region of the chart that hears of a placement must not be asked about one that the rules refuse.
  if (machine === undefined || !choosesLeastLoaded(config, state, decision)) return null;
  return message(
    'place',
    { invocations: [id], images: [id], machines: [machineId] },
    {
      'place-greatest': isItsTurn && nextToPlace(config, state, shard) === id,
      'place-least-loaded': true,
      'placed-from-this-entry': decision.via === 'idle-list',
      ...pressureGuards(machine, [...demandsOn(state, machine), config.initialMemory]),
    },
  );
}

function messageOfEnd(
  config: Configuration,
  state: StockState,
  decision: Extract<XXDecision, { type: 'complete' | 'kill' }>,
  invocation: StockInvocation,
): Message {
  const { id, machine: machineId } = invocation;
  const { due } = state;
  const audience = { invocations: [id], images: [id] };
  const holds: Holds = {
    'bill-exact': isExactBill(config, state, invocation, decision.bill),
  };
  if (machineId === null) {
    const isNext = due.lost[0] === id && invocation.attempt >= config.maxAttempts;
    holds['attempts-exhausted'] = decision.type === 'kill' && decision.reason === 'attempts' && isNext;
    return message(decision.type, audience, holds);
  }
  const machine = state.machines[machineId]!;
  const live = liveOn(state, machine);
  const victim = decision.type === 'kill' ? killVictim(machine, ranked(live)) : null;
  const others = live.filter((other) => other !== invocation);
  return message(
    decision.type,
    { ...audience, machines: [machineId] },
    {
      ...holds,
      'kill-iff': decision.type === 'kill' && victim?.id === id && victim.reason === decision.reason,
      'leaves-others': others.length > 0,
      'leaves-it-empty': others.length === 0,
      ...pressureGuards(
        machine,
        others.map(({ demand }) => demand),
      ),
    },
  );
}

function messageOfSettling(
  state: StockState,
  decision: Extract<XXDecision, { type: 'start' | 'preempt' | 'pageOut' | 'pageIn' }>,
  invocation: StockInvocation,
  machineId: number,
): Message {
  const { id, demand, resident } = invocation;
  const machine = state.machines[machineId]!;
  const live = liveOn(state, machine);
  const byRank = ranked(live);
  const willRun = willRunSet(machine, byRank);
  const chosen = willRun.includes(invocation);
  switch (decision.type) {
    case 'start': {
      const running = live.filter(({ phase }) => phase === 'running').length;
      const holds = chosen && resident === demand && running < machine.cores;
      return message('start', { invocations: [id], images: [id] }, { 'start-highest': holds });
    }
    case 'preempt':
      return message('preempt', { invocations: [id] }, { 'preempt-outranked': !chosen });
    case 'pageOut': {
      const { memory } = decision;
      const holds =
        memory >= 1 &&
        memory <= resident &&
        memory <= overCommit(machine, live, willRun) &&
        nextToPageOut(machine, byRank, willRun) === invocation;
      return message(
        'pageOut',
        { invocations: [id], images: [id], machines: [machineId] },
        { 'page-out-lowest': holds, 'leaves-some': memory < resident, 'takes-all': memory === resident },
      );
    }
    case 'pageIn': {
      const { memory } = decision;
      const lacks = demand - resident;
      const hasRoom = totalResident(live) + memory <= usableRam(machine);
      return message(
        'pageIn',
        { invocations: [id], images: [id], machines: [machineId] },
        {
          'page-in-to-run': memory >= 1 && memory <= lacks && chosen && hasRoom,
          'lacks-more': memory < lacks,
          'brings-all': memory === lacks,
        },
      );
    }
  }
}

function demandsOn(state: StockState, machine: StockMachine): number[] {
  return liveOn(state, machine).map(({ demand }) => demand);
}
