import type { Step } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { runCampaign } from '../campaign/campaign.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { MOST_STEPS_ASKED, verdictOn, type WrongTrace } from './notice.ts';
import { opinionsOn } from './opinions.ts';

/** What a campaign from seed 1 finds of a mutant by its rule, as a trace; none where no judge sees it. */
export async function wrongTracesOf({ name, rule, create }: Mutant): Promise<WrongTrace[]> {
  const { violations } = await runCampaign({
    contestant: { scheduler: create() },
    seed: 1,
    size: 'medium',
    properties: [rule],
    shrink: false,
    wanted: (runs) => 2_000 - runs,
    onProgress: () => {},
  });
  return violations.flatMap(({ scenario }) => {
    const steps = stepsOf(scenario, create());
    const verdict = verdictOn(scenario.config, steps);
    const { config } = scenario;
    if (verdict === null) return [];
    const opinions = steps.length > MOST_STEPS_ASKED ? null : opinionsOn(config, steps);
    return [{ name, config, steps, verdict, opinions }];
  });
}

/** The trace up to the first stimulus that is refused, which has none. */
function stepsOf({ config, stimuli }: Scenario, scheduler: Scheduler): Step[] {
  const steps: Step[] = [];
  scheduler.reset(config);
  try {
    for (const { at, stimulus } of stimuli) {
      steps.push({ at, stimulus, decisions: structuredClone(scheduler.step(at, stimulus)) });
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return steps;
}
