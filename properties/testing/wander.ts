import fc from 'fast-check';
import type { Decision, Step, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Model } from '../../model/model.ts';
import { permitted } from '../../model/permitted.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { type Plan, plans } from '../arbitraries/plan.ts';
import { Director } from '../play/director.ts';

/** What a test wants to see of a model that wanders. */
export interface Witness {
  /** Before every stimulus but `boot`: the state that it meets. */
  readonly onStimulus?: (model: Model, timed: TimedStimulus) => void;
  /** Before every decision, and once more when there is none left: the state, and all that is permitted in it. */
  readonly onChoice?: (model: Model, choices: readonly Decision[]) => void;
  /** After every step. */
  readonly onStep?: (model: Model, step: Step) => void;
}

/** In a fleet there are more samples to poll than can be held at once; of those the first are enough. */
const MOST_CHOICES = 1_000;

function* first<Item>(most: number, items: Iterable<Item>): Generator<Item> {
  let left = most;
  for (const item of items) {
    if (left-- === 0) return;
    yield item;
  }
}

/** More decisions than any step of a small scenario needs, even if all memory moves by single MBs. */
const MOST_DECISIONS = 1_000;

/** No failure is reduced for longer than this: a plan that is a little shorter is not worth minutes. */
const MOST_SHRINKING_MS = 10_000;

/** Has a witness, a new one for each, watch the model wander through as many plans as given, in clusters changed as given. */
export function everywhere(
  runs: number,
  witnessOf: (plan: Plan) => Witness,
  size: Size = 'small',
  change?: (config: Configuration) => Configuration,
): void {
  fc.assert(
    fc.property(plans(size, [], change), (plan) => wander(plan, witnessOf(plan))),
    { numRuns: runs, interruptAfterTimeLimit: MOST_SHRINKING_MS },
  );
}

/**
 * Plays a plan without any scheduler: in every state one of the permitted decisions is taken by chance, until nothing
 * more is permitted. So the model goes wherever its rules let it, not where one implementation would.
 *
 * @throws Error when a step does not end.
 */
function wander(plan: Plan, { onStimulus, onChoice, onStep }: Witness): void {
  const model = new Model(plan.config);
  const director = new Director(plan);
  let draws = plan.genes[0]!;
  /** A step of the generator of Park and Miller; good enough to spread choices. */
  const below = (bound: number): number => {
    draws = (Math.imul(draws, 48_271) + 11) >>> 0;
    return Math.floor((draws / 2 ** 32) * bound);
  };
  const play = (at: number, stimulus: Step['stimulus']): void => {
    model.stimulate(at, stimulus);
    const decisions: Decision[] = [];
    for (;;) {
      const choices = [...first(MOST_CHOICES, permitted(model, true))];
      onChoice?.(model, choices);
      if (choices.length === 0) break;
      const decision = choices[below(choices.length)]!;
      if (model.examine(decision) !== null) throw new Error(`not permitted: ${JSON.stringify(decision)}`);
      model.apply(decision);
      decisions.push(decision);
      if (decisions.length > MOST_DECISIONS) throw new Error(`no end of ${JSON.stringify({ at, stimulus })}`);
    }
    onStep?.(model, { at, stimulus, decisions });
  };
  play(0, { type: 'boot' });
  try {
    for (const gene of plan.genes) {
      const timed = director.next(model.state, gene);
      onStimulus?.(model, timed);
      play(timed.at, timed.stimulus);
    }
  } catch (error) {
    // A sum has left the safe integers: such a scenario ends there.
    if (!(error instanceof ImpossibleStimulus)) throw error;
  }
}
