import type { Stimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { emptyTally } from '../../model/coverage.ts';
import { type Expander, Workbench } from '../../model/explore/expander.ts';
import type { BoundedInstance } from '../../model/explore/instance.ts';
import { search } from '../../model/explore/search.ts';
import { Judge } from '../../model/judge.ts';
import { permitted } from '../../model/permitted.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { State } from '../../model/state.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';

/** How much of an instance was looked at. */
export interface Looked {
  readonly states: number;
  /** States, and moments within the steps that lead on from them. */
  readonly moments: number;
}

/**
 * Shows every state of an instance, and every moment of one way through each step that leads on from there, to `look`;
 * until that returns something that is wrong.
 *
 * @throws Error with what is wrong, and where.
 */
export async function lookEverywhere(
  instance: BoundedInstance,
  expander: Expander,
  look: (state: State) => string | null,
): Promise<Looked> {
  const { visited } = await search(expander, { goOn: async () => true });
  const workbench = new Workbench(instance, emptyTally());
  let moments = 0;
  const show = (what: string): void => {
    moments++;
    const wrong = look(workbench.judge.state);
    if (wrong !== null) throw new Error(`${what}: ${wrong}, in ${JSON.stringify(stateOf(workbench.here))}`);
  };
  const { model } = workbench.judge;
  const take = (at: number, stimulus: Stimulus): void => {
    model.stimulate(at, stimulus);
    show(JSON.stringify(stimulus));
    for (let [next] = permitted(model); next !== undefined; [next] = permitted(model)) {
      model.examine(next);
      model.apply(next);
      show(`${JSON.stringify(stimulus)}, ${JSON.stringify(next)}`);
    }
  };
  take(0, { type: 'boot' });
  for (let index = 0; index < visited.size; index++) {
    workbench.enter(visited.blockOf(index), visited.offsetOf(index));
    for (const { afterMs, stimulus } of [...workbench.enabled]) {
      workbench.load();
      take(workbench.here.now + afterMs, stimulus);
    }
  }
  return { states: visited.size, moments };
}

/**
 * Shows every moment of a scenario that a scheduler plays as the rules have it, until `look` returns something that is
 * wrong; that is returned.
 *
 * @throws Error where a rule refuses the scheduler.
 */
export function lookAlong(
  { config, stimuli }: Scenario,
  scheduler: Scheduler,
  look: (state: State) => string | null,
): string | null {
  const judge = new Judge(config);
  scheduler.reset(config);
  for (const { at, stimulus } of stimuli) {
    judge.model.stimulate(at, stimulus);
    let wrong = look(judge.state);
    for (const decision of scheduler.step(at, stimulus)) {
      const refused = judge.consider(decision);
      if (refused !== null) throw new Error(refused.message);
      judge.model.apply(decision);
      wrong ??= look(judge.state);
    }
    if (wrong !== null) return wrong;
  }
  return null;
}

function stateOf({ invocations, machines }: Snapshot) {
  return { invocations, machines };
}
