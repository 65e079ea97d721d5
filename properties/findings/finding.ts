import type { Scenario } from '../../model/configuration.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { type Observer, type Sighting, watch } from './watch.ts';
import type { World } from './worlds.ts';

/** What a scheduler makes of a scenario, if it is what is looked for: the executable part of a finding. */
export type Shows = (scenario: Scenario, create: () => Scheduler) => Sighting | null;

/** Something that the text of the paper leads to, as far as a run can show it. */
export interface TextFinding {
  /** Kebab-case, and the name of its scenario in `counterexamples/findings/`. */
  readonly id: string;
  readonly title: string;
  /** What the paper says, in our words, and where. */
  readonly says: string;
  readonly section: string;
  readonly paragraph: string;
  /** The heading of the reading that it is about, in docs/readings.md; null where none is. */
  readonly reading: string | null;
  /** Who shows it: `xx`, or a literal reading. */
  readonly scheduler: string;
  readonly shows: Shows;
  readonly why: string;
  /** What is looked for, as something that never happens where it is repaired. */
  readonly restored: string;
  /** Who does not show it; null where no policy can be put in place of another that would help. */
  readonly repair: Repair | null;
  /** Where it is looked for at random. */
  readonly world: World;
  /** On which workload its price is measured; null where it has none to speak of. */
  readonly workload: WorkloadName | null;
}

export interface Repair {
  readonly scheduler: string;
  readonly words: string;
  /** Whether other functions run with it at other times, so that it can play only a part of the scenario. */
  readonly runsOthers?: true;
}

/** `busy`: more memory than enough swap; `tight`: little swap; `budgeted`: one of two tenants has a budget. */
export type WorkloadName = 'busy' | 'tight' | 'budgeted';

/** Looks after each step. */
export function seen(observer: Observer): Shows {
  return (scenario, create) => watch(scenario, create(), observer).sighting;
}

/** What a scheduler of a name makes of a scenario. */
export function shownBy({ shows }: TextFinding, scheduler: string, scenario: Scenario): Sighting | null {
  return shows(scenario, () => createScheduler(scheduler));
}

/** Whether a scheduler of a name can play all of a scenario. */
export function canPlay(scenario: Scenario, scheduler: string): boolean {
  const { steps } = watch(scenario, createScheduler(scheduler), () => () => null);
  return steps.length === scenario.stimuli.length;
}
