/** Where `npm run scale` keeps what it has measured. */
export const RECORD_FILE = 'docs/scale.json';

/** What each part of a farm costs, measured on one machine, with `xx` in medium size. */
export interface ScaleRecord {
  /** What one thread takes to play a block of runs. */
  readonly blockMs: number;
  readonly stretches: readonly StretchCost[];
  /** What the coordinator takes to put one job into the queue, in CPU time. */
  readonly putMs: number;
  readonly poll: PollCost;
  readonly redis: RedisCost;
  readonly merges: readonly MergeCost[];
}

/** The result of so many blocks, united. */
export interface StretchCost {
  readonly blocks: number;
  /** As it lies in Redis. */
  readonly bytes: number;
  /** What the coordinator takes to read and check it, and to unite it with what there is, in CPU time. */
  readonly checkMs: number;
  readonly uniteMs: number;
}

/** What it costs to ask once for the results of the most jobs that are in the queue, when none is there, in CPU time. */
export interface PollCost {
  readonly jobs: number;
  readonly ms: number;
  readonly redisMs: number;
}

/** Of a whole campaign with one worker, divided by its jobs: with asking for results and for work. */
export interface RedisCost {
  readonly jobs: number;
  /** Commands, also those that scripts call. */
  readonly commandsPerJob: number;
  /** CPU time of Redis, with the file that it appends to. */
  readonly cpuMsPerJob: number;
  readonly bytesInPerJob: number;
  readonly bytesOutPerJob: number;
}

/** What `xx fuzz merge` takes to read, unite and write the reports of so many shards. */
export interface MergeCost {
  readonly shards: number;
  readonly bytes: number;
  readonly ms: number;
}
