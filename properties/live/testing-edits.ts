import type { Decision, Step } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { headerLine, stepLine } from '../../model/format/write.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { Incident } from './incident.ts';
import { LiveLog } from './live-log.ts';

/** Logs with one thing wrong in them, for the tests of what goes on after it. */

/** The steps that the reference makes of a scenario. */
export function stepsOf({ config, stimuli }: Scenario): Step[] {
  const scheduler = createXX();
  scheduler.reset(config);
  return stimuli.map(({ at, stimulus }) => ({ at, stimulus, decisions: scheduler.step(at, stimulus) }));
}

export function linesOf({ config }: Scenario, steps: readonly Step[]): string[] {
  return [headerLine('xx-trace', config), ...steps.map((step) => stepLine(step))];
}

/** What a log is told of, line by line. */
export function toldOf(lines: readonly string[], log = new LiveLog([])): Incident[] {
  return lines.flatMap((text, index) => log.take(text, index + 1).incident ?? []);
}

/** What may be wrong with a line, by its name: makes another line of a step, or none where that cannot be done to it. */
export const EDITS: Readonly<Record<string, (step: Step, chance: number) => string | null>> = {
  'leaves out a decision': (step, chance) => withDecisions(step, chance, () => []),
  'has a decision twice': (step, chance) => withDecisions(step, chance, (decision) => [decision, decision]),
  'has another number in a decision': (step, chance) => {
    return withDecisions(step, chance, (decision) => {
      const fields = Object.entries(decision).filter(([, value]) => typeof value === 'number');
      const [name, value] = fields[chance % fields.length] ?? [];
      return name === undefined ? null : [{ ...decision, [name]: (value as number) + 1 } as Decision];
    });
  },
  'has a decision that cannot be read': (step, chance) => {
    return withDecisions(step, chance, (decision) => [{ ...decision, type: 'guess' } as unknown as Decision]);
  },
  'is cut off': (step, chance) => {
    const text = stepLine(step);
    return text.slice(0, 1 + (chance % (text.length - 1)));
  },
};

function withDecisions(
  step: Step,
  chance: number,
  edit: (decision: Decision) => Decision[] | null,
): string | null {
  if (step.decisions.length === 0) return null;
  const index = chance % step.decisions.length;
  const edited = edit(step.decisions[index]!);
  return edited === null
    ? null
    : stepLine({ ...step, decisions: step.decisions.toSpliced(index, 1, ...edited) });
}
