import {
  DECISION_TYPES,
  type DecisionType,
  OPTIONAL_DECISION_TYPES,
  type StimulusType,
} from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { scenarioText } from '../../model/format/write.ts';
import { printableJson } from '../../model/printable.ts';
import type { Size } from '../arbitraries/configuration.ts';
import type { Finding } from '../checkers/checker.ts';
import { type Asked, isAsked } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import type { Run } from '../play/play.ts';
import type { Scrutiny } from '../play/run.ts';
import type { CampaignTally } from '../play/tally.ts';

/** How a run was played, or why it could not be: the scheduler broke, and what it was asked until then, if that is known. */
export type ObservedPlay = Run | { readonly message: string; readonly scenario: Scenario | null };

/** A run, and all that is said of it. */
export interface ObservedRun {
  /** What the runs of the campaign put to the test, in words. */
  readonly property: string;
  /** Of the campaign. */
  readonly seed: number;
  /** Its number in the campaign, from 1, and the size that was drawn; null of a scenario that a corpus has kept. */
  readonly run: number | null;
  readonly size: Size | null;
  readonly scrutiny: Scrutiny;
  readonly asked: Asked;
  readonly play: ObservedPlay;
  /** What this run alone has covered. */
  readonly tally: CampaignTally;
  readonly contestant: Contestant;
}

/**
 * A run as others read it: a test case of "PBT Observations" as JSON on one line, without its newline
 * (HypothesisWorks/hypothesis, hypothesis-python/docs/reference/schema_observations.json). The same run gives the same
 * line, whenever and wherever it is played. So there is no time in it: `timing` is empty, and `run_start`, by which test
 * cases are told apart that belong to different campaigns, is the seed.
 */
export function observationLine(observed: ObservedRun): string {
  const { property, seed, run, size, play } = observed;
  const { scenario } = play;
  return printableJson({
    type: 'test_case',
    run_start: seed,
    property,
    ...outcomeOf(observed),
    representation: scenario === null ? '' : scenarioText(scenario),
    arguments: scenario ?? {},
    how_generated:
      run === null
        ? 'kept in a corpus, and played again'
        : `drawn with seed ${seed}, size ${size}: run ${run}`,
    features: 'state' in play ? featuresOf(observed, play) : {},
    coverage: null,
    timing: {},
    metadata: { seed, run, finding: 'state' in play ? play.finding : null },
  });
}

interface Outcome {
  readonly status: 'passed' | 'failed' | 'gave_up';
  readonly status_reason: string;
}

function outcomeOf({ play, tally, asked }: ObservedRun): Outcome {
  if (!('state' in play))
    return { status: 'failed', status_reason: `the scheduler broke off: ${play.message}` };
  const { finding } = play;
  if (finding !== null) {
    const reason = reasonOf(finding);
    if (isAsked(asked, finding.property)) return { status: 'failed', status_reason: reason };
    return {
      status: 'gave_up',
      status_reason: `nothing can be played after what is not possible: ${reason}`,
    };
  }
  if (tally.endedEarly === 0) return { status: 'passed', status_reason: '' };
  return { status: 'gave_up', status_reason: 'ended by something that is wrong, and that nobody asks for' };
}

function reasonOf({ property, message }: Finding): string {
  return `${property}: ${message}`;
}

/** Figures are numbers and kinds are words, so that a viewer draws the ones as distributions and counts the others. */
function featuresOf(
  { size, scrutiny, tally, contestant }: ObservedRun,
  { scenario: { config, stimuli }, decisions, state }: Run,
): Record<string, number | string> {
  const all = decisions.flat();
  const counts = new Map(typesOf(config).map((type) => [type, 0]));
  for (const { type } of all) counts.set(type, (counts.get(type) ?? 0) + 1);
  const isDecided = (...types: DecisionType[]): string => yesNo(types.some((type) => counts.get(type)! > 0));
  const happened = (...types: StimulusType[]): number =>
    stimuli.filter(({ stimulus }) => types.includes(stimulus.type)).length;
  const goals = (contestant.goals ?? []).map(({ name }, index): [string, number] => [
    `goal: ${name}`,
    tally.goals[index] ?? 0,
  ]);
  return {
    size: size ?? 'as it was kept',
    'looked at': LOOKS[scrutiny],
    'left out': config.without?.join(', ') ?? 'nothing',
    steps: stimuli.length,
    invocations: happened('submit', 'call'),
    'not ended': state.invocations.size,
    machines: config.machines.length + happened('join'),
    shards: config.shards,
    tenants: config.tenants.length,
    classes: config.classes.length,
    calls: yesNo(happened('call') > 0),
    crashes: yesNo(happened('crash') > 0),
    preempts: isDecided('preempt'),
    pages: isDecided('pageOut', 'pageIn'),
    kills: isDecided('kill'),
    throttles: isDecided('throttle'),
    decisions: all.length,
    ...Object.fromEntries([...counts].map(([type, count]) => [`decisions: ${type}`, count])),
    'transitions covered': seenIn(tally.transitions),
    'rules put to the test': seenIn(tally.premises),
    'boundaries covered': seenIn(tally.boundaries),
    ...Object.fromEntries(goals),
  };
}

const LOOKS: Record<Scrutiny, string> = { plain: 'once', again: 'again at its end', thorough: 'thoroughly' };

/** The decisions that there are words for. */
function typesOf({ words }: Configuration): readonly DecisionType[] {
  return words === undefined ? DECISION_TYPES : [...DECISION_TYPES, ...OPTIONAL_DECISION_TYPES];
}

function seenIn(counters: Uint32Array): number {
  return counters.reduce((seen, count) => (count > 0 ? seen + 1 : seen), 0);
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}
