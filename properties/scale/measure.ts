import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { BLOCK, type BlockResult, type BlockTask } from '../campaign/block.ts';
import { sightingsPartOf } from '../campaign/sightings.ts';
import { runStretch, unite } from '../campaign/stretch.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { readResult, resultText } from '../farm/wire.ts';
import { mergeReports } from '../reports/merge.ts';
import { countsOf, fileOfReport, identityOf, reportFileText } from '../reports/report-file.ts';
import type { MergeCost, StretchCost } from './record.ts';

/** What is measured without Redis: playing, checking, uniting, merging. */

export function stretchOf(blocks: number, size: BlockTask['size'] = 'medium'): BlockResult {
  const task = { seed: 1, block: 0, count: blocks * BLOCK, size, properties: [], except: [], without: [] };
  return runStretch(task, contestantOf({ scheduler: 'xx' }));
}

/** @param repeats of each part in a batch; a tenth before them, while V8 compiles, does not count. */
export function stretchCost(blocks: number, repeats: number, size?: BlockTask['size']): StretchCost {
  const result = stretchOf(blocks, size);
  const text = resultText(result);
  const checkMs = cpuMsOf(repeats, () => readResult(text, 'a result'));
  const uniteMs = cpuMsOf(repeats, () => unite(result, result, blocks * BLOCK));
  return { blocks, bytes: text.length, checkMs, uniteMs };
}

export function blockMs(blocks: number, size?: BlockTask['size']): number {
  stretchOf(Math.ceil(blocks / 4), size);
  return rounded(cpuMs(() => stretchOf(blocks, size)) / blocks);
}

/** Merges the reports of shards that have all tried the same. */
export function mergeCost(shards: number, { tally, sightings }: BlockResult): MergeCost {
  const home = mkdtempSync(join(tmpdir(), 'xx-scale-'));
  const campaign = identityOf({
    ...{ scheduler: 'xx', seed: 1, size: 'medium', properties: [], except: [], without: [], goals: [] },
    ...{ runsAsked: shards * BLOCK, of: shards },
  });
  const counts = countsOf(tally);
  const part = { runs: BLOCK, steps: tally.steps, seconds: 1, interrupted: false, endedEarly: 0, counts };
  const seen = sightings === null ? {} : { sightings: sightingsPartOf(sightings) };
  let bytes = 0;
  for (let shard = 1; shard <= shards; shard++) {
    const report = { campaign, parts: [{ ...part, ...seen, shard, found: [] }] };
    const file = fileOfReport(home, report);
    writeWhole(file, reportFileText(report));
    bytes += statSync(file).size;
  }
  try {
    const ms = rounded(cpuMs(() => mergeReports([home], join(home, 'all'))));
    return { shards, bytes, ms };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The median of some batches, since one of them may have to tidy up the memory. */
const BATCHES = 5;

function cpuMsOf(repeats: number, work: () => unknown): number {
  for (let warm = 0; warm < repeats / 10; warm++) work();
  const batches = Array.from({ length: BATCHES }, () =>
    cpuMs(() => {
      for (let time = 0; time < repeats; time++) work();
    }),
  );
  return rounded(batches.sort((a, b) => a - b)[(BATCHES - 1) / 2]! / repeats);
}

/** CPU time of this process, which says the same on a machine that has something else to do. */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return cpuMsSince(before);
}

export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Three digits: more of them would differ from time to time. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
