import {
  DECISION_TYPES,
  type Decision,
  type DecisionType,
  OPTIONAL_DECISION_TYPES,
  type TimedStimulus,
} from './alphabet.ts';
import { availableRam, type Invocation, type Machine, swappedOf } from './entities.ts';
import { billOf } from './metering.ts';
import type { Model } from './model.ts';
import { clientOf, type OptionalState } from './optional/optional-state.ts';
import { permitted } from './permitted.ts';
import type { State } from './state.ts';
import { CLIENT, candidatesOf, EVENT, invocationTable } from './table.ts';
import { bill } from './testing.ts';
import { everybody } from './unended.ts';

/** Decisions by chance, right or wrong: for tests of what is possible, and of what no rule would accept. */

/** A number from 0 up to, not including, `bound`, by chance. */
export type Below = (bound: number) => number;

/** Chance from a seed: steps of the generator of Park and Miller, good enough to spread choices. */
export function chanceFrom(seed: number): Below {
  let draws = seed | 0;
  return (bound) => {
    draws = (Math.imul(draws, 48_271) + 11) >>> 0;
    return Math.floor((draws / 2 ** 32) * bound);
  };
}

/** Figures that are no amount of anything. */
const NO_AMOUNTS = [0, -1, 0.5, Number.NaN, 2 ** 53];

/** The phases that hear a decision about an invocation. */
const HEARERS = Object.fromEntries(
  [...DECISION_TYPES, ...OPTIONAL_DECISION_TYPES].map((type) => [
    type,
    invocationTable.states.flatMap((_, phase) =>
      candidatesOf(invocationTable, phase, EVENT[type]) === undefined ? [] : [phase],
    ),
  ]),
) as Record<DecisionType, number[]>;

/** Any decision at all: mostly one that is possible, seldom one that any rule would accept. */
export function anyDecision(state: State, below: Below): Decision {
  if (state.optional !== null && below(3) === 0) return anyOptionalDecision(state, state.optional, below);
  const type = DECISION_TYPES[below(DECISION_TYPES.length)]!;
  if (type === 'list' || type === 'relist' || type === 'unlist') return anyAboutAList(state, type, below);
  const invocation = anyInvocation(state, type, below);
  const id = invocation?.id ?? below(40);
  switch (type) {
    case 'enqueue': {
      const asked = invocation !== null && below(2) === 0;
      return {
        type,
        id,
        shard: asked ? invocation.shard : mostlyBelow(state.shards.length, below),
        class: asked ? invocation.class : mostlyBelow(state.config.classes.length, below),
        degraded: below(4) === 0,
      };
    }
    case 'place': {
      const machine = mostlyBelow(state.machines.length, below);
      const shard =
        invocation !== null && below(8) > 0 ? invocation.shard : mostlyBelow(state.shards.length, below);
      return below(2) === 0
        ? { type, id, shard, machine, via: 'idle-list' }
        : { type, id, shard, machine, via: 'poll', polled: anyPoll(state.machines.length, below) };
    }
    case 'allocate':
      return { type, id, memory: anyPart(invocation?.fresh ?? 0, below) };
    case 'pageOut':
    case 'pageIn': {
      const inSwap = invocation === null ? 0 : swappedOf(invocation);
      const all = type === 'pageOut' ? (invocation?.resident ?? 0) : inSwap;
      return { type, id, memory: anyPart(all, below) };
    }
    case 'kill': {
      const reason = (['memory', 'exceeds-machine', 'attempts'] as const)[below(3)]!;
      return { type, id, reason, bill: anyBill(state, invocation, below) };
    }
    case 'complete':
      return { type, id, bill: anyBill(state, invocation, below) };
    case 'wake':
      return { type, id, outcome: below(2) === 0 ? 'ok' : 'failed' };
    default:
      return { type, id };
  }
}

function anyOptionalDecision(state: State, optional: OptionalState, below: Below): Decision {
  const type = OPTIONAL_DECISION_TYPES[below(OPTIONAL_DECISION_TYPES.length)]!;
  const machine = mostlyBelow(state.machines.length, below);
  const shard = mostlyBelow(state.shards.length, below);
  switch (type) {
    case 'probe':
      return { type, shard, machine, inFlight: anyFigure(below), latencyMs: anyFigure(below) };
    case 'forget':
      return { type, shard, machine };
    case 'release': {
      const lines = [...optional.reservations];
      const [invocation, machines] = lines[below(lines.length)] ?? [];
      if (invocation === undefined || below(4) === 0) break;
      return { type, id: invocation.id, machine: [...machines!][below(machines!.size)]!.id };
    }
    case 'cancel': {
      // Few are waited for by nobody.
      const unwaited = everybody(state.invocations).filter((one) => clientOf(optional, one) === CLIENT.gone);
      const invocation = unwaited[below(unwaited.length)] ?? anyInvocation(state, type, below);
      return { type, id: invocation?.id ?? below(40), bill: anyBill(state, invocation, below) };
    }
    case 'evict':
    case 'reserve':
    case 'refuse':
      break;
  }
  const id = anyInvocation(state, type, below)?.id ?? below(40);
  return type === 'evict' ? { type, id } : { type, id, machine };
}

function anyAboutAList(state: State, type: 'list' | 'relist' | 'unlist', below: Below): Decision {
  const listed = state.machines.filter(({ entry }) => entry !== null);
  const machine = mostlyBelow(state.machines.length, below);
  const there: Machine | undefined =
    type === 'list' || below(8) === 0 ? state.machines[machine] : listed[below(listed.length)];
  const shard =
    there?.entry != null && below(8) > 0 ? there.entry.shard : mostlyBelow(state.shards.length, below);
  const common = { machine: there?.id ?? machine, shard };
  if (type === 'unlist') return { type, ...common };
  const isTrue = there !== undefined && below(2) === 0;
  const figures = {
    available: isTrue ? availableRam(there) : anyFigure(below),
    functions: isTrue ? there.live.length : anyFigure(below),
  };
  return type === 'relist'
    ? { type, ...common, ...figures }
    : { type, ...common, ...figures, polled: anyPoll(state.shards.length, below) };
}

/** One who hears the decision, mostly; else anybody, or nobody. */
function anyInvocation(state: State, type: DecisionType, below: Below): Invocation | null {
  const all =
    below(8) > 0
      ? HEARERS[type].flatMap((phase) => state.byPhase[phase]!)
      : below(2) === 0
        ? everybody(state.invocations)
        : [];
  return all[below(all.length)] ?? null;
}

/** A number below a count, mostly; else one that is too large, or negative. */
function mostlyBelow(count: number, below: Below): number {
  if (below(16) > 0) return below(count);
  return below(2) === 0 ? count + below(3) : -1 - below(3);
}

/** All of an amount or a part of it, mostly; else more than there is, or nothing that could be an amount. */
function anyPart(all: number, below: Below): number {
  const draw = below(12);
  if (draw === 0) return NO_AMOUNTS[below(NO_AMOUNTS.length)]!;
  if (draw === 1) return all + 1;
  return draw < 6 || all < 1 ? all : 1 + below(all);
}

function anyFigure(below: Below): number {
  return below(12) === 0 ? NO_AMOUNTS[below(NO_AMOUNTS.length)]! : below(20);
}

function anyBill(state: State, invocation: Invocation | null, below: Below) {
  if (invocation !== null && below(2) === 0) return billOf(state, invocation);
  return bill(below(3), below(3), below(3));
}

function anyPoll(count: number, below: Below): number[] {
  return Array.from({ length: below(count + 1) }, () => below(count));
}

/** What a test wants to see of a model that goes wherever it can. */
export interface Onlooker {
  /** Before each stimulus, `boot` too. */
  readonly onStimulus?: (timed: TimedStimulus) => void;
  /** After each stimulus, before anything is decided. */
  readonly onHappened?: () => void;
  /** After each decision. Most are possible and were applied; the others changed nothing. */
  readonly onDecision?: (decision: Decision, possible: boolean) => void;
  /** After each step, with its decisions: also those that were not possible. */
  readonly onStep?: (timed: TimedStimulus, decisions: readonly Decision[]) => void;
}

/** No step of a walk has more decisions than this. */
const MOST_DECISIONS = 12;

/** This many of the decisions that the rules would accept are looked at. */
const MOST_CHOICES = 20;

/**
 * Takes a model through a scenario that is made as it goes: after each stimulus some decisions, of which `tameness` in
 * four are decisions that the rules accept; the others may be anything.
 *
 * @throws ImpossibleStimulus when a sum leaves the safe integers.
 */
export function goAnywhere(
  model: Model,
  stimuli: Iterable<TimedStimulus>,
  tameness: number,
  below: Below,
  { onStimulus, onHappened, onDecision, onStep }: Onlooker,
): void {
  for (const timed of stimuli) {
    onStimulus?.(timed);
    model.stimulate(timed.at, timed.stimulus);
    onHappened?.();
    const decisions: Decision[] = [];
    for (let left = below(MOST_DECISIONS + 1); left > 0; left--) {
      const decision =
        (below(4) < tameness ? tameDecision(model, below) : null) ?? anyDecision(model.state, below);
      const possible = model.isPossible(decision);
      if (possible) model.apply(decision);
      decisions.push(decision);
      onDecision?.(decision, possible);
    }
    onStep?.(timed, decisions);
  }
}

function tameDecision(model: Model, below: Below): Decision | null {
  const choices: Decision[] = [];
  for (const choice of permitted(model)) {
    choices.push(choice);
    if (choices.length === MOST_CHOICES) break;
  }
  return choices[below(choices.length)] ?? null;
}
