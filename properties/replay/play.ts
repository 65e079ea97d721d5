import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import type { Violation } from '../../model/judge.ts';
import type { RuleSet } from '../../model/rules/rule-set.ts';
import { impossibility } from '../../model/stimuli.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type Asked, askedOf, isAsked } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import type { Contestant } from '../play/contestant.ts';
import { Referee } from '../play/referee.ts';
import { OF_WHOLE_RUNS, playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import type { Playable } from './load.ts';

/** What was played: all that is needed to see each state again without the scheduler. */
export interface Recording {
  readonly config: Configuration;
  /** The rules that were asked. */
  readonly rules: RuleSet;
  readonly steps: readonly RecordedStep[];
  /** What is wrong; null when nothing is. */
  readonly finding: Finding | null;
  /** The step that a rule refused, which is the last; null when none did. */
  readonly violation: Violation | null;
}

export interface RecordedStep {
  /** Counted from 1, along what was given. */
  readonly step: number;
  readonly timed: TimedStimulus;
  /** None where the scheduler refused the stimulus; null where it is not possible and was left out. */
  readonly decisions: readonly Decision[] | null;
}

/**
 * Plays a counterexample step by step; then, if no step was wrong, puts properties of whole runs to the test: those that
 * are asked, the one that was recorded, or all. In a record, what is no longer possible is left out, since another
 * scheduler may not have come so far; a scenario is refused for it.
 *
 * @param properties only these are judged, each on its own evidence; what the record says, or everything, when empty.
 * @param onStep is told of each step before it is played.
 * @throws InputError when a mere scenario has a stimulus that is not possible.
 * @throws BrokenScheduler when the scheduler breaks the contract.
 */
export function replay(
  playable: Playable,
  contestant: Contestant,
  properties: readonly PropertyId[] = [],
  onStep: (step: number, of: number) => void = () => {},
): Recording {
  const { scenario, record } = playable;
  const asked = askedFor(playable, properties);
  const referee = new Referee(scenario.config, contestant.scheduler, emptyCampaignTally(), asked);
  const steps: RecordedStep[] = [];
  const recording = (finding: Finding | null): Recording => {
    const { violation } = referee;
    return { config: scenario.config, rules: asked.rules, steps, finding, violation };
  };
  for (const [index, timed] of scenario.stimuli.entries()) {
    const step = index + 1;
    onStep(step, scenario.stimuli.length);
    const before = referee.lastDecisions;
    const finding = record === null ? played(referee, timed, index + 2) : playedOrLeftOut(referee, timed);
    if (finding === 'left out' || finding === 'over') {
      steps.push({ step, timed, decisions: null });
      if (finding === 'over') break;
      continue;
    }
    // Each answer is an array of its own: the same one again means that there was none.
    const { lastDecisions } = referee;
    steps.push({ step, timed, decisions: lastDecisions === before ? [] : lastDecisions });
    if (finding === null) continue;
    // The run cannot go on after a violation that was not asked for, either.
    return recording(isTold(finding, asked) ? { ...finding, step } : null);
  }
  for (const property of wholeRunsOf(record, properties)) {
    const { finding } = playScenario(scenario, contestant, emptyCampaignTally(), { property, asked });
    if (finding !== null) return recording(finding);
  }
  return recording(null);
}

/**
 * Judges a trace by the decisions that it has; no scheduler is asked.
 *
 * @param properties only these are judged; everything that a trace shows, when empty.
 * @throws InputError when a stimulus is not possible.
 */
export function replayTrace(
  { scenario: { config, stimuli } }: Playable,
  decisionsOf: readonly (readonly Decision[])[],
  properties: readonly PropertyId[] = [],
): Recording {
  const asked = askedOf(properties);
  const assessor = new Assessor(config, emptyCampaignTally(), asked);
  const steps: RecordedStep[] = [];
  let finding: Finding | null = null;
  for (const [index, timed] of stimuli.entries()) {
    const decisions = decisionsOf[index]!;
    finding = orImpossible(() => assessor.assess(timed.at, timed.stimulus, decisions), index + 2);
    steps.push({ step: index + 1, timed, decisions });
    if (finding !== null) break;
  }
  const told = finding !== null && isTold(finding, asked) ? finding : null;
  return { config, rules: asked.rules, steps, finding: told, violation: assessor.violation };
}

function askedFor({ record }: Playable, properties: readonly PropertyId[]): Asked {
  return properties.length === 0 && record?.alone ? askedOf([record.property]) : askedOf(properties);
}

/** What is not possible is refused whatever is asked. */
function isTold({ property }: Finding, asked: Asked): boolean {
  return isAsked(asked, property) || property === 'possible-decision';
}

/** The properties of whole runs that are put to the test at the end. */
function wholeRunsOf(record: Playable['record'], properties: readonly PropertyId[]): readonly PropertyId[] {
  if (properties.length > 0) return OF_WHOLE_RUNS.filter((id) => properties.includes(id));
  // A scenario in which a sum leaves the safe integers is refused before.
  const ofAny = OF_WHOLE_RUNS.filter((id) => id !== 'stays-exact');
  return record === null ? ofAny : OF_WHOLE_RUNS.filter((id) => id === record.property);
}

function played(referee: Referee, { at, stimulus }: TimedStimulus, line: number): Finding | null {
  return orImpossible(() => referee.play(at, stimulus), line);
}

/** Left out where it is not possible; over where a sum leaves the safe integers, after which nothing can be played. */
function playedOrLeftOut(
  referee: Referee,
  { at, stimulus }: TimedStimulus,
): Finding | null | 'left out' | 'over' {
  if (impossibility(referee.state, at, stimulus) !== null) return 'left out';
  try {
    return referee.play(at, stimulus);
  } catch (error) {
    if (!(error instanceof ImpossibleStimulus)) throw error;
    return 'over';
  }
}

function orImpossible<Result>(play: () => Result, line: number): Result {
  try {
    return play();
  } catch (error) {
    if (!(error instanceof ImpossibleStimulus)) throw error;
    throw new InputError(`line ${line}: ${error.message}`);
  }
}
