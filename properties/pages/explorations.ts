import { counted } from '../../model/counted.ts';
import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import type { RuleId } from '../../model/rules/rule.ts';
import { type PropertyId, propertyOf } from '../catalogue.ts';
import { EXPLORED } from '../exploration/expanders.ts';
import type { CheckSummary } from '../exploration/summary.ts';

/** The explorations that the pages quote, each by the arguments of `xx check`. */
export const EXPLORATIONS: readonly Exploration[] = [
  { args: '--invocations 2 --machines 1', size: 'small' },
  { args: '--invocations 2 --machines 1 --model', size: 'small' },
  { args: '--invocations 2', size: 'small' },
  { args: '--invocations 2 --model', size: 'small' },
  { args: '--invocations 2 --machines 1 --crashes 1', size: 'small' },
  { args: '--invocations 2 --machines 1 --crashes 1 --max-attempts 1', size: 'small' },
  { args: '--invocations 2 --machines 1 --antagonist 0,1,3', size: 'small' },
  { args: '--invocations 2 --machines 1 --swap 0 --max-demand 4', size: 'small' },
  { args: '--invocations 2 --machines 1 --budget 6', size: 'small' },
  { args: '--invocations 2 --drains 1 --joins 1', size: 'large' },
  { args: '--invocations 2 --shards 2 --restarts 1', size: 'large' },
  { args: '--machines 1 --shrink', size: 'large' },
  { args: '--machines 1 --antagonist 0,2 --max-age 0', size: 'large' },
  {
    args: '--invocations 2 --machines 1 --budget 6 --memory-price 1 --max-metered 4 --crashes 1',
    size: 'large',
  },
  { args: '--everything', size: 'large' },
  { args: '--everything --model', size: 'large' },
  { args: '--everything --machines 2 --budget 2 --period 2 --max-age 1', size: 'large' },
  { args: '--machines 1 --swap 3 --chunk 1', size: 'large' },
  { args: '--machines 1 --swap 3 --max-age 0 --chunk 2 --antagonist 0,1', size: 'large' },
  { args: '--machines 1 --swap 3 --max-age 0 --chunk 2 --antagonist 0,1 --model', size: 'large' },
  { args: '--machines 1 --cores 2 --ram 4 --swap 3 --max-age 0 --chunk 1 --antagonist 0,2', size: 'large' },
  { args: '--invocations 4 --machines 1 --swap 3 --max-demand 2 --max-age 0 --chunk 1', size: 'large' },
  { args: '--ram 2 --swap 3 --max-demand 2 --max-age 0 --chunk 1', size: 'large' },
  {
    args: '--machines 1 --ram 4 --swap 4 --max-demand 4 --max-age 0 --initial-memory 2 --chunk 2 --shrink --antagonist 0,3',
    size: 'large',
  },
  {
    args: '--invocations 4 --machines 1 --cores 2 --swap 3 --max-demand 2 --max-age 0 --chunk 2 --antagonist 0,1',
    size: 'large',
  },
  {
    args: '--invocations 4 --machines 1 --ram 2 --swap 4 --max-demand 2 --max-age 0 --chunk 2 --antagonist 0,1,2',
    size: 'large',
  },
  { args: '--invocations 4 --machines 1 --swap 4 --max-age 0 --chunk 2', size: 'large' },
  { args: '--invocations 4 --ram 2 --swap 3 --max-demand 2 --max-age 0 --chunk 1', size: 'large' },
  { args: '--invocations 5 --machines 1 --swap 3 --max-demand 2 --max-age 0 --chunk 1', size: 'large' },
  {
    args: '--invocations 4 --machines 1 --cores 2 --ram 4 --swap 4 --max-age 0 --chunk 2 --antagonist 0,2',
    size: 'large',
  },
  { args: '--everything --chunk 1', size: 'large' },
  { args: '', size: 'large' },
  { args: '--model', size: 'large' },
  { args: '--prices 1,2,4', size: 'large' },
  { args: '--memory-drift 2 --functions-drift 2', size: 'large' },
  { args: '--machines 1', size: 'large' },
  { args: '--machines 1 --model', size: 'large' },
  { args: '--invocations 4 --machines 1 --model', size: 'large' },
  { args: '--machines 3 --k-machines 2 --enter 4 --leave 4', size: 'large' },
  { args: '--shards 2 --k-shards 1 --k-machines 1', size: 'large' },
  { args: '--shards 2 --k-shards 1 --k-machines 1 --model', size: 'large' },
  { args: '--invocations 4', size: 'large' },
  { args: '--invocations 4 --machines 1 --cores 2 --ram 4 --swap 3', size: 'large' },
  { args: '--invocations 5 --machines 1 --cores 2 --ram 4 --swap 3', size: 'large' },
];

export interface Exploration {
  readonly args: string;
  /** Small ones are explored again by every run of the tests; of large ones the record is kept. */
  readonly size: 'small' | 'large';
}

/** What an exploration has found, as docs/exploration.json keeps it: nothing that depends on the machine. */
export interface ExplorationRecord {
  readonly command: string;
  readonly subject: string;
  /** The bounds in words. */
  readonly instance: string;
  readonly states: number;
  readonly depth: number;
  readonly steps: number;
  readonly cycles: number;
  /** How often one that waits is overtaken at most, and by who arrived how many ms after it at most. */
  readonly overtaken: number;
  readonly overtakenByMs: number;
  readonly transitions: number;
  /** How many transitions there are where this is explored: more where paging takes time. */
  readonly transitionsInAll: number;
  /** Those that were not taken, and outcomes of guards that were not met, with semicolons between them. */
  readonly untaken: string;
  readonly unmetGuards: string;
  /** Rules whose premise was never met, with commas between them; and how many rules there are where this is explored. */
  readonly unmet: string;
  readonly rulesInAll: number;
}

export function commandOf({ args }: Exploration): string {
  return `xx check ${args}`.trimEnd();
}

/** @throws Error when the exploration has not ended well: such a record proves nothing. */
export function recordOf(exploration: Exploration, summary: CheckSummary): ExplorationRecord {
  const command = commandOf(exploration);
  const { complete, violations, liveness, overtaking, states, depth, steps, subject, coverage } = summary;
  if (!complete || liveness === null || overtaking === null || violations.length > 0) {
    throw new Error(`${command}: not explored to a good end`);
  }
  return {
    command,
    subject,
    instance: instanceInWords(summary.instance),
    states,
    depth,
    steps,
    cycles: liveness.cycles,
    overtaken: overtaking.most,
    overtakenByMs: overtaking.latestMs,
    transitions: coverage.transitions.covered,
    transitionsInAll: coverage.transitions.total,
    untaken: coverage.transitions.missing.join('; '),
    unmetGuards: coverage.guards.missing.join('; '),
    unmet: coverage.rules.missing.join(', '),
    rulesInAll: coverage.rules.total,
  };
}

function instanceInWords(instance: CheckSummary['instance']): string {
  const { invocations, machines, cores, ram, swap, prices, shards, kMachines, kShards } = instance;
  const parts = [
    counted(invocations, 'invocation'),
    `${counted(machines, 'machine')} of ${counted(cores, 'core')}, ${ram} MB RAM, ${swap} MB swap`,
    `prices ${prices.join(', ')}`,
  ];
  if (shards > 1) parts.push(`${shards} shards`);
  if (instance.enter > ram) parts.push('no idle lists');
  if (kMachines < machines) parts.push(`${kMachines} of ${machines} machines polled`);
  if (kShards < shards) parts.push(`${kShards} of ${shards} idle lists polled`);
  if (instance.memoryDrift > 1) parts.push(`memory drift ${instance.memoryDrift}`);
  if (instance.functionsDrift > 1) parts.push(`functions drift ${instance.functionsDrift}`);
  if (!instance.calls) parts.push('no calls');
  if (instance.initialMemory !== QUOTED_INSTANCE.initialMemory) {
    parts.push(`${instance.initialMemory} MB at first`);
  }
  if (instance.maxDemand !== QUOTED_INSTANCE.maxDemand) parts.push(`growth to ${instance.maxDemand} MB`);
  if (instance.maxAge !== QUOTED_INSTANCE.maxAge) parts.push(`ages to ${instance.maxAge} ms`);
  return [...parts, ...happeningsInWords(instance)].join('; ');
}

/** What may happen beside the default. */
function happeningsInWords(instance: CheckSummary['instance']): string[] {
  const { crashes = 0, drains = 0, joins = 0, restarts = 0, antagonists, budget, paging } = instance;
  const parts: string[] = [];
  if (crashes > 0) {
    parts.push(`${counted(crashes, 'crash', 'crashes')}, ${counted(instance.maxAttempts ?? 1, 'attempt')}`);
  }
  if (drains > 0) parts.push(counted(drains, 'drain'));
  if (joins > 0) parts.push(counted(joins, 'join'));
  if (restarts > 0) parts.push(counted(restarts, 'restart'));
  if (antagonists !== undefined) parts.push(`antagonists of ${antagonists.join(', ')} MB`);
  if (instance.shrink === true) parts.push('shrinking');
  if (budget !== undefined) {
    parts.push(`budget ${budget.amount} in ${budget.period} ms, ${budget.burstPercent} % ahead`);
  }
  if (instance.memoryPrice !== undefined) parts.push(`a MB·ms costs ${instance.memoryPrice}`);
  if (instance.maxMetered !== undefined) parts.push(`bills up to ${instance.maxMetered}`);
  if (paging !== undefined) parts.push(`paging in time by ${paging.chunk} MB, ${paging.reserve} MB reserve`);
  return parts;
}

/** How far a property was explored, in a sentence. */
export function exploredText(id: PropertyId, records: readonly ExplorationRecord[]): string {
  if (id === 'everything-drains')
    return `on the graph of all ${records.length} explorations, ${largest(records)}`;
  if (EXPLORED.includes(id) && propertyOf(id).inTime === true) {
    const inTime = records.filter(({ command }) => command.includes('--chunk'));
    return `in every state of the ${inTime.length} of ${records.length} explorations in which paging takes time, ${largest(inTime)}`;
  }
  if (EXPLORED.includes(id))
    return `in every state of all ${records.length} explorations, ${largest(records)}`;
  const meeting = records.filter(({ unmet }) => !unmet.split(', ').includes(id));
  if (meeting.length === 0) return 'put to the test in none';
  return `put to the test in ${meeting.length} of ${records.length} explorations, ${largest(meeting)}`;
}

/** Whether exploration says anything of a property. */
export function isExplored(id: PropertyId, rules: readonly RuleId[]): boolean {
  return id === 'everything-drains' || EXPLORED.includes(id) || rules.some((rule) => rule === id);
}

function largest(records: readonly ExplorationRecord[]): string {
  const states = Math.max(...records.map((record) => record.states));
  return `the largest of ${states.toLocaleString('en')} states`;
}
