import type { Decision } from '../../../model/alphabet.ts';
import { DECISION_TEXTS } from '../../../model/decision-texts.ts';
import { availableRam, type Invocation, type Machine, swappedOf } from '../../../model/entities.ts';
import { ImpossibleStimulus } from '../../../model/input-error.ts';
import type { Judge } from '../../../model/judge.ts';
import { permitted } from '../../../model/permitted.ts';
import { owedEnqueue } from '../../../model/rules/admission.ts';
import { RULES } from '../../../model/rules/index.ts';
import { chunkOf } from '../../../model/rules/paging.ts';
import type { State } from '../../../model/state.ts';
import { AVAILABILITY } from '../../../model/table.ts';
import { invocationOf } from '../../../model/unended.ts';
import { wordsOfDecision } from '../../../model/words.ts';
import type { Entity } from '../../../properties/replay/entity.ts';
import { billNow } from './bill.ts';
import type { Still } from './film.ts';

/** What may be decided at a point of a step, what may not, and why. */

/** More permitted decisions are only counted: of a large cluster there are thousands of polls. */
const MOST_PERMITTED = 40;

export interface Option {
  /** Null: to end the step here. */
  readonly decision: Decision | null;
  readonly words: string;
  readonly isPermitted: boolean;
}

/** What is permitted, as far as it is shown, and whether there is more. */
export interface PermittedNow {
  readonly options: readonly Option[];
  readonly more: boolean;
  /** Why not all can be listed: a sum leaves the safe integers, after a vast time; null where all can. */
  readonly problem: string | null;
}

/** Everything that is permitted now. */
export function permittedNow({ judge, recorded }: Still): PermittedNow {
  const options: Option[] = [];
  try {
    for (const decision of permitted(judge.model)) {
      if (options.length === MOST_PERMITTED) return { options, more: true, problem: null };
      options.push({ decision, words: wordsOfDecision(decision), isPermitted: true });
    }
    if (recorded.decisions !== null && judge.judgeEnd(recorded.timed.stimulus) === null) options.push(END);
  } catch (error) {
    if (!(error instanceof ImpossibleStimulus)) throw error;
    return { options, more: false, problem: error.message };
  }
  return { options, more: false, problem: null };
}

const END_WORDS = 'end the step here';
const END: Option = { decision: null, words: END_WORDS, isPermitted: true };

/** What could be tried with an invocation or a machine, and is not permitted now. */
export function forbiddenNow(still: Still, entity: Entity | null): Option[] {
  const { judge, recorded } = still;
  const tried = entity === null ? [] : decisionsAbout(judge.state, entity);
  const options = tried
    .filter((decision) => isRefused(judge, decision))
    .map((decision): Option => ({ decision, words: wordsOfDecision(decision), isPermitted: false }));
  if (recorded.decisions === null || !mayNotEnd(still)) return options;
  return [...options, { decision: null, words: END_WORDS, isPermitted: false }];
}

/** Whether the step may not end here, as far as that can be said. */
function mayNotEnd({ judge, recorded }: Still): boolean {
  try {
    return judge.judgeEnd(recorded.timed.stimulus) !== null;
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return false;
    throw error;
  }
}

/** What cannot be considered, since a sum of it leaves the safe integers, is left out. */
function isRefused(judge: Judge, decision: Decision): boolean {
  try {
    return judge.consider(decision) !== null;
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return false;
    throw error;
  }
}

export interface Explanation {
  readonly isPermitted: boolean;
  readonly text: string;
  /** The rule that refuses it; null when it is permitted. */
  readonly rule: { readonly id: string; readonly sentence: string; readonly section: string } | null;
}

/** Why a decision is refused, with the numbers; or, if it is permitted, what it would do. */
export function explained({ judge, recorded }: Still, { decision }: Option): Explanation {
  let violation: ReturnType<Judge['consider']>;
  try {
    violation = verdictOn(judge, decision, recorded.timed.stimulus);
  } catch (error) {
    if (!(error instanceof ImpossibleStimulus)) throw error;
    return { isPermitted: false, text: `That cannot be judged: ${error.message}.`, rule: null };
  }
  if (violation === null) {
    if (decision === null)
      return { isPermitted: true, text: 'Nothing is owed: the step may end here.', rule: null };
    const { meaning, effect } = DECISION_TEXTS[decision.type];
    return { isPermitted: true, text: `Permitted. ${[meaning, ...effect].join(' ')}`, rule: null };
  }
  const { id, sentence, section } = RULES.find((rule) => rule.id === violation.rule)!;
  return { isPermitted: false, text: violation.message, rule: { id, sentence, section } };
}

function verdictOn(
  judge: Judge,
  decision: Decision | null,
  stimulus: Still['recorded']['timed']['stimulus'],
): ReturnType<Judge['consider']> {
  return decision === null ? judge.judgeEnd(stimulus) : judge.consider(decision);
}

/** One decision of each kind about an entity, with the figures that it would have to have. */
export function decisionsAbout(state: State, { kind, id }: Entity): Decision[] {
  if (kind === 'invocation') {
    const invocation = invocationOf(state.invocations, id);
    return invocation === undefined ? [{ type: 'start', id }] : ofInvocation(state, invocation);
  }
  const machine = kind === 'machine' ? state.machines[id] : undefined;
  return machine === undefined ? [] : ofMachine(state, machine);
}

/** Placements on more machines than these are not offered: what refuses them is the same. */
const MOST_MACHINES = 4;

function ofInvocation(state: State, invocation: Invocation): Decision[] {
  const { id, shard, resident, fresh } = invocation;
  const chunkMb = chunkOf(state);
  const mostOf = (memory: number): number => Math.min(chunkMb, Math.max(1, memory));
  const owed = owedEnqueue(state, invocation) ?? { class: invocation.class, degraded: invocation.degraded };
  const bill = billNow(state, invocation);
  return [
    ...placements(state, invocation),
    { type: 'start', id },
    { type: 'preempt', id },
    ...(state.config.paging === undefined
      ? []
      : [{ type: 'allocate', id, memory: Math.max(1, fresh) } as const]),
    { type: 'pageOut', id, memory: mostOf(resident) },
    { type: 'pageIn', id, memory: mostOf(swappedOf(invocation)) },
    ...(bill === null ? [] : ([{ type: 'kill', id, reason: 'memory', bill }] as const)),
    ...(bill === null ? [] : ([{ type: 'complete', id, bill }] as const)),
    { type: 'wake', id, outcome: invocation.calleeOutcome },
    { type: 'enqueue', id, shard, class: owed.class, degraded: owed.degraded },
    { type: 'throttle', id },
  ];
}

function placements(state: State, { id, shard }: Invocation): Decision[] {
  const up = state.byAvailability[AVAILABILITY.up]!.map((machine) => machine.id).sort((a, b) => a - b);
  const isListed = (state.shards[shard]?.listed.size ?? 0) > 0;
  return state.machines.slice(0, MOST_MACHINES).map(({ id: machine }): Decision => {
    const place = { type: 'place', id, shard, machine } as const;
    if (isListed) return { ...place, via: 'idle-list' };
    const others = up.filter((other) => other !== machine);
    return {
      ...place,
      via: 'poll',
      polled: [machine, ...others].slice(0, state.config.kMachines).sort((a, b) => a - b),
    };
  });
}

function ofMachine(state: State, machine: Machine): Decision[] {
  const { id, entry } = machine;
  const shard = entry?.shard ?? 0;
  const figures = { available: availableRam(machine), functions: machine.live.length };
  const polled = state.shards.map((_, index) => index).slice(0, state.config.kShards);
  return [
    { type: 'list', machine: id, shard, ...figures, polled },
    { type: 'relist', machine: id, shard, ...figures },
    { type: 'unlist', machine: id, shard },
    ...machine.live.slice(0, MOST_MACHINES).flatMap((one): Decision[] => [
      { type: 'start', id: one.id },
      { type: 'preempt', id: one.id },
    ]),
  ];
}
