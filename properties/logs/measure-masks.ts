import type { Trace } from '../../model/configuration.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import { maskedLines, verdictOnLines } from './masked-verdict.ts';
import { AMBIGUOUS, MASKS, type Mask } from './masks.ts';
import type { MaskRow, MasksRecord } from './record.ts';
import { referenceTraces } from './traces.ts';
import { underMask, type WrongTrace, wrongTracesOf } from './wrong-logs.ts';

/** How much is measured. */
export interface MaskOptions {
  readonly traces: number;
  readonly seed: number;
  readonly mutants: readonly Mutant[];
  /** Of the campaigns that look for wrong traces. */
  readonly seeds: readonly number[];
  readonly mostRuns: number;
  readonly onProgress?: (what: string) => void;
}

/** Judges traces of the reference and of wrong schedulers under every mask. */
export async function measureMasks(options: MaskOptions): Promise<MasksRecord> {
  const { seed, mutants, seeds, mostRuns, onProgress = () => {} } = options;
  const wrong: { name: string; traces: readonly WrongTrace[] }[] = [];
  for (const mutant of mutants) {
    onProgress(`wrong schedulers: ${mutant.name}`);
    const traces = await wrongTracesOf(mutant, seeds, mostRuns);
    if (traces.length > 0) wrong.push({ name: mutant.name, traces });
  }
  const traces = [...referenceTraces(options.traces, seed)];
  const rows = [...MASKS, AMBIGUOUS].map((mask) => {
    onProgress(`mask ${mask.name}`);
    const found = wrong.map(({ name, traces: ofIt }) => ({ name, ...underMask(ofIt, mask) }));
    const shown = found.filter(({ shows }) => shows);
    const missed = shown.filter(({ refused }) => !refused).map(({ name }) => name);
    return {
      ...ofTheReference(traces, mask),
      shown: shown.length,
      refused: shown.length - missed.length,
      missed,
    };
  });
  return { traces: traces.length, seed, wrongSchedulers: wrong.length, rows };
}

type OfTheReference = Omit<MaskRow, 'shown' | 'refused' | 'missed'>;

/** What becomes of whole and right traces under a mask. */
export function ofTheReference(traces: readonly Trace[], mask: Mask): OfTheReference {
  const logs = traces.map((trace) => maskedLines(trace, mask));
  const before = process.cpuUsage();
  const verdicts = logs
    .map((lines) => verdictOnLines(lines))
    .map(({ violation, judge }) => ({
      refused: violation !== null,
      bounded: judge.boundReachedAt !== null,
      most: judge.most,
    }));
  const { user, system } = process.cpuUsage(before);
  const lines = logs.reduce((sum, { length }) => sum + length, 0);
  const count = (holds: (verdict: (typeof verdicts)[number]) => boolean) => verdicts.filter(holds).length;
  return {
    mask: mask.name,
    unobserved: mask.unobserved,
    lines,
    accepted: count(({ refused }) => !refused),
    boundReached: count(({ bounded }) => bounded),
    undecided: count(({ refused, bounded }) => refused && bounded),
    mostStates: Math.max(...verdicts.map(({ most }) => most)),
    linesPerSecond: Math.round(lines / ((user + system) / 1_000_000)),
  };
}
