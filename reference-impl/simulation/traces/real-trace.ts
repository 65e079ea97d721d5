/** One invocation of a trace: which function, when it arrived, and for how long it ran; integer ms. */
export interface TracedInvocation {
  function: string;
  arriveMs: number;
  runMs: number;
  /** What triggered it, in small letters, and what memory it had, in MB: where the trace says so. */
  trigger?: string;
  memoryMb?: number;
}

/** A real trace, whatever its schema. */
export interface RealTrace {
  /** Its files, for people. */
  name: string;
  schema: 'Azure 2019' | 'Azure 2021';
  /** What is played: invocations, and functions that have any. */
  invocations: number;
  functions: number;
  /** Time over which it arrives, and run time of all together (of 2019 in expectation), in ms. */
  arrivalSpanMs: number;
  runMs: number;
  /** What it says of an invocation beside its arrival and its run time; memory of some, at least. */
  says: { triggers: boolean; memory: boolean };
  /** How its files were joined; `null` where there is one. */
  joined: Joined | null;
  /** Invocations that ran for less than half a ms, and are played as 1 ms; `null` where run times are drawn. */
  shorterThanOneMs: number | null;
  /** The invocations in the order of arrival. Of 2019, what is between minutes and percentiles is drawn. */
  items(seed: number): Iterable<TracedInvocation>;
}

/** How many functions something concerns, and how many of their invocations. */
export interface Concerned {
  functions: number;
  invocations: number;
}

/** What did not fit when the files of a trace were joined, and what was made of it (docs/real-traces.md). */
export interface Joined {
  /** Without durations: left out. All that follows is of those that are played. */
  leftOut: Concerned;
  /** Without memory of their own: they have that of their app. */
  memoryOfApp: Concerned;
  /** Without memory of their app, either: theirs is drawn, as where a trace has no memory. */
  memoryDrawn: Concerned;
  /** With several rows of invocations: these are added up. */
  severalInvocations: Concerned;
  /** With several rows of durations, or of memory: each invocation has one of them, as often as it was measured. */
  severalDurations: Concerned;
  severalMemory: Concerned;
}
