import type { Scenario } from '../../../model/configuration.ts';
import { Judge } from '../../../model/judge.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import type { Solver } from '../solvers/solver.ts';
import type { Values } from '../terms/evaluate.ts';
import { type Assertion, script } from '../terms/smt-lib.ts';
import { and, equal, type Int, int, not, type Term, TRUE, variablesOf } from '../terms/term.ts';
import type { Weakening } from '../weakened/weakening.ts';
import { type Reached, reach } from './reach.ts';

/** What a weakened rule leads to: what the solver answered, and a scenario that goes that way. */
export interface FoundExample extends Reached {
  readonly values: Values;
}

/** How many answers of a solver are tried until one can be reached by a scenario. */
const MOST_ANSWERS = 200;

/**
 * Asks a solver for an example, and turns it into a scenario in which the wrong scheduler is refused. An answer that no
 * scenario leads to is ruled out, and the solver is asked for another.
 *
 * @throws Error when there is none.
 */
export async function exampleOf(
  { name, example }: Weakening,
  scheduler: Scheduler,
  solver: Solver,
): Promise<FoundExample> {
  const ruledOut: Assertion[] = [];
  for (let answers = 0; answers < MOST_ANSWERS; answers++) {
    const assertions = [...example.assertions, ...ruledOut];
    const answer = await solver.ask(script([`weakened rule ${name}: ${example.words}`], assertions, true));
    if (answer.kind !== 'sat') break;
    const { values } = answer;
    const found =
      'scenario' in example
        ? played(scheduler, example.scenario(values))
        : reach(scheduler, example.situation(values), example.passersBy);
    if (found !== null) return { ...found, values };
    ruledOut.push({ words: 'and it is another than this', term: not(and(...sameAs(assertions, values))) });
  }
  throw new Error(
    `${name}: none of the first ${MOST_ANSWERS} examples can be reached by a scenario; narrow its assertions down in properties/proofs/weakened`,
  );
}

function sameAs(assertions: readonly Assertion[], values: Values): Term<'Bool'>[] {
  return variablesOf(assertions.map(({ term }) => term)).map((variable) => {
    const value = values[variable.name];
    if (variable.sort === 'Int') return equal(variable as Int, int(Number(value ?? 0)));
    return value === true ? equal(variable as Term<'Bool'>, TRUE) : not(variable as Term<'Bool'>);
  });
}

/** Plays a scenario; null when nothing is refused before its end, or something is before its last step. */
export function played(scheduler: Scheduler, { config, stimuli }: Scenario): Reached | null {
  const judge = new Judge(config);
  scheduler.reset(config);
  for (let index = 0; index < stimuli.length; index++) {
    const { at, stimulus } = stimuli[index]!;
    const violation = judge.step(at, stimulus, scheduler.step(at, stimulus));
    if (violation === null) continue;
    return { scenario: { config, stimuli: stimuli.slice(0, index + 1) }, refusedBy: violation.rule };
  }
  return null;
}
