/**
 * The words that scenarios, schedulers, traces and the judge share.
 *
 * A stimulus is something that happens to the system; a decision is something the scheduler does about it; a
 * step is one stimulus and the decisions that answer it. Ids, tenants, classes, shards and machines are
 * non-negative integers; times are milliseconds, memory is MB, money is pico-cents.
 */

/** Something that happens to the system (paper sections 3.1 and 3.2). */
export type Stimulus =
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
  | { type: 'tick' };

/** What an ended invocation pays: cpu-ms, resident MB·ms, and their cost in pico-cents (section 3.1). */
export interface Bill {
  cpuMs: number;
  mbMs: number;
  cost: number;
}

export type KillReason = 'memory' | 'exceeds-machine' | 'attempts';
export type Outcome = 'ok' | 'failed';

/** Something the scheduler does about a stimulus (paper section 3.2). */
export type Decision =
  | { type: 'enqueue'; id: number; shard: number; class: number; degraded: boolean }
  | { type: 'throttle'; id: number }
  | { type: 'place'; id: number; shard: number; machine: number; via: 'idle-list' }
  | { type: 'place'; id: number; shard: number; machine: number; via: 'poll'; polled: number[] }
  | { type: 'start'; id: number }
  | { type: 'preempt'; id: number }
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

/** Every stimulus type, in the order in which the specification lists them. */
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
] as const satisfies readonly StimulusType[];

/** Every decision type, in the order in which the specification lists them. */
export const DECISION_TYPES = [
  'enqueue',
  'throttle',
  'place',
  'start',
  'preempt',
  'pageOut',
  'pageIn',
  'kill',
  'complete',
  'wake',
  'list',
  'relist',
  'unlist',
] as const satisfies readonly DecisionType[];
