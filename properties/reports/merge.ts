import { basename, dirname, join } from 'node:path';
import { InputError } from '../../model/input-error.ts';
import { refuseUnwritable, writeWhole } from '../../reference-impl/io/files.ts';
import type { LostFinding } from '../campaign/summary.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { type Collected, collect, filesBelow, type SetAside } from '../records/collect.ts';
import { keepRecord } from '../records/keep.ts';
import { type CounterexampleRecord, readRecord } from '../records/record.ts';
import {
  type CampaignReport,
  fileOfReport,
  type ReportPart,
  readReportFile,
  reportFileText,
} from './report-file.ts';

/** What several directories hold of one campaign. */
export interface Merged {
  readonly report: CampaignReport;
  /** What was found, each once, the smallest that was met, and where it is kept now. */
  readonly records: readonly Collected<CounterexampleRecord>[];
  /** Shards without a report. */
  readonly missing: readonly number[];
  readonly setAside: readonly SetAside[];
  /** What reports say was found, and whose counterexample cannot be read: it was found all the same. */
  readonly lost: readonly LostFinding[];
}

/**
 * Unites the reports of shards, their coverage and what they found, and writes all of it to one directory. Merging the
 * same again, or a merge with its parts, changes nothing.
 *
 * @throws InputError when there is no report, or reports are of different campaigns.
 */
export function mergeReports(directories: readonly string[], out: string): Merged {
  refuseUnwritable(out);
  const files = directories.flatMap((directory) => [
    ...filesBelow(directory, (name) => name.endsWith('.report.json')),
  ]);
  const { collected, setAside } = collect([...new Set(files)], readReportFile);
  const [first] = collected;
  if (first === undefined) {
    const reason =
      setAside[0]?.reason ?? `no report (*.report.json); \`xx fuzz --shard i/n --out DIR\` writes one`;
    throw new InputError(`${directories.join(', ')}: ${reason}`);
  }
  for (const other of collected) refuseOther(first, other);
  const report = {
    campaign: first.item.campaign,
    parts: united(collected.flatMap(({ item }) => item.parts)),
  };
  const beside = collected.flatMap(({ file, item }) =>
    item.parts.flatMap(({ found }) => found.map((name) => join(dirname(file), name))),
  );
  const found = collect([...new Set(beside)].sort(), readRecord);
  const kept = new Set(found.collected.map(({ item }) => keepRecord(out, item)));
  writeWhole(fileOfReport(out, report), reportFileText(report));
  const records = collect([...kept].sort(), readRecord).collected;
  const lost = found.setAside.map(({ file, reason }) => ({ property: propertyInName(file), file, reason }));
  const { of } = report.campaign;
  const shards = Array.from({ length: of }, (_, index) => index + 1);
  return {
    report,
    records,
    missing: shards.filter((shard) => !report.parts.some((part) => part.shard === shard)),
    setAside: [...setAside, ...found.setAside],
    lost,
  };
}

/** The property that a counterexample is named after, as `keepRecord` does it; null when it is named otherwise. */
function propertyInName(file: string): PropertyId | null {
  const name = basename(file).replace(/-[0-9a-f]{8}(-\d+)?\.json$/, '');
  return CATALOGUE.find(({ id }) => id === name)?.id ?? null;
}

/** Reports are added up only when they count the same things of the same campaign. */
function refuseOther(first: Collected<CampaignReport>, other: Collected<CampaignReport>): void {
  const [one, another] = [first.item.campaign, other.item.campaign];
  for (const key of [
    'version',
    'model',
    'scheduler',
    'seed',
    'size',
    'properties',
    'except',
    'without',
    'goals',
    'runsAsked',
    'of',
  ] as const) {
    const [was, is] = [JSON.stringify(one[key]), JSON.stringify(another[key])];
    if (was === is) continue;
    throw new InputError(
      `${other.file}: belongs to another campaign than ${basename(first.file)}: its ${NAMES[key]} is ${is}, not ${was}; merge them separately`,
    );
  }
}

const NAMES = {
  version: 'version of xx-spec',
  model: 'model',
  scheduler: 'scheduler',
  seed: 'seed',
  size: 'size',
  properties: 'list of properties',
  except: 'list of properties left out',
  without: 'list of parts left out',
  goals: 'list of goals',
  runsAsked: 'number of runs',
  of: 'number of shards',
};

/** One part for each shard, in their order: of several the one that has tried most. */
function united(parts: readonly ReportPart[]): ReportPart[] {
  const best = new Map<number, ReportPart>();
  for (const part of parts) {
    const before = best.get(part.shard);
    if (before === undefined || byEffort(part, before) > 0) best.set(part.shard, part);
  }
  return [...best.values()].sort((a, b) => a.shard - b.shard);
}

/** More runs first, then more steps; whatever else differs is decided by the text, so that the order does not matter. */
function byEffort(a: ReportPart, b: ReportPart): number {
  if (a.runs !== b.runs) return a.runs - b.runs;
  if (a.steps !== b.steps) return a.steps - b.steps;
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? 1 : one === other ? 0 : -1;
}
