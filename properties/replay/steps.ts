import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import { impossibility } from '../../model/stimuli.ts';
import type { Finding } from '../checkers/checker.ts';
import type { Assessor } from '../play/assessor.ts';
import type { Referee } from '../play/referee.ts';

/**
 * The steps of a replay one by one, so that whoever watches may pause between them: the command line does not, a page
 * must. Each returns what is wrong, after the step that is the last for it; null when nothing is.
 */

export interface RecordedStep {
  /** Counted from 1, along what was given. */
  readonly step: number;
  readonly timed: TimedStimulus;
  /** None where the scheduler refused the stimulus; null where it is not possible and was left out. */
  readonly decisions: readonly Decision[] | null;
}

export type Steps = Generator<RecordedStep, Finding | null, undefined>;

/**
 * Lets a scheduler play a scenario in front of a referee.
 *
 * @param leavesOut whether a stimulus that is not possible is left out, since another scheduler may not have come so
 *   far; otherwise the scenario is refused for it.
 * @param onStep is told of each step before it is played.
 * @throws InputError when a stimulus is not possible and nothing is left out.
 * @throws BrokenScheduler when the scheduler breaks the contract.
 */
export function* stepsPlayed(
  { stimuli }: Scenario,
  referee: Referee,
  leavesOut: boolean,
  onStep: (step: number, of: number) => void = () => {},
): Steps {
  referee.scheduler.announce?.(stimuli);
  for (const [index, timed] of stimuli.entries()) {
    const step = index + 1;
    onStep(step, stimuli.length);
    const before = referee.lastDecisions;
    const finding = leavesOut ? playedOrLeftOut(referee, timed) : played(referee, timed, index + 2);
    if (finding === 'left out' || finding === 'over') {
      yield { step, timed, decisions: null };
      if (finding === 'over') break;
      continue;
    }
    // Each answer is an array of its own: the same one again means that there was none.
    const { lastDecisions } = referee;
    yield { step, timed, decisions: lastDecisions === before ? [] : lastDecisions };
    // The run cannot go on after a violation that was not asked for, either.
    if (finding !== null) return { ...finding, step };
  }
  return null;
}

/**
 * Assesses decisions that were taken elsewhere; null stands for a step that was left out.
 *
 * @throws InputError when a stimulus is not possible.
 */
export function* stepsAssessed(
  { stimuli }: Scenario,
  decisionsOf: readonly (readonly Decision[] | null)[],
  assessor: Assessor,
): Steps {
  for (const [index, timed] of stimuli.entries()) {
    const decisions = decisionsOf[index]!;
    const finding =
      decisions === null
        ? null
        : orImpossible(() => assessor.assess(timed.at, timed.stimulus, decisions), index + 2);
    yield { step: index + 1, timed, decisions };
    if (finding !== null) return { ...finding, step: index + 1 };
  }
  return null;
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
