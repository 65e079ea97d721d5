/** What the logs leave out with which the judge of logs is measured. */
export interface Mask {
  /** Kebab-case: its name on the page. */
  readonly name: string;
  readonly unobserved: readonly string[];
}

/** From logs that lack hardly anything to those that have next to nothing. */
export const MASKS: readonly Mask[] = [
  { name: 'no-bills', unobserved: ['bills'] },
  { name: 'no-polls', unobserved: ['polls'] },
  { name: 'no-amounts', unobserved: ['pageOut.memory', 'pageIn.memory'] },
  { name: 'no-pages', unobserved: ['pages'] },
  { name: 'no-turns', unobserved: ['turns', 'finish', 'tick'] },
  { name: 'no-admission', unobserved: ['enqueue', 'throttle', 'submit.function', 'call.function'] },
  { name: 'no-entries', unobserved: ['entries', 'list.shard', 'polls'] },
  { name: 'no-lists', unobserved: ['idle-lists', 'place.via', 'polls'] },
  { name: 'no-runs', unobserved: ['start', 'preempt', 'pages', 'wake'] },
  {
    name: 'bare',
    unobserved: [
      ...['enqueue', 'throttle', 'pages', 'kill', 'wake', 'idle-lists', 'bills', 'polls', 'place.via'],
    ],
  },
];

/** A mask under which the log does not tell where an invocation was placed: there is more than one completion. */
export const AMBIGUOUS: Mask = { name: 'no-machines', unobserved: ['place.machine', 'polls'] };
