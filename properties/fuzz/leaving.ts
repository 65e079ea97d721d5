import { basename } from 'node:path';
import { writeWhole } from '../../reference-impl/io/files.ts';
import type { CampaignResult } from '../campaign/campaign.ts';
import { sightingsPartOf } from '../campaign/sightings.ts';
import type { CampaignSummary } from '../campaign/summary.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { CorpusSummary } from '../corpus/corpus-summary.ts';
import { type CorpusDirectory, writeCorpus } from '../corpus/directory.ts';
import {
  type CampaignReport,
  countsOf,
  fileOfReport,
  identityOf,
  reportFileText,
} from '../reports/report-file.ts';
import type { FuzzOptions } from './options.ts';

/** Writes the report of a campaign, or of a part of one, for `xx fuzz merge`. */
export function writeReport(
  {
    candidate,
    seed,
    size,
    runs,
    out,
    shard = { index: 1, of: 1 },
    goals,
    except,
  }: Omit<FuzzOptions, 'except'> & { goals: readonly string[]; except: readonly PropertyId[] },
  properties: readonly PropertyId[],
  summary: CampaignSummary,
  { tally, sightings }: CampaignResult,
  found: readonly string[],
): void {
  const report: CampaignReport = {
    campaign: identityOf({
      scheduler: candidate.scheduler,
      seed,
      size,
      properties,
      except,
      without: summary.without,
      goals,
      runsAsked: runs ?? null,
      of: shard.of,
    }),
    parts: [
      {
        shard: shard.index,
        runs: summary.runs,
        steps: summary.steps,
        seconds: summary.seconds,
        interrupted: summary.verdict === 'interrupted',
        endedEarly: tally.endedEarly,
        counts: countsOf(tally),
        ...(sightings === null ? {} : { sightings: sightingsPartOf(sightings) }),
        found: found.map((file) => basename(file)),
      },
    ],
  };
  writeWhole(fileOfReport(out, report), reportFileText(report));
}

/** Writes the corpus; a campaign that has found something ended early, and leaves it as it was. */
export async function keepCorpus(
  directory: string | undefined,
  before: CorpusDirectory | null,
  corpus: Corpus | null,
  { violations }: CampaignResult,
  interrupted: () => boolean,
): Promise<CorpusSummary | null> {
  if (directory === undefined || before === null || corpus === null) return null;
  const { scenarios, setAside } = before;
  const replayed = scenarios.size;
  if (violations.length > 0) return { directory, replayed, added: 0, kept: replayed, setAside };
  if (!interrupted()) await corpus.minimise(interrupted);
  writeCorpus(
    directory,
    corpus.entries.map(({ scenario }) => scenario),
    before,
  );
  return { directory, replayed, added: corpus.added, kept: corpus.entries.length, setAside };
}
