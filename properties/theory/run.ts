import { untilStopped } from '../until-stopped.ts';
import { availableWorkers, startWorkers } from '../workers.ts';
import { compare, functionsFor, type TheoryReport } from './experiments.ts';
import type { Setting } from './laws.ts';
import type { Replication } from './replicate.ts';
import type { ReplicationTask } from './worker.ts';

export interface TheoryOptions {
  readonly settings: readonly Setting[];
  readonly replications: number;
  /** Functions of a replication at load 0.5; at other loads as many as it takes to be as sure. */
  readonly base: number;
  /** Functions of each replication, in place of that. */
  readonly functions?: number;
  readonly seed: number;
  readonly workers?: number;
  readonly onProgress?: (done: number, of: number) => void;
  /** Ends it early. */
  readonly stopped?: AbortSignal;
}

/**
 * Plays all replications of all settings, on all cores, and compares them with theory. Same options, same report, unless it
 * was stopped: then a setting is left out of which a replication is missing.
 */
export async function runTheory(options: TheoryOptions): Promise<TheoryReport> {
  const { settings, replications, base, seed, onProgress = () => {} } = options;
  const workers = startWorkers<ReplicationTask, Replication>(
    'theory/worker',
    options.workers ?? availableWorkers(),
  );
  let done = 0;
  const playing = settings.flatMap((setting, index) =>
    Array.from({ length: replications }, async (_, replication) => {
      const functions = options.functions ?? functionsFor(setting, base);
      // Far apart, so that no two replications of any settings share their draws.
      const task = { setting, functions, seed: seed * 1_000_000 + index * 1000 + replication };
      const result = await workers.run(task);
      onProgress(++done, settings.length * replications);
      return result;
    }),
  );
  try {
    const played = await untilStopped(playing, options.stopped);
    const whole = settings.flatMap((setting, index) => {
      const own = played.slice(index * replications, (index + 1) * replications);
      const there = own.filter((one) => one !== undefined);
      return there.length === replications ? [{ setting, there }] : [];
    });
    const report = compare(
      whole.map(({ setting }) => setting),
      whole.map(({ there }) => there),
    );
    const missing = settings.length - whole.length;
    return missing === 0 ? report : { ...report, interrupted: { notSimulated: missing } };
  } finally {
    await workers.destroy();
  }
}
