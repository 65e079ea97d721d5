import type { Decision } from '../alphabet.ts';
import { counted } from '../counted.ts';
import { availableRam, type Machine } from '../entities.ts';
import { lacks } from '../parts.ts';
import type { State } from '../state.ts';
import { AVAILABILITY } from '../table.ts';
import { clippedList } from '../words.ts';
import { memoryBound, memoryIsSettled } from './memory.ts';
import { diskWorks, grantToRun } from './paging.ts';
import type { MachineObligation, Permission } from './rule.ts';
import { asks, RULE_INDEX, type RuleSet } from './rule-set.ts';
import { runsRunSet, runTheHighest } from './running.ts';
import { isSampleOf } from './sample.ts';

/** Idle lists: which machines make themselves visible, to which shard (paper section 3.2, "Idle list"). */

/** What the thresholds call for on a machine: at most one of the three decisions. */
export function calledFor(state: State, machine: Machine): 'list' | 'relist' | 'unlist' | null {
  if (state.config.without !== undefined && lacks(state.config, 'idle-lists')) return null;
  const { enter, leave, memoryDrift, functionsDrift } = state.config.idle;
  const up = machine.availability === AVAILABILITY.up;
  const available = availableRam(machine);
  if (machine.entry === null) return up && available >= enter ? 'list' : null;
  if (!up || available < leave) return 'unlist';
  const drifted =
    Math.abs(machine.entry.available - available) >= memoryDrift ||
    Math.abs(machine.entry.functions - machine.live.length) >= functionsDrift;
  return drifted ? 'relist' : null;
}

const GRANT_TO_RUN = RULE_INDEX['grant-to-run'];
const DISK_WORKS = RULE_INDEX['disk-works'];
const MEMORY_BOUND = RULE_INDEX['memory-bound'];
const RUN_THE_HIGHEST = RULE_INDEX['run-the-highest'];

/**
 * Whether every machine that the step has touched runs whom it must and holds what it may, as far as that is asked.
 * Computed once a step, and again after any decision that could change it.
 */
function everythingElseIsSettled(state: State, rules: RuleSet): boolean {
  if (state.due.settled) return true;
  const memory = asks(rules, MEMORY_BOUND);
  const running = asks(rules, RUN_THE_HIGHEST);
  state.due.settled = state.due.touched.every(
    (machine) =>
      (!memory || memoryIsSettled(machine)) &&
      (!running || runsRunSet(state, machine)) &&
      (state.config.paging === undefined || pagingIsSettled(state, machine, rules)),
  );
  return state.due.settled;
}

function pagingIsSettled(state: State, machine: Machine, rules: RuleSet): boolean {
  return (
    (!asks(rules, GRANT_TO_RUN) || grantToRun.breach(state, machine) === null) &&
    (!asks(rules, DISK_WORKS) || diskWorks.breach(state, machine) === null)
  );
}

export const idleListTrue: Permission & MachineObligation = {
  id: 'idle-list-true',
  sentence:
    'A machine with enough memory is on exactly one idle list, one with too little is on none, and no entry is off by a drift or more.',
  section: '3.2',
  premise: 'an entry must be made, refreshed or withdrawn',
  formula: {
    list: [
      'm is up, and available(m) ≥ enter',
      'available = available(m), functions = live(m)',
      'polled are min(kShards, shards) distinct shards, s is one of them, and none of their idle lists is shorter than that of s',
      'every machine that the step has touched is settled: R ≤ RAM′, D − R ≤ swap, and exactly W runs (where paging takes time: Run, no allocate is permitted, and a disk with nothing in flight is at rest)',
    ],
    relist: [
      'm is up, and available(m) ≥ leave',
      '|available of the entry − available(m)| ≥ memoryDrift, or |functions of the entry − live(m)| ≥ functionsDrift',
      'available = available(m), functions = live(m)',
      'every machine that the step has touched is settled: R ≤ RAM′, D − R ≤ swap, and exactly W runs (where paging takes time: Run, no allocate is permitted, and a disk with nothing in flight is at rest)',
    ],
    unlist: [
      'm is not up, or available(m) < leave',
      'every machine that the step has touched is settled: R ≤ RAM′, D − R ≤ swap, and exactly W runs (where paging takes time: Run, no allocate is permitted, and a disk with nothing in flight is at rest)',
    ],
  },
  permits(state, { machine, decision, rules }) {
    if (decision.type !== 'list' && decision.type !== 'relist' && decision.type !== 'unlist') return false;
    return (
      calledFor(state, machine!) === decision.type &&
      (decision.type === 'unlist' || hasTrueFigures(machine!, decision)) &&
      (decision.type !== 'list' || joinsShortest(state, decision)) &&
      everythingElseIsSettled(state, rules)
    );
  },
  objection(state, { machine, decision }) {
    if (decision.type !== 'list' && decision.type !== 'relist' && decision.type !== 'unlist') {
      return 'it is no decision about an idle list';
    }
    const called = calledFor(state, machine!);
    if (called !== decision.type) {
      return `${standing(state, machine!)}, which calls for ${called === null ? 'nothing' : withArticle(called)}`;
    }
    if (decision.type !== 'unlist' && !hasTrueFigures(machine!, decision)) {
      return `the figures are not true: ${standing(state, machine!)}`;
    }
    if (decision.type === 'list') {
      if (joinsShortest(state, decision)) return unsettled(state);
      const lengths = state.shards.map((shard, id) => `shard ${id} with ${shard.listed.size}`);
      return `a dispatcher polls ${Math.min(state.config.kShards, state.config.shards)} distinct shards and joins the shortest list of them (${clippedList(lengths)})`;
    }
    return unsettled(state);
  },
  applies: (state, machine) => calledFor(state, machine) !== null,
  breach(state, machine) {
    const called = calledFor(state, machine);
    return called === null ? null : `${standing(state, machine)}, which calls for ${withArticle(called)}`;
  },
};

function withArticle(called: 'list' | 'relist' | 'unlist'): string {
  return called === 'unlist' ? 'an unlist' : `a ${called}`;
}

/** What must happen on some machine before idle lists have their turn. */
function unsettled(state: State): string {
  for (const machine of state.due.touched) {
    const breach =
      memoryBound.breach(state, machine) ??
      runTheHighest.breach(state, machine) ??
      grantToRun.breach(state, machine) ??
      diskWorks.breach(state, machine);
    if (breach !== null) return `everything else must be settled first: ${breach}`;
  }
  return 'everything else must be settled first';
}

function hasTrueFigures(machine: Machine, decision: { available: number; functions: number }): boolean {
  return decision.available === availableRam(machine) && decision.functions === machine.live.length;
}

function joinsShortest(state: State, decision: Extract<Decision, { type: 'list' }>): boolean {
  const { shards } = state;
  if (decision.polled.length !== Math.min(state.config.kShards, shards.length)) return false;
  if (!isSampleOf(decision.polled, (id) => shards[id] !== undefined)) return false;
  let wasPolled = false;
  for (const id of decision.polled) {
    if (shards[id]!.listed.size < (shards[decision.shard]?.listed.size ?? 0)) return false;
    if (id === decision.shard) wasPolled = true;
  }
  return wasPolled;
}

function standing(state: State, machine: Machine): string {
  const { enter, leave } = state.config.idle;
  const entry =
    machine.entry === null
      ? 'is on no list'
      : `is on the list of shard ${machine.entry.shard} with ${machine.entry.available} MB and ${counted(machine.entry.functions, 'function')}`;
  const up = machine.availability === AVAILABILITY.up ? '' : ', is not up';
  return `machine ${machine.id} has ${availableRam(machine)} MB available and ${counted(machine.live.length, 'live invocation')} (enter at ${enter} MB, leave below ${leave} MB)${up} and ${entry}`;
}
