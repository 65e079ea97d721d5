import type { Decision, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import type { Machine } from '../../model/entities.ts';
import { lacks, partOf } from '../../model/parts.ts';
import type { State } from '../../model/state.ts';
import { AVAILABILITY, DISK, PHASE } from '../../model/table.ts';
import { invocationOf } from '../../model/unended.ts';
import { countOfIds, eachId, isUsed } from '../../model/used-ids.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { REFUSED, writtenAnswer } from './answer.ts';
import { firstDifference } from './reruns.ts';

/** All of the impossible is offered in as many runs, a part in each: a refusal costs as much as several steps. */
const PARTS = 5;

/** A part of what is impossible in a state, which depends on the state. */
export function someImpossibleStimuli(state: State): TimedStimulus[] {
  const lot = countOfIds(state.usedIds) + state.now;
  return impossibleStimuli(state).filter((_, index) => (index + lot) % PARTS === 0);
}

/** Stimuli that are impossible in a state: a scheduler must refuse them, and then go on as if it had not been asked. */
export function impossibleStimuli(state: State): TimedStimulus[] {
  const { now: at } = state;
  const stimuli = [
    { type: 'boot' } as const,
    ...unheardByInvocations(state),
    ...unheardByMachines(state),
    ...beyondRange(state),
    ...untimely(state),
    ...unpaged(state),
  ];
  const leftOut = new Set(state.config.without?.flatMap((id) => partOf(id).stimuli));
  const timed = stimuli
    .filter(({ type }) => !leftOut.has(type))
    .map((stimulus): TimedStimulus => ({ at, stimulus }));
  // So late that a fraction of a ms cannot be said, there is still a time that is beyond all others.
  const noTime = Number.isInteger(at + 0.5) ? Number.MAX_SAFE_INTEGER + 1 : at + 0.5;
  timed.push({ at: noTime, stimulus: { type: 'tick' } });
  if (at > 0) timed.push({ at: at - 1, stimulus: { type: 'tick' } });
  return timed;
}

/**
 * Stimuli that only a running invocation hears, for one invocation of each other kind: queued, ready, blocked, ended,
 * unknown.
 */
function unheardByInvocations(state: State): Stimulus[] {
  const fresh = unusedId(state);
  const deaf = [PHASE.queued, PHASE.ready, PHASE.blocked].flatMap((phase) => {
    const one = state.byPhase[phase]![0];
    return one === undefined ? [] : [one.id];
  });
  const ended = endedId(state);
  if (ended !== null) deaf.push(ended);
  deaf.push(fresh);
  return deaf.flatMap((id): Stimulus[] => [
    { type: 'finish', id },
    { type: 'resize', id, demand: 1 },
    { type: 'call', caller: id, id: fresh + (id === fresh ? 1 : 0), function: 'f', class: 0, shard: 0 },
  ]);
}

function unheardByMachines(state: State): Stimulus[] {
  const one = (availability: number): Machine | undefined => state.byAvailability[availability]![0];
  const size = { cores: 1, ram: 1, swap: 0 };
  const next = state.machines.length;
  const stimuli: Stimulus[] = [
    { type: 'drain', machine: next },
    { type: 'crash', machine: next },
    { type: 'antagonist', machine: next, memory: 0 },
    { type: 'join', machine: next + 1, ...size },
    { type: 'join', machine: next, ...size, cores: 0 },
    { type: 'join', machine: next, ...size, ram: 0 },
    { type: 'join', machine: next, ...size, swap: -1 },
  ];
  const down = one(AVAILABILITY.down);
  const draining = one(AVAILABILITY.draining);
  const up = one(AVAILABILITY.up);
  if (down !== undefined) {
    stimuli.push({ type: 'drain', machine: down.id }, { type: 'crash', machine: down.id });
    stimuli.push({ type: 'antagonist', machine: down.id, memory: 0 });
  }
  if (draining !== undefined) {
    stimuli.push({ type: 'drain', machine: draining.id }, { type: 'join', machine: draining.id, ...size });
  }
  if (up !== undefined) {
    stimuli.push({ type: 'join', machine: up.id, ...size });
    stimuli.push({ type: 'antagonist', machine: up.id, memory: -1 });
  }
  return stimuli;
}

/** Timeouts of nobody, where there are timeouts. */
function untimely(state: State): Stimulus[] {
  if (state.optional?.words.has('timeouts') !== true) return [];
  const ended = endedId(state);
  return [unusedId(state), ...(ended === null ? [] : [ended])].map((id) => ({ type: 'timeout', id }));
}

/** Ends of transfers where nothing is in flight, of a machine of each kind, where paging takes time. */
function unpaged({ config, machines, byAvailability }: State): Stimulus[] {
  if (config.paging === undefined) return [];
  const idle = Object.values(AVAILABILITY).flatMap((availability) => {
    const one = byAvailability[availability]!.find(({ disk }) => disk === DISK.idle);
    return one === undefined ? [] : [one.id];
  });
  return [...idle, machines.length].map((machine) => ({ type: 'paged', machine }));
}

/** Ids that were used, and indices and amounts that there are not. */
function beyondRange(state: State): Stimulus[] {
  const { classes, tenants, shards } = state.config;
  const submit = {
    type: 'submit',
    id: unusedId(state),
    tenant: 0,
    function: 'f',
    class: 0,
    shard: 0,
  } as const;
  const stimuli: Stimulus[] = [
    { type: 'turn', shard: shards },
    { type: 'turn', shard: -1 },
    { type: 'restart', shard: shards },
    { ...submit, id: -1 },
    { ...submit, id: 0.5 },
    { ...submit, class: classes.length },
    { ...submit, tenant: tenants.length },
    { ...submit, shard: shards },
  ];
  const used = [...eachId(state.usedIds)];
  if (used.length > 0)
    stimuli.push({ ...submit, id: used[0]! }, { ...submit, id: used[state.now % used.length]! });
  const runs = state.byPhase[PHASE.running]![0];
  if (runs !== undefined) {
    const call = { ...submit, type: 'call', caller: runs.id } as const;
    stimuli.push({ type: 'resize', id: runs.id, demand: 0 }, { type: 'resize', id: runs.id, demand: 1.5 });
    stimuli.push({ ...call, id: runs.id }, { ...call, class: classes.length }, { ...call, shard: shards });
  }
  return stimuli;
}

function unusedId(state: State): number {
  let id = 0;
  while (isUsed(state.usedIds, id) || isUsed(state.usedIds, id + 1)) id++;
  return id;
}

function endedId(state: State): number | null {
  for (const id of eachId(state.usedIds)) if (invocationOf(state.invocations, id) === undefined) return id;
  return null;
}

/** Offers stimuli that are impossible; says which of them was accepted, or null. */
export function acceptsAny(scheduler: Scheduler, impossible: readonly TimedStimulus[]): TimedStimulus | null {
  for (const timed of impossible) if (accepts(scheduler, timed)) return timed;
  return null;
}

/**
 * How often a difference is played again before a refusal is blamed for it: a scheduler that decides by chance also
 * differs from itself, which is a matter of determinism.
 */
const TIMES = 4;

/** What came of offering the impossible before each step of a scenario. */
export type TraceOfRefusal =
  /** The first step (counted from 1) that differs, and how; or, if nothing says how, in which the impossible was accepted. */
  | { readonly step: number; readonly offered: TimedStimulus; readonly aftermath: Aftermath | null }
  | 'none'
  /** The scheduler does not play the same scenario alike, whatever it is offered. It may be in any state. */
  | 'differs by itself';

/**
 * Plays a scenario again, offering before each step the same stimulus spoiled so that it is impossible whatever the
 * state, and compares decisions: a refusal must leave no trace.
 */
export function firstTraceOfRefusal(
  scenario: Scenario,
  decisions: readonly (readonly Decision[])[],
  scheduler: Scheduler,
): TraceOfRefusal {
  const trace = traceOfRefusal(scenario, decisions, scheduler);
  if (trace === null) return 'none';
  for (let time = 0; time < TIMES && trace.aftermath !== null; time++) {
    if (firstDifference(scenario, decisions, scheduler) !== null) return 'differs by itself';
    if (traceOfRefusal(scenario, decisions, scheduler) === null) return 'differs by itself';
  }
  return trace;
}

function traceOfRefusal(
  { config, stimuli }: Scenario,
  decisions: readonly (readonly Decision[])[],
  scheduler: Scheduler,
): Exclude<TraceOfRefusal, string> | null {
  scheduler.reset(config);
  for (const [index, timed] of stimuli.entries()) {
    const offered = { at: timed.at, stimulus: spoiled(timed.stimulus) };
    if (index > 0 && accepts(scheduler, offered)) return { step: index + 1, offered, aftermath: null };
    const unrefused = JSON.stringify(decisions[index]);
    const refused = writtenAnswer(scheduler, timed);
    if (refused === unrefused) continue;
    return { step: index + 1, offered, aftermath: { asked: timed, unrefused, refused } };
  }
  return null;
}

/** No scenario has as many of anything. */
const TOO_MANY = 2 ** 31;

function spoiled(stimulus: Stimulus): Stimulus {
  switch (stimulus.type) {
    case 'submit':
    case 'call':
      return { ...stimulus, class: TOO_MANY };
    case 'turn':
    case 'restart':
      return { ...stimulus, shard: TOO_MANY };
    case 'resize':
      return { ...stimulus, demand: 0 };
    case 'finish':
    case 'timeout':
      return { ...stimulus, id: -1 };
    case 'antagonist':
      return { ...stimulus, memory: -1 };
    case 'join':
      return { ...stimulus, cores: 0 };
    case 'drain':
    case 'crash':
    case 'paged':
      return { ...stimulus, machine: TOO_MANY };
    case 'boot':
    case 'tick':
      return { type: 'boot' };
  }
}

/** What a scheduler answers differently since it has refused something. */
export interface Aftermath {
  readonly asked: TimedStimulus;
  /** The answers, as they would be written. */
  readonly unrefused: string;
  readonly refused: string;
}

/**
 * How a scheduler that refuses a stimulus in the middle of a step, because a sum leaves the safe integers, goes on
 * differently than if it had not been asked; null when it does not.
 */
export function aftermathOf(
  scenario: Scenario,
  refused: TimedStimulus,
  scheduler: Scheduler,
): Aftermath | null {
  const stimuli = epilogueOf(scenario);
  const play = (interlude: () => void): string[] => answersTo(stimuli, scenario, scheduler, interlude);
  const unasked = play(() => {});
  let index = -1;
  let after: string[] = [];
  for (let time = 0; time < TIMES; time++) {
    after = play(() => accepts(scheduler, refused));
    index = after.findIndex((answer, place) => answer !== unasked[place]);
    if (index < 0) return null;
    if (play(() => {}).some((answer, place) => answer !== unasked[place])) return null;
  }
  return { asked: stimuli[index]!, unrefused: unasked[index]!, refused: after[index]! };
}

/**
 * How a scheduler that has refused something goes on differently in the step after a scenario; null when it does not, or
 * not always.
 *
 * @param refused what it has answered then, as it would be written.
 */
export function aftermathIn(
  scenario: Scenario,
  asked: TimedStimulus,
  refused: string,
  scheduler: Scheduler,
): Aftermath | null {
  const answers = Array.from({ length: TIMES }, () => answersTo([asked], scenario, scheduler, () => {})[0]!);
  const unrefused = answers[0]!;
  if (unrefused === refused || answers.some((answer) => answer !== unrefused)) return null;
  return { asked, unrefused, refused };
}

/** What is asked after a scenario to see how its scheduler goes on: time stands still, every shard restarts and has a turn. */
function epilogueOf({ config, stimuli }: Scenario): TimedStimulus[] {
  const { at } = stimuli.at(-1)!;
  const epilogue: TimedStimulus[] = [{ at, stimulus: { type: 'tick' } }];
  for (let shard = 0; shard < config.shards; shard++) {
    if (!lacks(config, 'faults')) epilogue.push({ at, stimulus: { type: 'restart', shard } });
    epilogue.push({ at, stimulus: { type: 'turn', shard } });
  }
  return epilogue;
}

/** What a scheduler answers after a scenario and an interlude. */
function answersTo(
  epilogue: readonly TimedStimulus[],
  { config, stimuli }: Scenario,
  scheduler: Scheduler,
  interlude: () => void,
): string[] {
  scheduler.reset(config);
  scheduler.announce?.(stimuli);
  for (const timed of stimuli) writtenAnswer(scheduler, timed);
  interlude();
  return epilogue.map((timed) => writtenAnswer(scheduler, timed));
}

/** A scheduler that breaks on an impossible stimulus has not refused it. */
function accepts(scheduler: Scheduler, timed: TimedStimulus): boolean {
  return writtenAnswer(scheduler, timed) !== REFUSED;
}
