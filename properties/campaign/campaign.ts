import type { PartId } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { withImplied } from '../../model/parts.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { breathe } from '../breathe.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { askedFor, askedOf, isEverything } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { BrokenScheduler } from '../play/referee.ts';
import { addCampaignTally, type CampaignTally, emptyCampaignTally } from '../play/tally.ts';
import { OF_WHOLE_RUNS } from '../play/whole-runs.ts';
import { shrinkScenario } from '../shrinking/shrink.ts';
import { BLOCK, type BlockResult, type BlockTask, type Failure, runBlock } from './block.ts';
import { addSightings, noSightings, type Sightings } from './sightings.ts';
import type { Prefix } from './stretch.ts';

export interface CampaignOptions {
  readonly contestant: Contestant;
  readonly seed: number;
  readonly size: Size;
  /** How many runs more, asked before each block with the runs that were begun; the block is cut to it. */
  readonly wanted: (runs: number) => number;
  /** Only these are judged, each on its own evidence; everything when empty. */
  readonly properties: readonly PropertyId[];
  /** What is left out of everything; nothing unless given. */
  readonly except?: readonly PropertyId[];
  /** Parts of XX that are left out; none unless given. */
  readonly without?: readonly PartId[];
  /** Whether to look for the shortest scenario that shows what was found; it is left as it was found otherwise. */
  readonly shrink?: boolean;
  readonly onProgress: (progress: Progress) => void;
  /** Whether the campaign should stop: asked before each block, and while what was found is shrunk. */
  readonly interrupted?: () => boolean;
  /**
   * Told at once of what was found, before the search for the shortest scenario.
   *
   * @returns whether time for that search is up.
   */
  readonly onFound?: (violation: CampaignViolation) => () => boolean;
  /** Which blocks are run; by default all. */
  readonly shard?: CampaignShard;
  /** What comes before the first block, such as scenarios of a corpus; counts as no run. */
  readonly first?: () => BlockResult;
  /** Is told of runs that covered something new, block by block in their order. */
  readonly explorer?: CorpusExplorer;
  /** Is told of every run. */
  readonly observer?: RunObserver;
  /** Runs blocks elsewhere; by default they are run here, one at a time. */
  readonly elsewhere?: {
    /** How many tasks are under way at a time: by now, since workers may come and go. */
    readonly parallel: () => number;
    /** How many blocks make a task; one unless given. A task of several is a stretch. */
    readonly blocks?: number;
    /** A prefix stands for the task and all that came before it, whoever has united it. */
    readonly run: (task: BlockTask) => Promise<BlockResult | Prefix>;
  };
}

/** One part of a campaign of several: of blocks numbered from 0, every `of`-th, the first being `index - 1`. */
export interface CampaignShard {
  /** Counted from 1. */
  readonly index: number;
  readonly of: number;
}

/** Collects scenarios by what they cover. */
export interface CorpusExplorer {
  /** What is covered by now, as in `featuresOf`: runs that cover nothing else need not be told of. */
  readonly known: () => Uint8Array;
  readonly onNovel: (scenarios: readonly Scenario[]) => void;
}

/** Keeps what is observed of runs. */
export interface RunObserver {
  /** What the runs are said to put to the test. */
  readonly property: string;
  /**
   * Takes lines without their newlines, in the order of the runs, however many threads run them. The campaign goes on when
   * they are written; what was found does not wait for that.
   */
  readonly onObserved: (lines: readonly string[]) => Promise<void>;
}

export interface Progress {
  readonly runs: number;
  readonly steps: number;
  /** What the campaign is doing beside running: shrinking what it has found. */
  readonly shrinking: PropertyId | null;
  /** What was counted by now; it goes on being added to. */
  readonly tally: CampaignTally;
  /** The parts of XX that are not tried, as {@link CampaignResult.without}. */
  readonly without: readonly PartId[];
}

/** Something wrong, and the shortest scenario found that shows it. */
export interface CampaignViolation {
  readonly finding: Finding;
  readonly scenario: Scenario;
  /** The run that found it, counted from 1 (0: it was found before), and how many steps its scenario had. */
  readonly run: number;
  readonly stepsBeforeShrinking: number;
  /** Whether its property alone was judged, whatever else is wrong in the scenario; everything was otherwise. */
  readonly alone: boolean;
  /** Whether the search for the shortest scenario was interrupted or ran out of time, so that there may be a shorter one. */
  readonly cutShort: boolean;
  /** Whether something else failed once and not again in the same scenario, which is what is wrong. */
  readonly onlyOnce?: true;
}

export interface CampaignResult {
  readonly runs: number;
  readonly tally: CampaignTally;
  /** In how many runs each feature was met; what was played before the first run is none. Null when nobody has counted. */
  readonly sightings: Sightings | null;
  /** At most one: a campaign ends at the first. */
  readonly violations: readonly CampaignViolation[];
  /** The parts of XX that were not tried: those left out, and those that the scheduler has said it lacks. */
  readonly without: readonly PartId[];
}

/**
 * Runs generated scenarios until enough were tried or one fails. The same seed and options give the same result,
 * whichever thread runs the blocks, and however fast; only a time budget, in `wanted`, makes the number of runs depend
 * on it.
 *
 * @throws BrokenScheduler when the scheduler breaks the contract itself.
 * @throws InputError when a goal throws, or answers neither true nor false.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  let tally = emptyCampaignTally();
  let sightings = noSightings();
  /** What came before the first run, which is no part of a prefix. */
  let kept = emptyCampaignTally();
  /** How many runs the last prefix had. */
  let united = 0;
  const blocks = new BlockQueue(options);
  let runs = 0;
  let without = withImplied(options.without ?? []);
  /** An impossible decision that cut a run short: the result, if nothing that is asked is found in any run. */
  let impossible: Found | null = null;
  const end = async (found: Found | null): Promise<CampaignResult> => {
    if (found === null) return { runs, tally, sightings, violations: [], without };
    options.onProgress({
      runs,
      steps: tally.steps,
      shrinking: found.failure.finding.property,
      tally,
      without,
    });
    await breathe();
    return { runs, tally, sightings, violations: [await violationOf(options, found)], without };
  };
  for (;;) {
    const next = blocks.next();
    if (next === null || options.interrupted?.()) return end(impossible);
    const given = await unlessInterrupted(next.result, options.interrupted);
    if (given === null) return end(impossible);
    const isPrefix = 'upTo' in given;
    // Another one has brought the campaign further than this task, and this task is a part of that.
    if (isPrefix ? given.upTo <= runs : next.count > 0 && next.before < united) continue;
    if (isPrefix) united = given.upTo;
    const outcome = isPrefix ? given.result : given;
    const { count, before } = isPrefix ? { count: given.upTo, before: 0 } : next;
    if (isPrefix)
      [tally, sightings, runs, impossible] = [copyOf(kept), noSightings(), 0, ofCorpus(impossible)];
    const { failure, broken, badGoal, ...result } = outcome;
    const observed = options.observer?.onObserved(result.observations);
    if (broken !== null) {
      const { run = 0, scenario = null } = outcome.brokenIn ?? {};
      throw Object.assign(new BrokenScheduler(broken), { scenario, run: run === 0 ? 0 : before + run });
    }
    if (badGoal !== undefined) throw new InputError(badGoal);
    addCampaignTally(tally, result.tally);
    if (result.sightings !== null) addSightings(sightings, result.sightings);
    if (next.count === 0) kept = copyOf(tally);
    without = withImplied([...without, ...result.lacks]);
    options.explorer?.onNovel(result.novel);
    if (result.impossible !== null) {
      impossible ??= { failure: result.impossible, run: before + result.impossible.run };
    }
    if (failure !== null) {
      runs += failure.run;
      return end({ failure, run: before + failure.run });
    }
    if (result.stoppedAfter !== undefined) {
      runs += result.stoppedAfter;
      return end(impossible);
    }
    runs += count;
    options.onProgress({ runs, steps: tally.steps, shrinking: null, tally, without });
    await observed;
    await breathe();
  }
}

/** What was found before the first run. */
function ofCorpus(found: Found | null): Found | null {
  return found?.run === 0 ? found : null;
}

function copyOf(tally: CampaignTally): CampaignTally {
  const copy = emptyCampaignTally();
  addCampaignTally(copy, tally);
  return copy;
}

/** A run that has failed, and its number in the campaign. */
interface Found {
  readonly failure: Failure;
  readonly run: number;
}

async function violationOf(
  options: CampaignOptions,
  { failure: { scenario, finding, onlyOnce: isOnce }, run }: Found,
): Promise<CampaignViolation> {
  const { contestant, shrink = true, interrupted, properties, except } = options;
  const asked = askedFor(finding.property, askedOf(properties, except));
  const alone = !isEverything(asked);
  const as = { run, stepsBeforeShrinking: scenario.stimuli.length, alone };
  const found = { scenario, finding, ...as, cutShort: true };
  const isTimeUp = options.onFound?.(found) ?? (() => false);
  const once = { scenario, finding: failedOnce(finding), ...as, cutShort: false, onlyOnce: true } as const;
  if (isOnce) return once;
  if (!shrink) return { ...found, cutShort: false };
  const isOver = (): boolean => interrupted?.() === true || isTimeUp();
  const shown = await shrinkScenario(scenario, finding, contestant, { asked, interrupted: isOver });
  const { onlyOnce = false, ...shrunk } = shown;
  // Nobody who has no time is asked again, and what is asked of a whole run was asked again in the same way before.
  if (!onlyOnce || isOver() || OF_WHOLE_RUNS.includes(finding.property)) {
    return { ...shrunk, ...as, cutShort: isOver() };
  }
  return once;
}

/** What failed once and not again says nothing but that the scheduler does not do the same twice. */
function failedOnce({ property, step, entity, message }: Finding): Finding {
  return {
    ...{ property: 'determinism', rule: null, step, entity, falls: [] },
    message: `failed once, and not when the same scenario was played again: ${property}: ${message}`,
  };
}

/** A block under way: how many runs of the campaign come before it, and how many it has. */
interface Block {
  readonly before: number;
  readonly count: number;
  readonly result: BlockResult | Promise<BlockResult | Prefix>;
}

const WHOLE: CampaignShard = { index: 1, of: 1 };

/** The blocks of a campaign in order; several are under way if there are workers to run them. */
class BlockQueue {
  private readonly options: CampaignOptions;
  private readonly underWay: Block[] = [];
  private begun = 0;
  private block = 0;

  constructor(options: CampaignOptions) {
    this.options = options;
    if (options.first !== undefined) {
      this.underWay.push({ before: 0, count: 0, result: options.first() });
    }
  }

  next(): Block | null {
    const { elsewhere, contestant, seed, size, properties, except = [], without = [], wanted } = this.options;
    const { shard = WHOLE, explorer, observer } = this.options;
    const ahead = elsewhere?.parallel() ?? 1;
    const blocks = elsewhere?.blocks ?? 1;
    while (this.underWay.length < ahead) {
      const count = Math.min(BLOCK * blocks, wanted(this.begun));
      if (count <= 0) break;
      const before = this.begun;
      const block = this.block;
      this.block += blocks;
      this.begun += count;
      if (block % shard.of !== shard.index - 1) continue;
      const known = explorer === undefined ? {} : { known: explorer.known() };
      const observe = observer === undefined ? {} : { observe: observer.property };
      const what = { size, properties, except, without };
      const task: BlockTask = { seed, block, count, ...what, ...known, ...observe };
      const result = elsewhere === undefined ? runBlock(task, contestant) : elsewhere.run(task);
      this.underWay.push({ before, count, result });
    }
    return this.underWay.shift() ?? null;
  }
}

/** How often it is asked whether to go on, while a block is run elsewhere. */
const ASK_EVERY_MS = 50;

/** The result of a block, or null when the campaign should stop before that. */
async function unlessInterrupted(
  result: Block['result'],
  interrupted: CampaignOptions['interrupted'],
): Promise<BlockResult | Prefix | null> {
  if (interrupted === undefined || !(result instanceof Promise)) return result;
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<null>((resolve) => {
    timer = setInterval(() => interrupted() && resolve(null), ASK_EVERY_MS);
  });
  return Promise.race([result, stopped]).finally(() => clearInterval(timer));
}
