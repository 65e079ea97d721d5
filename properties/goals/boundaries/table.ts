import type { RuleId } from '../../../model/rules/rule.ts';

/** Where a figure stands to the one that a rule compares it with. */
export const SIDES = ['one less', 'equal', 'one more'] as const;
export type Side = (typeof SIDES)[number];

/** Two figures of a rule, and those sides of the boundary between them that can be met. */
export interface Boundary {
  /** Kebab-case: the figure, `against`, and what it is compared with. */
  readonly id: string;
  /** What is compared, and when; one less, equal and one more are read off it. */
  readonly sentence: string;
  readonly rule: RuleId;
  readonly sides: readonly Side[];
}

const ALL: readonly Side[] = SIDES;
const NEVER_MORE: readonly Side[] = ['one less', 'equal'];
const NEVER_LESS: readonly Side[] = ['equal', 'one more'];

const TABLE = {
  // Section 3.1: budgets, inheritance, new attempts.
  'spent-against-budget': [
    'admit',
    ALL,
    'On the submission of a root: pico-cents that its tenant has spent, against its budget.',
  ],
  'spent-against-pace': [
    'admit',
    ALL,
    'On the submission of a root: what its tenant has spent, against the pace; off by less than one pico-cent, or by one.',
  ],
  'spent-against-fractional-pace': [
    'admit',
    ALL,
    'The same where neither the elapsed part of the pace nor the burst is a whole number of pico-cents.',
  ],
  'spent-against-vast-pace': [
    'admit',
    ALL,
    'The same where the products that decide are beyond the safe integers, and there is a burst.',
  ],
  'time-against-period': [
    'admit',
    ALL,
    'On the submission of a root: the time, against that at which a period of its tenant ends, in ms.',
  ],
  'asked-against-inherited-class': [
    'inherit',
    ALL,
    'On a call: the class that it asks for, against that of its caller.',
  ],
  'attempts-against-most': [
    'admit',
    NEVER_MORE,
    'On a crash: attempts of one that is lost, against maxAttempts.',
  ],
  'attempts-against-many': ['admit', NEVER_MORE, 'The same where maxAttempts is more than 3.'],
  // Section 3.2: placement.
  'heads-against-each-other': [
    'place-greatest',
    ALL,
    'On a placement: price × wait of the dearer of two heads, against the other; off by what a ms makes of it.',
  ],
  'heads-against-each-other-beyond-safe-integers': [
    'place-greatest',
    ALL,
    'The same where price × wait is beyond the safe integers.',
  ],
  'best-entry-against-next': [
    'place-least-loaded',
    NEVER_LESS,
    'On a placement from an idle list: functions of the second best entry, against those of the best.',
  ],
  'best-polled-against-next': [
    'place-least-loaded',
    NEVER_LESS,
    'On a placement by poll: live invocations of the second best machine polled, against those of the best.',
  ],
  'up-against-polled': [
    'place-least-loaded',
    ALL,
    'On a placement by poll: machines that are up, against kMachines.',
  ],
  'demand-against-safe-integers': [
    'answered',
    ALL,
    'On a resize or a placement: demand on the machine, against the greatest safe integer; one more is refused.',
  ],
  // Section 3.2: the machine scheduler.
  'runnable-against-cores': [
    'run-the-highest',
    ALL,
    'On a machine: invocations that are not blocked, against its cores.',
  ],
  'waiting-against-running-class': [
    'run-the-highest',
    ALL,
    'On a machine: the highest class that waits to run, against the lowest that runs.',
  ],
  'demand-against-room': [
    'run-the-highest',
    ALL,
    'On a machine under pressure: demand of the next that could run, against the room that is left; equal just fits.',
  ],
  'demand-against-room-held-by-others': [
    'run-the-highest',
    ALL,
    'The same where one of a higher class, blocked or passed over, holds a part of the room.',
  ],
  'demand-against-room-after-shrink': [
    'run-the-highest',
    ALL,
    'The same in the step in which another shrinks, with three classes on two cores or more.',
  ],
  // Section 3.2: memory.
  'demand-against-ram': ['memory-bound', ALL, 'On a machine: demands all together, against RAM′.'],
  'demand-against-ram-and-swap': [
    'kill-iff',
    ALL,
    'On a machine, before kills: demands all together, against RAM′ plus swap.',
  ],
  'one-against-most': [
    'kill-iff',
    ALL,
    'Before kills: one demand, against the most that its machine takes of one: its RAM, or RAM′ plus swap.',
  ],
  'ready-against-ram': ['page-out-lowest', ALL, 'Demand of one that is ready to run, against RAM′.'],
  'blocked-against-ram': ['page-out-lowest', ALL, 'Demand of one that is blocked, against RAM′.'],
  'second-largest-against-ram': [
    'page-out-lowest',
    ALL,
    'The second largest demand on a machine with an antagonist, against RAM′.',
  ],
  'excess-against-victim': [
    'page-out-lowest',
    ALL,
    'On a page-out: MB that must go, against what the victim holds in RAM.',
  ],
  'swapped-against-swap': [
    'memory-bound',
    NEVER_MORE,
    'On a machine: MB that are swapped out, against its swap.',
  ],
  // Section 3.2: idle lists.
  'available-against-enter': [
    'idle-list-true',
    ALL,
    'On a machine that was on no list: MB available, against idle.enter.',
  ],
  'available-against-leave': [
    'idle-list-true',
    ALL,
    'On a machine that is listed: MB available, against idle.leave.',
  ],
  'gained-against-memory-drift': [
    'idle-list-true',
    ALL,
    'Of an entry: MB that have become available since, against idle.memoryDrift.',
  ],
  'lost-against-memory-drift': [
    'idle-list-true',
    ALL,
    'Of an entry: MB that are no longer available, against idle.memoryDrift.',
  ],
  'come-against-functions-drift': [
    'idle-list-true',
    NEVER_MORE,
    'Of an entry: functions that live there and it does not count, against idle.functionsDrift.',
  ],
  'gone-against-functions-drift': [
    'idle-list-true',
    ALL,
    'Of an entry: functions that it counts and that have ended, against idle.functionsDrift.',
  ],
  'best-list-against-next': [
    'idle-list-true',
    NEVER_LESS,
    'When a machine joins a list: entries of the second shortest polled, against the shortest.',
  ],
  'shards-against-polled': ['idle-list-true', ALL, 'When a machine joins a list: shards, against kShards.'],
} as const satisfies Record<string, readonly [RuleId, readonly Side[], string]>;

export type BoundaryId = keyof typeof TABLE;

/** The boundaries of all rules, in the order of the paper's sections. */
export const BOUNDARIES: readonly Boundary[] = Object.entries(TABLE).map(([id, [rule, sides, sentence]]) => ({
  id,
  sentence,
  rule,
  sides,
}));

/** Where the three counters of each boundary begin. */
export const AT = Object.fromEntries(
  Object.keys(TABLE).map((id, index) => [id, index * SIDES.length]),
) as Record<BoundaryId, number>;

/** As many as there are counters: some sides can never be met, and theirs stay 0. */
export const COUNTERS: number = BOUNDARIES.length * SIDES.length;

/** One side of a boundary, as a goal of a campaign. */
export interface Crossing {
  /** As reports name it. */
  readonly name: string;
  readonly counter: number;
}

/** All sides that can be met. */
export const CROSSINGS: readonly Crossing[] = BOUNDARIES.flatMap(({ id, sides }) =>
  sides.map((side) => ({
    name: `${id}: ${side}`,
    counter: AT[id as BoundaryId] + SIDES.indexOf(side),
  })),
);

/** Counts a side if a figure is that near: `off` is the figure less what it is compared with. */
export function count(counts: Uint32Array, first: number, off: number): void {
  if (off === 0) counts[first + 1]!++;
  else if (off === -1) counts[first]!++;
  else if (off === 1) counts[first + 2]!++;
}

/** Counts a side if a difference is within one unit: `off` is the difference, in so many parts of a unit. */
export function countWithin(counts: Uint32Array, first: number, off: number, unit: number): void {
  if (off < -unit || off > unit) return;
  counts[first + (off === 0 ? 1 : off < 0 ? 0 : 2)]!++;
}
