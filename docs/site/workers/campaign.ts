import type { Scenario } from '../../../model/configuration.ts';
import { runCampaign } from '../../../properties/campaign/campaign.ts';
import type { PropertyId } from '../../../properties/catalogue.ts';
import type { Finding } from '../../../properties/checkers/checker.ts';
import { createScheduler } from '../../../properties/contestants/schedulers.ts';
import { MUTANTS } from '../../../properties/mutants/index.ts';
import { contestantOfMutant } from '../../../properties/mutants/parts/mutant.ts';
import { askedOf } from '../../../properties/play/asked.ts';
import type { Contestant } from '../../../properties/play/contestant.ts';
import { shrinkScenario } from '../../../properties/shrinking/shrink.ts';

/** A campaign in a worker: the generators, the play and the shrinker of the command line, unmodified. */

export type CampaignTask =
  | {
      readonly type: 'fuzz';
      readonly scheduler: string;
      readonly properties: readonly PropertyId[];
      readonly seed: number;
      readonly runs: number;
    }
  | {
      readonly type: 'shrink';
      readonly scheduler: string;
      readonly properties: readonly PropertyId[];
      readonly scenario: Scenario;
      readonly finding: Finding;
    };

export type CampaignReport =
  | { readonly type: 'fuzzing'; readonly runs: number; readonly steps: number }
  | {
      readonly type: 'fuzzed';
      readonly runs: number;
      readonly steps: number;
      readonly found: { readonly run: number; readonly scenario: Scenario; readonly finding: Finding } | null;
    }
  | { readonly type: 'shrinking'; readonly steps: number; readonly tried: number }
  | {
      readonly type: 'shrunk';
      readonly scenario: Scenario;
      readonly finding: Finding;
      readonly onlyOnce: boolean;
    }
  | { readonly type: 'failed'; readonly message: string };

let isStopped = false;

const tell = (report: CampaignReport): void => postMessage(report);

/** How often progress is told, in ms: telling takes longer than many steps. */
const TELL_EVERY_MS = 100;

addEventListener('message', ({ data }: MessageEvent<CampaignTask | 'stop'>) => {
  if (data === 'stop') {
    isStopped = true;
    return;
  }
  isStopped = false;
  const work = data.type === 'fuzz' ? fuzz(data) : shrink(data);
  work.catch((error: unknown) =>
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

async function fuzz({
  scheduler,
  properties,
  seed,
  runs: wanted,
}: CampaignTask & { type: 'fuzz' }): Promise<void> {
  const { runs, tally, violations } = await runCampaign({
    contestant: contestantNamed(scheduler),
    ...{ seed, size: 'small', properties, shrink: false },
    wanted: (begun) => wanted - begun,
    onProgress: (progress) => tell({ type: 'fuzzing', runs: progress.runs, steps: progress.steps }),
    interrupted: () => isStopped,
  });
  const [violation] = violations;
  const found =
    violation === undefined
      ? null
      : { run: violation.run, scenario: violation.scenario, finding: violation.finding };
  tell({ type: 'fuzzed', runs, steps: tally.steps, found });
}

async function shrink({
  scheduler,
  properties,
  scenario,
  finding,
}: CampaignTask & { type: 'shrink' }): Promise<void> {
  let toldAt = Number.NEGATIVE_INFINITY;
  const shrunk = await shrinkScenario(scenario, finding, contestantNamed(scheduler), {
    asked: askedOf(properties),
    interrupted: () => isStopped,
    onProgress: (progress) => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      tell({ type: 'shrinking', ...progress });
    },
  });
  tell({ type: 'shrunk', ...shrunk, onlyOnce: shrunk.onlyOnce === true });
}

/** As the command line has them. */
function contestantNamed(name: string): Contestant {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant !== undefined) return contestantOfMutant(mutant);
  const scheduler = createScheduler(name);
  return name === 'xx' ? { scheduler, twin: createScheduler('xx-immer') } : { scheduler };
}
