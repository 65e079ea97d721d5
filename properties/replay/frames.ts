import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import { emptyTally } from '../../model/coverage.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Model } from '../../model/model.ts';
import type { State } from '../../model/state.ts';
import { entityOf, mentionedIn, type Place, placeOf } from './entity.ts';
import type { RecordedStep, Recording } from './play.ts';

/** A step as it was played, and what the cluster looks like after it, or when a rule refused it. */
export interface Frame {
  /** Counted from 1, along what was recorded. */
  readonly step: number;
  readonly timed: TimedStimulus;
  /** Null when the stimulus is not possible here and was left out. */
  readonly decisions: readonly MarkedDecision[] | null;
  /** What a rule would have permitted in place of what it refused in this step; null when none refused it. */
  readonly allowed: readonly Decision[] | null;
  /** Changes with the next frame. Of a refused step, the state in which it was refused. */
  readonly state: State;
  /**
   * Whether this is a second look at the refused step: where all of it leads, as far as it is possible. It is there only
   * if properties fall there.
   */
  readonly isAftermath: boolean;
  /** Where to look: at the entity of the verdict, if this is the step that fails, or else at that of the stimulus. */
  readonly place: Place;
}

export interface MarkedDecision {
  readonly decision: Decision;
  readonly mark: Mark;
}

/** Whether a decision has had its effect, is the one that a rule refused, or comes after that one. */
export type Mark = 'taken' | 'refused' | 'not reached';

/**
 * Shows a recording again, by the model alone. If no frames are wanted, it costs no more than the steps themselves.
 *
 * @param isWanted of which steps frames are given.
 */
export function* framesOf(
  { config, rules, steps, finding, violation }: Recording,
  isWanted: (step: number) => boolean = () => true,
): Generator<Frame, void, undefined> {
  const model = new Model(config, emptyTally(), rules);
  for (const recorded of steps) {
    const { step, timed, decisions } = recorded;
    const isRefused = violation !== null && step === steps.length;
    const marked = decisions === null ? null : play(model, recorded, isRefused);
    if (!isWanted(step)) continue;
    const isFailing = finding !== null && step === Math.min(finding.step, steps.length);
    const entity = (isFailing ? entityOf(finding.entity) : null) ?? mentionedIn(timed.stimulus);
    const place = placeOf(model.state, entity);
    const frame = { step, timed, state: model.state, place, isAftermath: false };
    yield { ...frame, decisions: marked, allowed: isRefused ? violation.allowed : null };
    if (!isRefused || finding === null || finding.falls.length === 0) continue;
    if (!marked!.some(({ mark }) => mark === 'refused')) continue;
    applyTheRest(model, marked!);
    yield { ...frame, decisions: marked, allowed: violation.allowed, isAftermath: true };
  }
}

function play(model: Model, { timed, decisions }: RecordedStep, isRefused: boolean): MarkedDecision[] {
  const marked: MarkedDecision[] = [];
  try {
    model.stimulate(timed.at, timed.stimulus);
    for (const decision of decisions!) {
      const isPossible = model.isPossible(decision);
      if (isRefused && (!isPossible || model.examine(decision) !== null)) break;
      model.apply(decision);
      marked.push({ decision, mark: 'taken' });
    }
  } catch (error) {
    // A sum has left the safe integers: nothing more of this step can be shown.
    if (!(error instanceof ImpossibleStimulus)) throw error;
  }
  const rest = decisions!.slice(marked.length);
  const marks = rest.map((decision, index): MarkedDecision => {
    return { decision, mark: index === 0 && isRefused ? 'refused' : 'not reached' };
  });
  return [...marked, ...marks];
}

/** The judge does the same, for properties that look at where a refused step leads. */
function applyTheRest(model: Model, marked: readonly MarkedDecision[]): void {
  try {
    for (const { decision, mark } of marked) {
      if (mark !== 'taken' && model.isPossible(decision)) model.apply(decision);
    }
  } catch (error) {
    // A sum has left the safe integers: nothing more can be seen.
    if (!(error instanceof ImpossibleStimulus)) throw error;
  }
}
