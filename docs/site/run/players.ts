import type { Decision } from '../../../model/alphabet.ts';
import type { Scenario } from '../../../model/configuration.ts';
import { show } from '../../../model/format/show.ts';
import { InputError } from '../../../model/input-error.ts';
import { printable } from '../../../model/printable.ts';
import { FAMILIES, MUTANTS } from '../../../properties/mutants/index.ts';
import { type Asked, askedOf } from '../../../properties/play/asked.ts';
import { Assessor } from '../../../properties/play/assessor.ts';
import { Referee } from '../../../properties/play/referee.ts';
import { emptyCampaignTally } from '../../../properties/play/tally.ts';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { type Steps, stepsAssessed, stepsPlayed } from '../../../properties/replay/steps.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { SCHEDULERS } from '../../../reference-impl/schedulers/registry.ts';
import { readDecisions } from './page-data.ts';

/** The schedulers that a page has with it: those of the registry, and the wrong ones. */
export const KNOWN: readonly { name: string; create(): Scheduler }[] = [...SCHEDULERS, ...MUTANTS];

/** The names of {@link KNOWN} as a list to choose from has them: by what is wrong with them, each group in order. */
export const KNOWN_GROUPS: readonly { readonly label: string; readonly names: readonly string[] }[] = [
  { label: 'schedulers', names: sortedNames(SCHEDULERS) },
  ...Object.entries(FAMILIES)
    .map(([family, mutants]) => ({ label: `wrong: ${family}`, names: sortedNames(mutants) }))
    .sort((a, b) => (a.label < b.label ? -1 : 1)),
];

function sortedNames(known: readonly { readonly name: string }[]): string[] {
  return known.map(({ name }) => name).sort();
}

/** Part of a replay: what is given, who plays it and by what it is judged. */
export interface Playing {
  /** Fit to be shown. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly asked: Asked;
  readonly steps: Steps;
}

/** Begins to play what a page was given. @throws InputError when the page has no such scheduler, or the decisions are damaged. */
export function playingOf({ scenario, player, properties, leavesOut }: PageData): Playing {
  const asked = askedOf(properties);
  const name = printable(player.name);
  if (player.type === 'scheduler') {
    return { name, scenario, asked, steps: played(player.name, scenario, asked, leavesOut) };
  }
  const decisions = readDecisions(player.deflated);
  if (decisions.length > scenario.stimuli.length || (player.endsUnjudged && decisions.length === 0)) {
    throw new InputError(
      `the decisions: expected those of at most ${scenario.stimuli.length} steps, got ${decisions.length}`,
    );
  }
  const assessor = new Assessor(scenario.config, emptyCampaignTally(), asked);
  const given = { ...scenario, stimuli: scenario.stimuli.slice(0, decisions.length) };
  const steps = player.endsUnjudged
    ? unjudged(given, decisions, assessor)
    : stepsAssessed(given, decisions, assessor);
  return { name, scenario: given, asked, steps };
}

/** All steps are assessed, save the last: whether its stimulus is possible is not agreed upon. */
function* unjudged(given: Scenario, decisions: (Decision[] | null)[], assessor: Assessor): Steps {
  const timed = given.stimuli.at(-1)!;
  const finding = yield* stepsAssessed(
    { ...given, stimuli: given.stimuli.slice(0, -1) },
    decisions,
    assessor,
  );
  if (finding === null) yield { step: given.stimuli.length, timed, decisions: decisions.at(-1)! };
  return finding;
}

/**
 * Begins to play the same with another scheduler, which need not come so far. One that means to be XX is judged like the
 * first, and ends where it fails; any other goes on, and is only held to what is possible and to conservation.
 */
export function playingBeside({ scenario, properties }: PageData, name: string): Playing {
  const asked = isPeer(name) ? askedOf(['conservation']) : askedOf(properties);
  return { name, scenario, asked, steps: played(name, scenario, asked, true) };
}

/** Whether a scheduler is another one, and not a variant of XX. */
export function isPeer(name: string): boolean {
  return SCHEDULERS.some((known) => known.name === name) && !name.startsWith('xx');
}

function played(name: string, scenario: Scenario, asked: Asked, leavesOut: boolean): Steps {
  const known = KNOWN.find((candidate) => candidate.name === name);
  if (known === undefined) throw new InputError(`this page has no scheduler ${show(name)}`);
  const scheduler = known.create();
  if (scenario.config.paging !== undefined && scheduler.without?.includes('paging') === true)
    throw new InputError(`${name} does not know paging that takes time, which this cluster has`);
  const referee = new Referee(scenario.config, scheduler, emptyCampaignTally(), asked);
  return stepsPlayed(scenario, referee, leavesOut);
}
