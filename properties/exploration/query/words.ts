import type {
  CanonicalInvocation,
  CanonicalMachine,
  CanonicalState,
} from '../../../model/explore/canonical.ts';

/** The words of queries: what may be said of an invocation, of a machine and of the cluster, and what it means. */

/** What a word is asked about: a state, and one of it. */
export interface Subject<One> {
  readonly state: CanonicalState;
  readonly id: number;
  readonly one: One;
}

type Words<One> = Readonly<Record<string, (subject: Subject<One>) => boolean>>;
type Figures<One> = Readonly<Record<string, (subject: Subject<One>) => number | undefined>>;

export interface Vocabulary<One> {
  readonly words: Words<One>;
  /** Figures that are compared; undefined where there is none in this state, and then no comparison holds. */
  readonly figures: Figures<One>;
}

const ENDED: readonly string[] = ['completed', 'killed', 'throttled'];

function isPlaced({ machine }: CanonicalInvocation): boolean {
  return machine !== undefined;
}

/** The part of its memory that is in swap, in MB. Where a page moves at once, what is not in RAM is. */
function swappedMb({ demand, resident, swapped }: CanonicalInvocation): number | undefined {
  return swapped ?? (demand === undefined ? undefined : demand - resident!);
}

export const OF_INVOCATIONS: Vocabulary<CanonicalInvocation> = {
  words: {
    ...Object.fromEntries(
      ['unused', 'queued', 'ready', 'running', 'blocked', ...ENDED].map((phase) => [
        phase,
        ({ one }: Subject<CanonicalInvocation>) => one.phase === phase,
      ]),
    ),
    live: ({ one }) => one.class !== undefined,
    placed: ({ one }) => isPlaced(one),
    ended: ({ one }) => ENDED.includes(one.phase),
    resident: ({ one }) => isPlaced(one) && one.resident === one.demand,
    swapped: ({ one }) => (swappedMb(one) ?? 0) > 0,
    degraded: ({ one }) => one.degraded === true,
    called: ({ one }) => one.caller !== undefined && one.caller !== null,
  },
  figures: {
    class: ({ one }) => one.class,
    age: ({ one }) => one.age,
    demand: ({ one }) => one.demand,
    resident: ({ one }) => one.resident,
    swapped: ({ one }) => swappedMb(one),
    attempt: ({ one }) => one.attempt,
    'cpu-ms': ({ one }) => one.cpuMs,
    'mb-ms': ({ one }) => one.mbMs,
  },
};

function livingOn({ state, one }: Subject<CanonicalMachine>): CanonicalInvocation[] {
  return (one.order ?? []).map((id) => state.invocations[id]!);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Where machines neither come nor go, all are up. */
function isUp({ status = 'up' }: CanonicalMachine): boolean {
  return status === 'up';
}

export const OF_MACHINES: Vocabulary<CanonicalMachine> = {
  words: {
    up: ({ one }) => isUp(one),
    draining: ({ one }) => one.status === 'draining',
    down: ({ one }) => one.status === 'down',
    absent: ({ one }) => one.status === 'absent',
    listed: ({ one }) => one.entry !== undefined && one.entry !== null,
    empty: (subject) => livingOn(subject).length === 0,
    paging: ({ one }) => one.transfer !== undefined && one.transfer !== null,
  },
  figures: {
    live: (subject) => livingOn(subject).length,
    running: (subject) => livingOn(subject).filter(({ phase }) => phase === 'running').length,
    demand: (subject) => sum(livingOn(subject).map(({ demand }) => demand!)),
    resident: (subject) => sum(livingOn(subject).map(({ resident }) => resident!)),
    antagonist: ({ one }) => one.antagonist,
    available: ({ one }) => one.entry?.available,
    functions: ({ one }) => one.entry?.functions,
  },
};

function countOf(phase: string): Figures<CanonicalState>[string] {
  return ({ one }) => one.invocations.filter((invocation) => invocation.phase === phase).length;
}

export const OF_THE_CLUSTER: Vocabulary<CanonicalState> = {
  words: { idle: ({ one }) => one.invocations.every((invocation) => invocation.class === undefined) },
  figures: {
    ...Object.fromEntries(
      ['unused', 'queued', 'ready', 'running', 'blocked', ...ENDED].map((phase) => [phase, countOf(phase)]),
    ),
    spent: ({ one }) => one.account?.spent,
    elapsed: ({ one }) => one.account?.elapsed,
    crashes: ({ one }) => one.faults?.crashes,
    drains: ({ one }) => one.faults?.drains,
    joins: ({ one }) => one.faults?.joins,
    restarts: ({ one }) => one.faults?.restarts,
  },
};
