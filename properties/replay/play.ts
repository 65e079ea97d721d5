import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import type { State } from '../../model/state.ts';
import { impossibility } from '../../model/stimuli.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { askedOf, isAsked } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { Referee } from '../play/referee.ts';
import { OF_WHOLE_RUNS, playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import type { Playable } from './load.ts';

/** A step as it was played, and what the cluster looks like after it, or when it was refused. */
export interface Frame {
  /** Counted from 1, along what was recorded. */
  readonly step: number;
  readonly timed: TimedStimulus;
  /** Null when the stimulus is not possible here and was left out. */
  readonly decisions: readonly Decision[] | null;
  /** What a rule would have permitted in place of what it refused in this step; null when none refused it. */
  readonly allowed: readonly Decision[] | null;
  /** Changes with the next step. */
  readonly state: State;
}

/**
 * Plays a counterexample step by step; then, if no step was wrong, puts properties of whole runs to the test: those that
 * are asked, the one that was recorded, or all. In a record, what is no longer possible is left out, since another
 * scheduler may not have come so far; a scenario is refused for it.
 *
 * @param properties only these are judged, each on its own evidence; what the record says, or everything, when empty.
 * @returns what is wrong, or null.
 * @throws InputError when a mere scenario has a stimulus that is not possible.
 * @throws BrokenScheduler when the scheduler breaks the contract.
 */
export function replay(
  { scenario, record }: Playable,
  contestant: Contestant,
  onFrame: (frame: Frame) => void,
  properties: readonly PropertyId[] = [],
): Finding | null {
  const asked = properties.length === 0 && record?.alone ? askedOf([record.property]) : askedOf(properties);
  const referee = new Referee(scenario.config, contestant.scheduler, emptyCampaignTally(), asked);
  for (const [index, timed] of scenario.stimuli.entries()) {
    const { at, stimulus } = timed;
    const frame = { step: index + 1, timed, allowed: null, state: referee.state };
    if (record !== null && impossibility(referee.state, at, stimulus) !== null) {
      onFrame({ ...frame, decisions: null });
      continue;
    }
    const finding = played(referee, timed, index + 2);
    onFrame({ ...frame, decisions: referee.lastDecisions, allowed: referee.violation?.allowed ?? null });
    if (finding === null) continue;
    if (isAsked(asked, finding.property) || finding.property === 'possible-decision') {
      return { ...finding, step: index + 1 };
    }
    // Nobody asked for this, and the run cannot go on after it.
    return null;
  }
  for (const property of wholeRunsOf(record, properties)) {
    const { finding } = playScenario(scenario, contestant, emptyCampaignTally(), { property, asked });
    if (finding !== null) return finding;
  }
  return null;
}

/** The properties of whole runs that are put to the test at the end. */
function wholeRunsOf(record: Playable['record'], properties: readonly PropertyId[]): readonly PropertyId[] {
  if (properties.length > 0) return OF_WHOLE_RUNS.filter((id) => properties.includes(id));
  return record === null ? OF_WHOLE_RUNS : OF_WHOLE_RUNS.filter((id) => id === record.property);
}

function played(referee: Referee, { at, stimulus }: TimedStimulus, line: number): Finding | null {
  try {
    return referee.play(at, stimulus);
  } catch (error) {
    if (!(error instanceof ImpossibleStimulus)) throw error;
    throw new InputError(`line ${line}: ${error.message}`);
  }
}
