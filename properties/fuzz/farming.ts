import { createHash } from 'node:crypto';
import type { PartId } from '../../model/alphabet.ts';
import { scenarioText } from '../../model/format/write.ts';
import type { PropertyId } from '../catalogue.ts';
import type { CorpusDirectory } from '../corpus/directory.ts';
import { buildHere, digestOfFile } from '../farm/build.ts';
import { Coordinator } from '../farm/coordinator.ts';
import { openEngine } from '../farm/engine.ts';
import { blocksOfJob, type CampaignSpec } from '../farm/spec.ts';
import type { FuzzOptions } from './options.ts';

/**
 * Coordinates a campaign whose blocks are played by whoever takes them from a queue.
 *
 * @param how.elapsedSeconds of this process.
 * @throws InputError with one line when the queue cannot be used.
 */
export async function openFarm(
  options: FuzzOptions,
  asked: {
    readonly wanted: readonly PropertyId[];
    readonly except: readonly PropertyId[];
    readonly without: readonly PartId[];
    readonly before: CorpusDirectory | null;
  },
  how: { readonly say: (line: string) => void; readonly elapsedSeconds: () => number },
): Promise<Coordinator | null> {
  if (options.queue === undefined) return null;
  const { url, resume } = options.queue;
  const engine = await openEngine(url, how.say);
  try {
    return await Coordinator.open(engine, specOf(options, asked), { ...how, resume });
  } catch (error) {
    engine.close();
    throw engine.refusalOf(error) ?? error;
  }
}

/** Everything that determines the result. */
function specOf(
  { candidate, seed, size, runs: runsAsked, queue }: FuzzOptions,
  {
    wanted,
    except,
    without,
    before,
  }: {
    readonly wanted: readonly PropertyId[];
    readonly except: readonly PropertyId[];
    readonly without: readonly PartId[];
    readonly before: CorpusDirectory | null;
  },
): CampaignSpec {
  const { version, digest } = buildHere();
  const isProcess = candidate.exec !== undefined;
  const runs = runsAsked ?? null;
  return {
    ...{ version, build: digest, scheduler: candidate.scheduler, isProcess, seed, size },
    properties: [...wanted].sort(),
    except: [...except].sort(),
    without: [...without].sort(),
    goals: candidate.goals === undefined ? null : digestOfFile(candidate.goals),
    corpus: before === null ? null : digestOfCorpus(before),
    shares: queue?.shares === true,
    runs,
    blocks: blocksOfJob(runs, isProcess),
  };
}

function digestOfCorpus({ scenarios }: CorpusDirectory): string {
  const hash = createHash('sha256');
  for (const scenario of scenarios.values()) hash.update(scenarioText(scenario));
  return hash.digest('hex');
}
