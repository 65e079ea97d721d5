import type { Configuration } from '../../../model/configuration.ts';
import { InputError } from '../../../model/input-error.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../../model/render/words.ts';
import { doingOf } from '../doing.ts';
import type { Film, LiveInvocation, Moment } from '../moment.ts';

/**
 * A replay in the trace event format of Chrome, which ui.perfetto.dev opens.
 *
 * One process is the scenario, with an instant for each stimulus and a counter for each queue. Each machine is a process,
 * with counters of its RAM and swap and a track for each invocation that was ever on it, whose slices say that it runs,
 * is ready, is blocked, or is swapped out (in part or wholly).
 *
 * A virtual millisecond is a thousand microseconds of the trace. Much happens within one millisecond, in virtual time at
 * once. The steps of a millisecond are laid out evenly over it, so that they can be told apart: of four steps at 7 ms
 * the first begins at 7000 µs and the third at 7500 µs. What a step leads to lasts until the next step begins, and after
 * the last until its millisecond ends. So lengths below a millisecond say in which order things happened, and no more.
 */
export function perfettoText(film: Film): string {
  const { moments, finding } = film;
  const startsUs = startsOf(moments);
  const tracks = new Tracks(film);
  const instants: TraceEvent[] = moments.flatMap((moment, index) => {
    const ts = startsUs[index]!;
    // What is wrong with a whole run may be counted after the last step that was recorded.
    const wrong = finding !== null && Math.min(finding.step, moments.at(-1)!.step) === moment.step;
    return [
      instant(ts, stimulusName(moment), { step: moment.step, atMs: moment.timed.at, ...decided(moment) }),
      ...(wrong ? [instant(ts, `violates ${finding.property}`, { message: finding.message })] : []),
    ];
  });
  const counters = moments.flatMap((moment, index) => countersOf(moment, startsUs[index]!));
  for (const [index, moment] of moments.entries()) tracks.show(moment, startsUs[index]!);
  const slices = tracks.end(startsUs.at(-1)!);
  const events = [...tracks.names(), ...[...instants, ...counters, ...slices].sort((a, b) => a.ts! - b.ts!)];
  const other = { file: film.file, scheduler: film.scheduler };
  return `{"displayTimeUnit":"ms","otherData":${JSON.stringify(other)},"traceEvents":[\n${events
    .map((event) => JSON.stringify(event))
    .join(',\n')}\n]}\n`;
}

/** An event as Chrome has it; `ts` and `dur` in µs. */
export interface TraceEvent {
  readonly ph: 'M' | 'i' | 'C' | 'X';
  readonly name: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly s?: 't';
  readonly args: Readonly<Record<string, unknown>>;
}

/** Later times do not fit into the nanoseconds of Perfetto, which has 64 bits for them. */
export const LATEST_MS = 9_000_000_000_000;

/** @throws InputError when a time is too late for the format. */
export function refuseTooLate(times: readonly number[]): void {
  const latest = times.at(-1) ?? 0;
  if (latest <= LATEST_MS) return;
  throw new InputError(
    `--perfetto: its format has no times after ${LATEST_MS} ms, and this ends at ${latest} ms; --html has them`,
  );
}

/** Where each step begins, in µs, and at last where the trace ends. */
export function startsOf(moments: readonly Moment[]): number[] {
  const inMs = new Map<number, number>();
  for (const { timed } of moments) inMs.set(timed.at, (inMs.get(timed.at) ?? 0) + 1);
  const seen = new Map<number, number>();
  const starts = moments.map(({ timed: { at } }) => {
    const before = seen.get(at) ?? 0;
    seen.set(at, before + 1);
    return inUs(at * 1000 + Math.floor((before * 1e6) / inMs.get(at)!) / 1000);
  });
  return [...starts, ((moments.at(-1)?.timed.at ?? 0) + 1) * 1000];
}

const SCENARIO = 1;
const STIMULI = 1;

function processOf(machine: number): number {
  return machine + 2;
}

function instant(ts: number, name: string, args: TraceEvent['args']): TraceEvent {
  return { ph: 'i', s: 't', name, pid: SCENARIO, tid: STIMULI, ts, args };
}

function stimulusName({ timed, decisions }: Moment): string {
  return `${wordsOfStimulus(timed.stimulus)}${decisions === null ? ' (left out: not possible here)' : ''}`;
}

function decided({ decisions }: Moment): TraceEvent['args'] {
  return { decisions: (decisions ?? []).map(wordsOfDecision) };
}

function countersOf({ machines, shards }: Moment, ts: number): TraceEvent[] {
  const counter = (pid: number, name: string, args: TraceEvent['args']): TraceEvent => ({
    ph: 'C',
    name,
    pid,
    ts,
    args,
  });
  return [
    ...shards.map(({ queues }, id) =>
      counter(SCENARIO, `queued at shard ${id}`, { invocations: queues.flat().length }),
    ),
    ...machines.flatMap(({ id, resident, demand, antagonist, ram }) => [
      counter(processOf(id), 'RAM (MB)', { resident, antagonist: Math.min(antagonist, ram) }),
      counter(processOf(id), 'swap (MB)', { swapped: demand - resident }),
    ]),
  ];
}

interface Slice {
  readonly tid: number;
  readonly pid: number;
  readonly doing: string;
  readonly ts: number;
  readonly args: TraceEvent['args'];
}

/** The tracks of invocations on machines, each with at most one slice that is open. */
class Tracks {
  private readonly config: Configuration;
  private readonly tids = new Map<string, { tid: number; pid: number; id: number }>();
  private readonly open = new Map<string, Slice>();
  private readonly closed: TraceEvent[] = [];
  private readonly firstTid: number;
  private readonly machines: number;

  constructor({ config, moments }: Film) {
    this.config = config;
    this.machines = moments.at(-1)?.machines.length ?? 0;
    this.firstTid = processOf(this.machines);
  }

  /** Goes on with the slices of those that do what they did, ends the others, and begins anew. */
  show({ invocations, step }: Moment, ts: number): void {
    const seen = new Set<string>();
    for (const invocation of invocations) {
      if (invocation.machine === null) continue;
      const key = `${invocation.machine}/${invocation.id}`;
      seen.add(key);
      const doing = doingOf(invocation);
      if (this.open.get(key)?.doing === doing) continue;
      this.close(key, ts);
      const { demand, resident } = invocation;
      const args = {
        class: this.className(invocation),
        demandMb: demand,
        residentMb: resident,
        sinceStep: step,
      };
      this.open.set(key, { ...this.trackOf(key, invocation), doing, ts, args });
    }
    for (const key of [...this.open.keys()]) if (!seen.has(key)) this.close(key, ts);
  }

  /** @returns every slice. */
  end(ts: number): TraceEvent[] {
    for (const key of [...this.open.keys()]) this.close(key, ts);
    return this.closed;
  }

  /** What names and orders processes and tracks. */
  names(): TraceEvent[] {
    const named = (kind: string, name: string, pid: number, tid?: number): TraceEvent => {
      return { ph: 'M', name: kind, pid, ...(tid === undefined ? {} : { tid }), args: { name } };
    };
    const pids = Array.from({ length: this.machines }, (_, id) => processOf(id));
    return [
      named('process_name', 'scenario', SCENARIO),
      named('thread_name', 'stimuli', SCENARIO, STIMULI),
      ...pids.map((pid, id) => named('process_name', `machine ${id}`, pid)),
      ...[SCENARIO, ...pids].map((pid): TraceEvent => {
        return { ph: 'M', name: 'process_sort_index', pid, args: { sort_index: pid } };
      }),
      ...[...this.tids.values()].map(({ tid, pid, id }) =>
        named('thread_name', `invocation ${id}`, pid, tid),
      ),
    ];
  }

  private close(key: string, ts: number): void {
    const slice = this.open.get(key);
    if (slice === undefined) return;
    this.open.delete(key);
    const { pid, tid, doing, ts: since, args } = slice;
    this.closed.push({ ph: 'X', name: doing, pid, tid, ts: since, dur: inUs(ts - since), args });
  }

  private trackOf(key: string, { id, machine }: LiveInvocation): { tid: number; pid: number } {
    const known = this.tids.get(key);
    if (known !== undefined) return { tid: known.tid, pid: known.pid };
    const track = { tid: this.firstTid + this.tids.size, pid: processOf(machine!) };
    this.tids.set(key, { ...track, id });
    return track;
  }

  private className({ class: effective }: LiveInvocation): string {
    return this.config.classes[effective]!.name;
  }
}

/** Without the digits that sums and differences of fractions leave behind: the format has nanoseconds. */
function inUs(value: number): number {
  return Number(value.toFixed(3));
}
