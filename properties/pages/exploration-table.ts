import { code, markdownTable } from '../../model/render/markdown.ts';
import { RULES } from '../../model/rules/index.ts';
import type { ExplorationRecord } from './explorations.ts';

/** What was explored, as a table. */
export function explorationTable(records: readonly ExplorationRecord[]): string {
  return markdownTable(
    ['what', 'bounds', 'states', 'depth', 'steps judged', 'overtaken', 'transitions', 'rules', 'made by'],
    records.map(
      ({
        subject,
        instance,
        states,
        depth,
        steps,
        overtaken,
        overtakenByMs,
        transitions,
        transitionsInAll,
        unmet,
        command,
      }) => [
        subject === 'model' ? 'the model' : code(subject),
        instance,
        figure(states),
        figure(depth),
        figure(steps),
        overtaken === 0 ? 'never' : `${overtaken} × by ${overtakenByMs} ms`,
        `${transitions} of ${transitionsInAll}`,
        `${ALWAYS_ASKED - (unmet === '' ? 0 : unmet.split(', ').length)} of ${ALWAYS_ASKED}`,
        code(command),
      ],
    ),
  );
}

/** What is recorded is of clusters where a page moves at once. */
const ALWAYS_ASKED = RULES.filter(({ inTime }) => inTime !== true).length;

function figure(value: number): string {
  return value.toLocaleString('en');
}
