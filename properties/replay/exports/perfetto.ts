import type { Configuration } from '../../../model/configuration.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../../model/words.ts';
import { doingOf } from '../doing.ts';
import type { Film, LiveInvocation, Moment } from '../moment.ts';
import type { Exporter } from './exporter.ts';
import { startsOf } from './timeline.ts';

/**
 * A replay in the trace event format of Chrome, which ui.perfetto.dev opens.
 *
 * One process is the scenario, with an instant for each stimulus. Each machine is a process, with counters of its cores,
 * RAM and swap, of how much there is of each, and a track for each invocation that was ever on it, whose slices say that
 * it runs, is ready, is blocked, or is swapped out (in part or wholly). Where paging takes time it has a track of its
 * disk, with a slice for each transfer: `out`, `in`, or `dying` once its owner was killed. Each shard is a process, with counters of its
 * queue and idle list and a track for each invocation that ever waited there. A slice ends when anything that it says
 * changes; a counter is told when it changes.
 *
 * What a step leads to lasts until the next step begins, and after the last until its millisecond ends. So lengths below
 * a millisecond say in which order things happened, and no more: see {@link startsOf}.
 */
export function perfettoExporter(film: Film): Exporter {
  const { file, scheduler, recording } = film;
  const starts = startsOf(recording.steps);
  const tracks = new Tracks(recording.config);
  let lastStep = 0;
  const written = (events: readonly TraceEvent[]): string => {
    return events.map((event) => `,\n${JSON.stringify(event)}`).join('');
  };
  return {
    head: () =>
      `{"displayTimeUnit":"ms","otherData":${JSON.stringify({ file, scheduler })},"traceEvents":[\n${JSON.stringify(named('process_name', 'scenario', SCENARIO))}${written([named('thread_name', 'stimuli', SCENARIO, STIMULI), sorted(SCENARIO)])}`,
    moment(moment) {
      if (moment.isAftermath) return '';
      lastStep = moment.step;
      const ts = starts[moment.step - 1]!;
      return written([...instantsOf(moment, ts, film), ...tracks.show(moment, ts)]);
    },
    tail: () => `${written(tracks.end(starts[lastStep] ?? 0))}\n]}\n`,
  };
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

const SCENARIO = 1;
const STIMULI = 1;

function instantsOf(moment: Moment, ts: number, { recording }: Film): TraceEvent[] {
  const { step, timed, decisions } = moment;
  const { finding, steps } = recording;
  const told = (decisions ?? []).map(({ decision, mark }) => {
    return mark === 'taken' ? wordsOfDecision(decision) : `${wordsOfDecision(decision)} (${mark})`;
  });
  const leftOut = decisions === null ? ' (left out: not possible here)' : '';
  const happened = instant(ts, `${wordsOfStimulus(timed.stimulus)}${leftOut}`, {
    step,
    atMs: timed.at,
    decisions: told,
  });
  // What is wrong with a whole run may be counted after the last step that was recorded.
  const isWrong = finding !== null && Math.min(finding.step, steps.length) === step;
  if (!isWrong) return [happened];
  const { property, entity, message } = finding;
  return [happened, instant(ts, `violates ${property}`, { entity, message })];
}

function instant(ts: number, name: string, args: TraceEvent['args']): TraceEvent {
  return { ph: 'i', s: 't', name, pid: SCENARIO, tid: STIMULI, ts, args };
}

function named(kind: string, name: string, pid: number, tid?: number): TraceEvent {
  return { ph: 'M', name: kind, pid, ...(tid === undefined ? {} : { tid }), args: { name } };
}

function sorted(pid: number): TraceEvent {
  return { ph: 'M', name: 'process_sort_index', pid, args: { sort_index: pid } };
}

/** What an invocation does, where, from when on. */
interface Slice {
  readonly tid: number;
  readonly pid: number;
  readonly name: string;
  readonly ts: number;
  readonly args: TraceEvent['args'];
  /** All that it says, to be compared. */
  readonly says: string;
}

/** What a slice is to say, and on which track of which process. */
interface Told {
  readonly key: string;
  readonly where: string;
  readonly track: string;
  readonly name: string;
  readonly said: TraceEvent['args'];
}

/** Tracks and counters of a film: what has changed since the moment before. */
class Tracks {
  private readonly config: Configuration;
  private readonly pids = new Map<string, number>();
  private readonly tids = new Map<string, number>();
  private readonly open = new Map<string, Slice>();
  private readonly counters = new Map<string, string>();
  private events: TraceEvent[] = [];

  constructor(config: Configuration) {
    this.config = config;
  }

  /** Continues the slices and counters that have not changed, ends the others, and begins new ones. */
  show(moment: Moment, ts: number): TraceEvent[] {
    const { invocations, machines, shards, tenants, step } = moment;
    const begun = begunIn(moment);
    for (const { id, ...machine } of machines) {
      const pid = this.process(`machine ${id}`, shards.length + id);
      const { cores, running, ram, resident, taken, swap, swapped, transfer } = machine;
      const inFlight = this.config.paging === undefined ? {} : { inFlight: transfer?.mb ?? 0 };
      this.count(pid, 'cores', ts, { running });
      this.count(pid, 'cores in all', ts, { cores });
      this.count(pid, 'RAM (MB)', ts, { resident, ...inFlight, antagonist: taken });
      this.count(pid, 'RAM in all (MB)', ts, { ram });
      this.count(pid, 'swap (MB)', ts, { swapped, ...inFlight });
      this.count(pid, 'swap in all (MB)', ts, { swap });
    }
    for (const [id, { queues, listed }] of shards.entries()) {
      const pid = this.process(`shard ${id}`, id);
      const invocations = queues.reduce((sum, queue) => sum + queue.length, 0);
      this.count(pid, 'queued', ts, { invocations });
      this.count(pid, 'idle list', ts, { machines: listed.length });
    }
    for (const [id, { budget, spent }] of tenants.entries()) {
      if (budget === null) continue;
      this.count(SCENARIO, `spent by tenant ${id} (pico-cents)`, ts, { spent });
      this.count(SCENARIO, `budget of tenant ${id} (pico-cents)`, ts, { budget });
    }
    const seen = new Set<string>();
    for (const { id, transfer } of machines) {
      if (transfer === null) continue;
      const where = `machine ${id}`;
      const key = `${where}/disk`;
      seen.add(key);
      // One that begins as another ends may look the same.
      if (transfer.id !== null && begun.has(transfer.id)) this.close(key, ts);
      const { id: owner, way, mb } = transfer;
      const said = { ...(owner === null ? {} : { invocation: owner }), memoryMb: mb };
      this.slice({ key, where, track: 'disk', name: way, said }, { step, ts });
    }
    for (const invocation of invocations) {
      const where = whereIs(invocation);
      if (where === null) continue;
      const key = `${where}/${invocation.id}`;
      seen.add(key);
      this.slice({ key, where, ...this.lifeOf(invocation) }, { step, ts });
    }
    for (const key of this.open.keys()) if (!seen.has(key)) this.close(key, ts);
    return this.handOver();
  }

  /** Ends every slice. */
  end(ts: number): TraceEvent[] {
    for (const key of this.open.keys()) this.close(key, ts);
    return this.handOver();
  }

  private handOver(): TraceEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  /** What an invocation does, on a track of its own. */
  private lifeOf(invocation: LiveInvocation): Pick<Told, 'track' | 'name' | 'said'> {
    const { id, tenant, attempt, demand, resident, inFlight, fresh } = invocation;
    const elsewhere = this.config.paging === undefined ? {} : { inFlightMb: inFlight, freshMb: fresh };
    const said = {
      function: invocation.function,
      class: this.config.classes[invocation.class]!.name,
      tenant,
      attempt,
      ...(invocation.machine === null ? {} : { demandMb: demand, residentMb: resident, ...elsewhere }),
    };
    return { track: `invocation ${id}`, name: doingOf(invocation), said };
  }

  private slice({ key, where, track, name, said }: Told, { step, ts }: { step: number; ts: number }): void {
    const says = `${name} ${JSON.stringify(said)}`;
    if (this.open.get(key)?.says === says) return;
    this.close(key, ts);
    const pid = this.pids.get(where)!;
    const tid = this.thread(key, pid, track);
    this.open.set(key, { pid, tid, name, ts, says, args: { ...said, sinceStep: step } });
  }

  private close(key: string, ts: number): void {
    const slice = this.open.get(key);
    if (slice === undefined) return;
    this.open.delete(key);
    const { pid, tid, name, ts: since, args } = slice;
    // A slice that begins and ends at one place cannot be seen, and would overlap with what follows.
    if (ts > since) this.events.push({ ph: 'X', name, pid, tid, ts: since, dur: ts - since, args });
  }

  private count(pid: number, name: string, ts: number, args: Record<string, number>): void {
    const key = `${pid}/${name}`;
    const says = Object.values(args).join();
    if (this.counters.get(key) === says) return;
    this.counters.set(key, says);
    this.events.push({ ph: 'C', name, pid, ts, args });
  }

  /** A process, named where it is first seen. */
  private process(name: string, place: number): number {
    const known = this.pids.get(name);
    if (known !== undefined) return known;
    const pid = SCENARIO + 1 + place;
    this.pids.set(name, pid);
    this.events.push(named('process_name', name, pid), sorted(pid));
    return pid;
  }

  private thread(key: string, pid: number, name: string): number {
    const known = this.tids.get(key);
    if (known !== undefined) return known;
    const tid = FIRST_TID + this.tids.size;
    this.tids.set(key, tid);
    this.events.push(named('thread_name', name, pid, tid));
    return tid;
  }
}

/** Threads of different processes have different numbers, which no process has. */
const FIRST_TID = 1_000_000;

/** The process on whose tracks an invocation is; null while it is on none. */
function whereIs({ machine, shard, phase }: LiveInvocation): string | null {
  if (machine !== null) return `machine ${machine}`;
  return phase === 'queued' ? `shard ${shard}` : null;
}

/** Those whose memory sets out in a step. */
function begunIn({ decisions }: Moment): Set<number> {
  return new Set(
    (decisions ?? []).flatMap(({ decision, mark }) =>
      mark === 'taken' && (decision.type === 'pageOut' || decision.type === 'pageIn') ? [decision.id] : [],
    ),
  );
}
