import type { Decision } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import type { Violation } from '../../model/judge.ts';
import type { RuleSet } from '../../model/rules/rule-set.ts';
import { StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type Asked, askedOf, askedWithin, isTold } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import type { Contestant } from '../play/contestant.ts';
import { Referee } from '../play/referee.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { OF_WHOLE_RUNS } from '../play/whole-runs.ts';
import type { Playable } from './load.ts';
import { type RecordedStep, type Steps, stepsAssessed, stepsPlayed } from './steps.ts';

export type { RecordedStep };

/** What was played: all that is needed to see each state again without the scheduler. */
export interface Recording {
  /** What was given; it may go on after the last step that was played. */
  readonly scenario: Scenario;
  /** What was judged. */
  readonly asked: Asked;
  /**
   * Whether the run ended since scheduler and model do not agree that a stimulus is possible: then the answer to it, if
   * there is any, cannot be judged.
   */
  readonly endsUnjudged: boolean;
  /** Whether stimuli that are not possible were left out. */
  readonly leavesOut: boolean;
  readonly config: Configuration;
  /** The rules that were asked. */
  readonly rules: RuleSet;
  readonly steps: readonly RecordedStep[];
  /** What is wrong; null when nothing is. */
  readonly finding: Finding | null;
  /** The step that a rule refused, which is the last; null when none did. */
  readonly violation: Violation | null;
  /** Whether it was stopped before all was played and judged. */
  readonly isInterrupted?: true;
}

/**
 * Plays a counterexample step by step; then, if no step was wrong, puts properties of whole runs to the test: those that
 * are asked, the one that was recorded, or all. In a record, what is no longer possible is left out, since another
 * scheduler may not have come so far; a scenario is refused for it.
 *
 * @param properties only these are judged, each on its own evidence; what the record says, or everything, when empty.
 * @param how.onStep is told of each step before it is played.
 * @param how.isStopped asked before each step whether to stop.
 * @throws InputError when a mere scenario has a stimulus that is not possible.
 * @throws BrokenScheduler when the scheduler breaks the contract.
 */
export function replay(
  playable: Playable,
  contestant: Contestant,
  properties: readonly PropertyId[] = [],
  { onStep = () => {}, isStopped = () => false }: Watch = {},
): Recording {
  const { scenario, record } = playable;
  const asked = askedWithin(askedFor(playable, properties), scenario.config);
  const { scheduler, twin } = contestant;
  const player: Contestant = {
    ...contestant,
    scheduler: stoppable(scheduler, isStopped),
    ...(twin === undefined ? {} : { twin: stoppable(twin, isStopped) }),
  };
  const referee = new Referee(scenario.config, player.scheduler, emptyCampaignTally(), asked);
  const steps: RecordedStep[] = [];
  let endsUnjudged = false;
  const recording = (finding: Finding | null): Recording => {
    const { violation } = referee;
    const { config } = scenario;
    const leavesOut = record !== null;
    const given = { scenario, asked, leavesOut, endsUnjudged, config, rules: asked.rules };
    return { ...given, steps, finding, violation };
  };
  try {
    const wrong = collected(stepsPlayed(scenario, referee, record !== null, onStep), steps);
    endsUnjudged = wrong?.property === 'refuses-alike' || wrong?.property === 'stays-exact';
    if (wrong !== null) return recording(isTold(wrong, asked) ? wrong : null);
    for (const property of wholeRunsOf(record, properties)) {
      const { finding } = playScenario(scenario, player, emptyCampaignTally(), { property, asked });
      if (finding !== null) return recording(finding);
    }
    return recording(null);
  } catch (error) {
    if (!(error instanceof StoppedWaiting)) throw error;
    return { ...recording(null), isInterrupted: true };
  }
}

/** Who watches a replay. */
export interface Watch {
  readonly onStep?: (step: number, of: number) => void;
  readonly isStopped?: () => boolean;
}

/** The scheduler, which answers nobody any longer after a stop. */
function stoppable(scheduler: Scheduler, isStopped: () => boolean): Scheduler {
  return {
    name: scheduler.name,
    ...(scheduler.words === undefined ? {} : { words: scheduler.words }),
    reset: (config) => scheduler.reset(config),
    step(at, stimulus) {
      if (isStopped()) throw new StoppedWaiting(`scheduler ${scheduler.name}: nobody waits any longer`);
      return scheduler.step(at, stimulus);
    },
  };
}

/**
 * Judges a trace by the decisions that it has; no scheduler is asked.
 *
 * @param properties only these are judged; everything that a trace shows, when empty.
 * @throws InputError when a stimulus is not possible.
 */
export function replayTrace(
  playable: Playable,
  decisionsOf: readonly (readonly Decision[])[],
  properties: readonly PropertyId[] = [],
  { isStopped = () => false }: Watch = {},
): Recording {
  const { scenario } = playable;
  const { config } = scenario;
  const asked = askedWithin(askedOf(properties), config);
  const assessor = new Assessor(config, emptyCampaignTally(), asked);
  const steps: RecordedStep[] = [];
  const wrong = collected(stepsAssessed(scenario, decisionsOf, assessor), steps, isStopped);
  const finding = wrong !== null && isTold(wrong, asked) ? wrong : null;
  const { violation } = assessor;
  const given = { scenario, asked, leavesOut: false, endsUnjudged: false, config, rules: asked.rules };
  const isWhole = wrong !== null || steps.length === scenario.stimuli.length;
  return { ...given, steps, finding, violation, ...(isWhole ? {} : { isInterrupted: true }) };
}

/** Takes all steps until a stop, and returns what is wrong at the end of them. */
function collected(
  playing: Steps,
  steps: RecordedStep[],
  isStopped: () => boolean = () => false,
): Finding | null {
  for (;;) {
    if (isStopped()) return null;
    const next = playing.next();
    if (next.done) return next.value;
    steps.push(next.value);
  }
}

function askedFor({ record }: Playable, properties: readonly PropertyId[]): Asked {
  return properties.length === 0 && record?.alone ? askedOf([record.property]) : askedOf(properties);
}

/** The properties of whole runs that are put to the test at the end. */
function wholeRunsOf(record: Playable['record'], properties: readonly PropertyId[]): readonly PropertyId[] {
  if (properties.length > 0) return OF_WHOLE_RUNS.filter((id) => properties.includes(id));
  // A scenario in which a sum leaves the safe integers is refused before.
  const ofAny = OF_WHOLE_RUNS.filter((id) => id !== 'stays-exact');
  return record === null ? ofAny : OF_WHOLE_RUNS.filter((id) => id === record.property);
}
