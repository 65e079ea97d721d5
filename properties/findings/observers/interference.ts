import type { Scenario } from '../../../model/configuration.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { type Sighting, type Watch, watch } from '../watch.ts';

/** The lowest class is the load that is added or taken away. */
const LOWEST = 0;

/** A function of a higher class that starts later, or not at all, only because there are functions of the lowest class. */
export function lowLoadIsFelt(scenario: Scenario, create: () => Scheduler): Sighting | null {
  const together = watch(scenario, create(), () => () => null);
  const alone = watch(withoutTheLowest(scenario), create(), () => () => null);
  const startsAlone = startsOf(alone);
  const startsTogether = startsOf(together);
  for (const { id, class: priceClass } of higherIn(scenario)) {
    const [was, is] = [startsAlone.get(id), startsTogether.get(id)];
    if (was === undefined || (is !== undefined && is.at <= was.at)) continue;
    const step = is?.step ?? together.steps.length;
    const name = scenario.config.classes[priceClass]!.name;
    return {
      step,
      words: `invocation ${id} (${name}) ${told(is?.at)}; without the functions of the lowest class it ${told(was.at)}`,
    };
  }
  return null;
}

function told(at: number | undefined): string {
  return at === undefined ? 'does not start' : `starts at ${at} ms`;
}

/** Turns stay where they are: those that were theirs find an empty queue. */
function withoutTheLowest({ config, stimuli }: Scenario): Scenario {
  const lowest = new Set(
    stimuli.flatMap(({ stimulus }) =>
      stimulus.type === 'submit' && stimulus.class === LOWEST ? [stimulus.id] : [],
    ),
  );
  return {
    config,
    stimuli: stimuli.filter(({ stimulus }) => !('id' in stimulus) || !lowest.has(stimulus.id)),
  };
}

function higherIn({ stimuli }: Scenario): { id: number; class: number }[] {
  return stimuli.flatMap(({ stimulus }) =>
    stimulus.type === 'submit' && stimulus.class > LOWEST ? [stimulus] : [],
  );
}

/** When, and in which step, each invocation started first. */
export function startsOf({ steps }: Watch): Map<number, { at: number; step: number }> {
  const starts = new Map<number, { at: number; step: number }>();
  for (const [index, { at, decisions }] of steps.entries()) {
    for (const decision of decisions) {
      if (decision.type === 'start' && !starts.has(decision.id)) {
        starts.set(decision.id, { at, step: index + 1 });
      }
    }
  }
  return starts;
}
