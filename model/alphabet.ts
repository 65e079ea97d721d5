/**
 * The words that scenarios, schedulers, traces and the judge share.
 *
 * A stimulus is something that happens to the system; a decision is something the scheduler does about it; a
 * step is one stimulus and the decisions that answer it. Ids, tenants, classes, shards and machines are
 * non-negative integers; times are milliseconds, memory is MB, money is pico-cents.
 */

/** Something that happens to the system. */
export type Stimulus = XXStimulus | OptionalStimulus;

/**
 * What happens to XX (paper sections 3.1 and 3.2). `paged`, the transfer of a disk has ended, happens only where a
 * configuration has `paging`.
 */
export type XXStimulus =
  | { type: 'boot' }
  | { type: 'submit'; id: number; tenant: number; function: string; class: number; shard: number }
  | { type: 'call'; caller: number; id: number; function: string; class: number; shard: number }
  | { type: 'turn'; shard: number }
  | { type: 'resize'; id: number; demand: number }
  | { type: 'finish'; id: number }
  | { type: 'antagonist'; machine: number; memory: number }
  | { type: 'join'; machine: number; cores: number; ram: number; swap: number }
  | { type: 'drain'; machine: number }
  | { type: 'crash'; machine: number }
  | { type: 'restart'; shard: number }
  | { type: 'tick' }
  | { type: 'paged'; machine: number };

/** What an ended invocation pays: cpu-ms, resident MB·ms, and their cost in pico-cents (section 3.1). */
export interface Bill {
  cpuMs: number;
  mbMs: number;
  cost: number;
}

export type KillReason = 'memory' | 'exceeds-machine' | 'attempts';
export type Outcome = 'ok' | 'failed';

/** Something the scheduler does about a stimulus. */
export type Decision = XXDecision | OptionalDecision;

/**
 * What XX does about a stimulus (paper section 3.2). Where a configuration has `paging`, `allocate` gives RAM to memory
 * that is nowhere yet, and `pageOut` and `pageIn` start a transfer; else there is no `allocate`, and they move memory at
 * once.
 */
export type XXDecision =
  | { type: 'enqueue'; id: number; shard: number; class: number; degraded: boolean }
  | { type: 'throttle'; id: number }
  | { type: 'place'; id: number; shard: number; machine: number; via: 'idle-list' }
  | { type: 'place'; id: number; shard: number; machine: number; via: 'poll'; polled: number[] }
  | { type: 'start'; id: number }
  | { type: 'preempt'; id: number }
  | { type: 'allocate'; id: number; memory: number }
  | { type: 'pageOut'; id: number; memory: number }
  | { type: 'pageIn'; id: number; memory: number }
  | { type: 'kill'; id: number; reason: KillReason; bill: Bill }
  | { type: 'complete'; id: number; bill: Bill }
  | { type: 'wake'; id: number; outcome: Outcome }
  | {
      type: 'list';
      machine: number;
      shard: number;
      available: number;
      functions: number;
      polled: number[];
    }
  | { type: 'relist'; machine: number; shard: number; available: number; functions: number }
  | { type: 'unlist'; machine: number; shard: number };

/**
 * What happens where a configuration has the words for it: `timeout`, the client of a root gives up waiting.
 */
export type OptionalStimulus = { type: 'timeout'; id: number };

/**
 * What other schedulers than XX do, where a configuration has the words for it. `reserve` holds a place in line at a
 * machine for one that is queued, and `release` gives it up. `probe` puts the answer of a machine into the pool of a
 * shard, and `forget` drops it. `evict` sends one from its machine back to its shard's queue. `refuse`: a machine turns one
 * away that stays queued. `cancel` ends one that nobody waits for any more.
 */
export type OptionalDecision =
  | { type: 'reserve'; id: number; machine: number }
  | { type: 'release'; id: number; machine: number }
  | { type: 'probe'; shard: number; machine: number; inFlight: number; latencyMs: number }
  | { type: 'forget'; shard: number; machine: number }
  | { type: 'evict'; id: number }
  | { type: 'refuse'; id: number; machine: number }
  | { type: 'cancel'; id: number; bill: Bill };

export type StimulusType = Stimulus['type'];
export type DecisionType = Decision['type'];

/** A stimulus and its time in ms since the scenario began; times never decrease along a scenario. */
export interface TimedStimulus {
  at: number;
  stimulus: Stimulus;
}

/** A stimulus and the decisions that answer it, after which the scheduler is quiet. */
export interface Step extends TimedStimulus {
  decisions: Decision[];
}

/** Every stimulus type of XX, in the order in which the specification lists them. */
export const STIMULUS_TYPES = [
  'boot',
  'submit',
  'call',
  'turn',
  'resize',
  'finish',
  'antagonist',
  'join',
  'drain',
  'crash',
  'restart',
  'tick',
  'paged',
] as const satisfies readonly XXStimulus['type'][];

/** Every decision type of XX, in the order in which the specification lists them. */
export const DECISION_TYPES = [
  'enqueue',
  'throttle',
  'place',
  'start',
  'preempt',
  'allocate',
  'pageOut',
  'pageIn',
  'kill',
  'complete',
  'wake',
  'list',
  'relist',
  'unlist',
] as const satisfies readonly XXDecision['type'][];

/** The optional words, by the name under which a configuration asks for them; XX has none of them. */
export const OPTIONAL_WORDS = {
  reservations: ['reserve', 'release'],
  probes: ['probe', 'forget'],
  evictions: ['evict'],
  refusals: ['refuse'],
  timeouts: ['timeout', 'cancel'],
} as const satisfies Record<string, readonly (StimulusType | DecisionType)[]>;

/** The name of a group of optional words. */
export type WordGroup = keyof typeof OPTIONAL_WORDS;

/** Every group of optional words, in the order in which files name them. */
export const WORD_GROUPS = Object.keys(OPTIONAL_WORDS) as WordGroup[];

/** The parts of XX that a scheduler may lack, by the names under which a configuration leaves them out. */
export const PART_IDS = [
  'calls',
  'budgets',
  'faults',
  'antagonists',
  'idle-lists',
  'swap',
  'shrink',
  'paging',
  'overflow',
] as const;

/** The name of a part of XX; what it consists of, `model/parts.ts` says. */
export type PartId = (typeof PART_IDS)[number];

/** Every optional stimulus type. */
export const OPTIONAL_STIMULUS_TYPES = ['timeout'] as const satisfies readonly OptionalStimulus['type'][];

/** Every optional decision type. */
export const OPTIONAL_DECISION_TYPES = [
  'reserve',
  'release',
  'probe',
  'forget',
  'evict',
  'refuse',
  'cancel',
] as const satisfies readonly OptionalDecision['type'][];

/** The group that a word belongs to; null for the words of XX. */
export function groupOf(type: StimulusType | DecisionType): WordGroup | null {
  return WORD_GROUPS.find((group) => (OPTIONAL_WORDS[group] as readonly string[]).includes(type)) ?? null;
}

/** Whether a stimulus, or a decision, is one of XX. */
export function isOfXX(stimulus: Stimulus): stimulus is XXStimulus;
export function isOfXX(decision: Decision): decision is XXDecision;
export function isOfXX({ type }: Stimulus | Decision): boolean {
  return groupOf(type) === null;
}
