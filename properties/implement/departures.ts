/**
 * What somebody has left out who is half-way through a part: each is a method of `docs/examples/python/part_by_part.py`
 * that `--lacking` takes away, or, where there is none, a part that `--claim` says is there.
 */

/** The parts of the example, in the order in which it adds them. */
export const STAGES = [
  'bills',
  'refusals',
  'shrink',
  'antagonists',
  'calls',
  'idle-lists',
  'swap',
  'faults',
  'budgets',
  'paging',
  'overflow',
] as const;

export type Stage = (typeof STAGES)[number];

export interface Departure {
  readonly stage: Stage;
  /** The method that is left out; null: nothing of the part is there yet. */
  readonly lacking: string | null;
  /** What that means, in words. */
  readonly means: string;
}

/** Methods whose absence somebody might overlook, in the order of the example. */
const LACKING: Readonly<Record<Stage, Readonly<Record<string, string>>>> = {
  bills: { change: 'what was used is added up only at the end, at the last rate' },
  refusals: {},
  shrink: {},
  antagonists: {},
  calls: {
    ranked: 'a blocked one ranks by its arrival, before those of its class that are not',
    will_run: 'one that waits for its callee is given a core',
    wake: 'nobody is told that the callee has ended',
  },
  'idle-lists': {
    least_loaded: 'a shard polls although its list names a machine',
  },
  swap: {
    kill_what_does_not_fit: 'swap is not counted when somebody is killed',
    will_run: 'the highest run, whether they fit together or not',
    page_out: 'nothing goes to swap',
    page_in: 'nothing comes back from it',
  },
  faults: {
    on_restart: 'a shard that starts again remembers its idle list',
    retry: 'what was lost is not queued again',
  },
  budgets: {
    change: 'nothing is ever spent',
    update: 'what was spent is not added up',
    on_submit: 'every root is admitted',
  },
  paging: {
    place: 'whoever is placed has its memory at once, without asking',
    on_resize: 'whoever grows has what it grows by at once',
    swap_for_demand: 'no swap is kept free, to exchange memory',
    depart: 'whoever is gone still owns what the disk moves',
    kept: 'what is on its way out still counts as kept',
    allocate: 'free RAM is given to nobody',
    begin_page_in: 'nothing comes back from swap',
    begin_page_out: 'nothing goes to swap',
  },
  overflow: {
    can_resize: 'a demand may grow beyond what can be said',
  },
};

/** Every departure, in the order of the example. */
export const DEPARTURES: readonly Departure[] = STAGES.flatMap((stage) => [
  { stage, lacking: null, means: 'nothing of it yet' },
  ...Object.entries(LACKING[stage]).map(([lacking, means]) => ({ stage, lacking, means })),
]);

const EXAMPLE = 'python3 docs/examples/python/part_by_part.py';

/** What is typed to see what becomes of it: the words after `xx`. */
export function argumentsOf({ stage, lacking }: Departure): string[] {
  const before = STAGES[STAGES.indexOf(stage) - 1];
  const exec =
    lacking !== null
      ? `${EXAMPLE} ${stage} --lacking ${lacking}`
      : before === undefined
        ? 'python3 docs/examples/python/first_part.py'
        : `${EXAMPLE} ${before}${stage === 'refusals' ? '' : ` --claim ${stage}`}`;
  const except = stage === 'bills' ? ['--except', 'refuses-alike'] : [];
  return ['fuzz', '--exec', exec, ...except, '--runs', '1000'];
}
