import type { Step } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import { decidedBy } from '../play/reruns.ts';
import { foundIn } from '../teeth/found.ts';
import { MOST_STEPS_ASKED, verdictOn, type WrongTrace } from './notice.ts';
import { opinionsOn } from './opinions.ts';

/** What a campaign from seed 1 finds of a mutant by its rule, as a trace; none where no judge sees it. */
export async function wrongTracesOf({ name, rule, beside, create }: Mutant): Promise<WrongTrace[]> {
  const found = await foundIn({ scheduler: create() }, [rule, ...beside]);
  if (found === null) return [];
  const { config } = found.scenario;
  const steps = stepsOf(found.scenario, create());
  const verdict = verdictOn(config, steps);
  if (verdict === null) return [];
  const opinions = steps.length > MOST_STEPS_ASKED ? null : opinionsOn(config, steps);
  return [{ name, config, steps, verdict, opinions }];
}

/** The trace up to the first stimulus that is refused, which has none. */
function stepsOf(scenario: Scenario, scheduler: Scheduler): Step[] {
  return decidedBy(scheduler, scenario).map((decisions, index) => ({
    ...scenario.stimuli[index]!,
    decisions,
  }));
}
